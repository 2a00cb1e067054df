import { parse } from '../hcl/parser';
import type { SourceFile } from '../hcl/syntax';
import type { ConfigFile } from './model';

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
    return this.put(path, parse(text));
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
