import { statSync } from 'node:fs';
import path from 'node:path';
import type { SourceFile } from '../hcl/syntax';
import { ConfigCache, parseConfig, reparseConfig } from '../terraform/configFile';
import { dialectOf } from '../terraform/dialect';
import { openDiskFiles } from '../terraform/diskFiles';
import type { FileSource } from '../terraform/model';
import { LineIndex } from '../text/lineIndex';
import type { Position } from '../text/lineIndex';
import { toPath, toUri } from './uris';

/** A document that is open in the editor. */
export interface OpenDocument {
  /** As the editor writes it. */
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  readonly syntax: SourceFile;
  readonly lines: LineIndex;
}

/** A change as LSP sends it; without a range the whole text is replaced. */
export interface ContentChange {
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** The open documents, and the files of the disk under them. */
export class Documents implements FileSource {
  readonly cache = new ConfigCache();
  private readonly byPath = new Map<string, OpenDocument>();
  private readonly disk = new RememberedFiles();

  open(uri: string, version: number, text: string): OpenDocument {
    return this.keep(uri, version, parseConfig(toPath(uri), text));
  }

  /** Applies changes in order; `undefined` when the document is not open. */
  change(uri: string, version: number, changes: readonly ContentChange[]): OpenDocument | undefined {
    const document = this.get(uri);
    if (document === undefined) return undefined;
    let { syntax, lines } = document;
    for (const { range, text } of changes) {
      if (range === undefined) {
        syntax = parseConfig(document.path, text);
        lines = new LineIndex(syntax.text);
      } else {
        const edited = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
        syntax = reparseConfig(document.path, syntax, { range: edited, newText: text });
        lines = lines.edited(edited, text.length, syntax.text);
      }
    }
    return this.keep(uri, version, syntax, lines);
  }

  close(uri: string): void {
    const file = toPath(uri);
    this.byPath.delete(file);
    this.cache.forget(file);
  }

  get(uri: string): OpenDocument | undefined {
    return this.byPath.get(toPath(uri));
  }

  all(): readonly OpenDocument[] {
    return [...this.byPath.values()];
  }

  /** The URI of a file as the editor writes it, where the editor has it open. */
  uriOf(file: string): string {
    return this.byPath.get(file)?.uri ?? toUri(file);
  }

  list(directory: string): readonly string[] {
    const open = [...this.byPath.keys()].filter((file) => path.dirname(file) === directory);
    return [...new Set([...this.disk.list(directory), ...open.map((file) => path.basename(file))])];
  }

  read(file: string): string | undefined {
    return this.byPath.get(file)?.syntax.text ?? this.disk.read(file);
  }

  /** The editor tells when files of the disk change, so that nothing has to be looked at twice. */
  set watched(watched: boolean) {
    this.disk.watched = watched;
  }

  /** A file of the disk came, went or changed. */
  forgetText(file: string): void {
    this.disk.forget(file);
  }

  private keep(uri: string, version: number, syntax: SourceFile, lines?: LineIndex): OpenDocument {
    const document = { uri, path: toPath(uri), version, syntax, lines: lines ?? new LineIndex(syntax.text) };
    this.byPath.set(document.path, document);
    this.cache.put(document.path, syntax);
    return document;
  }
}

/**
 * The disk, with texts kept as long as the file's time and size stay the same; where the editor tells of changes, as long
 * as it told of none.
 */
class RememberedFiles implements FileSource {
  watched = false;
  private readonly disk = openDiskFiles();
  private readonly texts = new Map<string, { readonly stamp: string; readonly text: string | undefined }>();
  private readonly lists = new Map<string, readonly string[]>();

  list(directory: string): readonly string[] {
    const known = this.watched ? this.lists.get(directory) : undefined;
    const names = known ?? this.disk.list(directory);
    if (this.watched && known === undefined) this.lists.set(directory, names);
    return names;
  }

  read(file: string): string | undefined {
    const known = this.texts.get(file);
    if (this.watched && known !== undefined && isWatched(file)) return known.text;
    const stamp = stampOf(file);
    if (stamp === undefined) {
      if (this.watched) this.texts.set(file, { stamp: '', text: undefined });
      else this.texts.delete(file);
      return undefined;
    }
    if (known?.stamp === stamp) return known.text;
    const text = this.disk.read(file);
    this.texts.set(file, { stamp, text });
    return text;
  }

  forget(file: string): void {
    this.texts.delete(file);
    this.lists.delete(path.dirname(file));
    // A folder that went takes its files with it.
    this.lists.delete(file);
  }
}

/** Whether the editor tells of it (see `watchedFiles`): not of templates and other files of any name. */
function isWatched(file: string): boolean {
  const name = path.basename(file);
  return dialectOf(name) !== undefined || name.startsWith('.') || name === 'modules.json';
}

/** What changes when a file does; `undefined` for what cannot be read. */
function stampOf(file: string): string | undefined {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}
