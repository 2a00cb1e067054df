import path from 'node:path';
import type { Expression } from '../hcl/syntax';
import type { Module } from '../terraform/model';
import type { Snapshot } from './snapshot';

/** Functions whose first argument names a file that is read before anything is applied. */
export const fileReaders: ReadonlySet<string> = new Set([
  'file',
  'filebase64',
  'templatefile',
  'filemd5',
  'filesha1',
  'filesha256',
  'filesha512',
  'filebase64sha256',
  'filebase64sha512',
]);

/** The same and those that only look. */
export const fileFunctions: ReadonlySet<string> = new Set([...fileReaders, 'fileexists']);

/** A file or folder that an expression names. */
export interface NamedFile {
  /** Absolute. */
  readonly path: string;
  /** What it is relative to: `module` for `${path.module}/x`, else the directory that terraform runs in. */
  readonly base: 'module' | 'root';
}

/**
 * What `"x.txt"`, `"${path.module}/x.txt"` and `"${path.root}/x.txt"` name, for a root module in `folder`; `undefined`
 * where the name has to be worked out.
 */
export function namedFile(expression: Expression, folder: string): NamedFile | undefined {
  const whole = pathName(expression);
  if (whole !== undefined) return { path: folder, base: whole === 'module' ? 'module' : 'root' };
  if (expression.kind !== 'template' || expression.form !== 'quoted') return undefined;
  let name = '';
  let base: NamedFile['base'] = 'root';
  for (const [index, part] of expression.parts.entries()) {
    if (part.kind === 'text') name += part.value;
    else {
      const place = part.kind === 'interpolation' && index === 0 ? pathName(part.expression) : undefined;
      if (place === undefined) return undefined;
      name += folder;
      if (place === 'module') base = 'module';
    }
  }
  return name.startsWith('~') || name.includes('\0') ? undefined : { path: path.resolve(folder, name), base };
}

/** Every file that an expression of a module can name: for names that are relative to the root module one for each root. */
export function filesNamed(snapshot: Snapshot, module: Module, expression: Expression): readonly string[] {
  const own = namedFile(expression, module.directory);
  if (own === undefined) return [];
  if (own.base === 'module') return [own.path];
  const roots = snapshot.index.rootsOf(module);
  const found = roots.map((root) => namedFile(expression, root)?.path).filter((file) => file !== undefined);
  return [...new Set([own.path, ...found])];
}

/** The file that an expression of a module names and that is there. */
export function existingFile(snapshot: Snapshot, module: Module, expression: Expression): string | undefined {
  return filesNamed(snapshot, module, expression).find((file) => isThere(snapshot, file));
}

export function isThere(snapshot: Snapshot, file: string): boolean {
  return snapshot.index.files.list(path.dirname(file)).includes(path.basename(file));
}

function pathName(expression: Expression): 'module' | 'root' | undefined {
  if (expression.kind !== 'getAttribute' || expression.object.kind !== 'variable') return undefined;
  if (expression.object.name !== 'path') return undefined;
  if (expression.name === 'module') return 'module';
  return expression.name === 'root' || expression.name === 'cwd' ? 'root' : undefined;
}
