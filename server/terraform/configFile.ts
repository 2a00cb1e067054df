import { reparse } from '../hcl/incremental';
import type { TextChange } from '../hcl/incremental';
import { parseJson } from '../hcl/jsonFile';
import { parse } from '../hcl/parser';
import type { SourceFile } from '../hcl/syntax';
import { parseTemplateFile } from '../hcl/templateFile';
import { dialectOf } from './dialect';
import { isJsonConfig, isVariablesName } from './fileNames';
import { shapeOf, variablesShape } from './jsonShapes';
import type { ConfigFile } from './model';

/** The tree of a file, whose name says in which notation it is written. */
export function parseConfig(path: string, text: string): SourceFile {
  if (dialectOf(path) === 'template') return parseTemplateFile(text);
  if (!isJsonConfig(path)) return parse(text);
  if (isVariablesName(path)) return parseJson(text, variablesShape, false);
  return parseJson(text, shapeOf(dialectOf(path) ?? 'configuration'));
}

/** The tree after a change; what the change cannot have touched is shared with the tree before, where it can be. */
export function reparseConfig(path: string, syntax: SourceFile, change: TextChange): SourceFile {
  if (!isJsonConfig(path) && dialectOf(path) !== 'template') return reparse(syntax, change);
  const { text } = syntax;
  const { start, end } = change.range;
  return parseConfig(path, text.slice(0, start) + change.newText + text.slice(end));
}

/**
 * Parsed files by path. A file whose text did not change keeps its `ConfigFile`, so that everything computed from one
 * can be kept beside it.
 */
export class ConfigCache {
  private readonly files = new Map<string, ConfigFile>();

  /** The parsed file; `text` decides whether the last parse is still good. */
  file(path: string, text: string): ConfigFile {
    const last = this.files.get(path);
    if (last?.syntax.text === text) return last;
    return this.put(path, parseConfig(path, text));
  }

  /** Takes over a tree made elsewhere, for example by an incremental parse. */
  put(path: string, syntax: SourceFile): ConfigFile {
    const file: ConfigFile = { path, syntax };
    this.files.set(path, file);
    return file;
  }

  forget(path: string): void {
    this.files.delete(path);
  }
}
