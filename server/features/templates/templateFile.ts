import type { Template } from '../../hcl/syntax';
import { parseTemplateFile, wholeTemplate } from '../../hcl/templateFile';
import { dialectOf } from '../../terraform/dialect';
import type { ConfigFile, FileSource } from '../../terraform/model';
import { namesInside } from '../names/localNames';
import type { FreeName } from '../names/localNames';
import type { Snapshot } from '../snapshot';

/** A file that is read as a template, whatever its name says. */
export interface TemplateFile {
  readonly file: ConfigFile;
  readonly template: Template;
  /** The names that it takes from its call, in file order. */
  readonly reads: readonly FreeName[];
}

const others = new WeakMap<FileSource, Map<string, TemplateFile>>();
const byFile = new WeakMap<ConfigFile, TemplateFile>();

/** The template in a file; `undefined` where there is no such file. */
export function readTemplate(snapshot: Snapshot, path: string): TemplateFile | undefined {
  if (dialectOf(path) === 'template') {
    const file = snapshot.index.file(path);
    return file === undefined ? undefined : templateOf(file);
  }
  const { files } = snapshot.index;
  const text = files.read(path);
  if (text === undefined) return undefined;
  const known = others.get(files) ?? new Map<string, TemplateFile>();
  others.set(files, known);
  const before = known.get(path);
  if (before?.file.syntax.text === text) return before;
  const read = templateOf({ path, syntax: parseTemplateFile(text) });
  if (read !== undefined) known.set(path, read);
  return read;
}

/** The template that a parsed file is. */
export function templateOf(file: ConfigFile): TemplateFile | undefined {
  const known = byFile.get(file);
  if (known !== undefined) return known;
  const template = wholeTemplate(file.syntax);
  if (template === undefined) return undefined;
  const found = { file, template, reads: namesInside(template).free };
  byFile.set(file, found);
  return found;
}
