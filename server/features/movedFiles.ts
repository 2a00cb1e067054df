import path from 'node:path';
import type { Expression, Template } from '../hcl/syntax';
import { walkExpressions } from '../hcl/walk';
import { isJsonConfig } from '../terraform/fileNames';
import type { ConfigFile, Module } from '../terraform/model';
import { isLocalSource } from '../terraform/moduleCalls';
import { attributeOf, literalString } from '../terraform/values';
import type { FileEdit } from './actions/codeAction';
import { fileFunctions, namedFile } from './namedFiles';
import type { Snapshot } from './snapshot';

/** A file or folder that is about to be moved or renamed. Absolute paths. */
export interface MovedFile {
  readonly from: string;
  readonly to: string;
}

/**
 * The edits after which everything still finds what was moved: the sources of module calls, and the names of files that
 * functions such as `file()` read. To be made before the move, in the files where they lie then.
 */
export function editsForMoves(snapshot: Snapshot, moves: readonly MovedFile[]): readonly FileEdit[] {
  const after = (file: string): string => {
    const move = moves.find(({ from }) => file === from || file.startsWith(from + path.sep));
    return move === undefined ? file : move.to + file.slice(move.from.length);
  };
  const names = moves.map(({ from }) => path.basename(from));
  return snapshot.index.knownModules().flatMap((module) =>
    module.files.flatMap((file) => {
      const movesItself = after(file.path) !== file.path;
      // Of the many files of a workspace few name what was moved.
      if (!movesItself && !names.some((name) => file.syntax.text.includes(name))) return [];
      if (isJsonConfig(file.path)) return [];
      return [...sourceEdits(file, module, after), ...readEdits(file, module, after)];
    }),
  );
}

type After = (file: string) => string;

function sourceEdits(file: ConfigFile, module: Module, after: After): FileEdit[] {
  return file.syntax.body.items.flatMap((item): FileEdit[] => {
    const value =
      item.kind === 'block' && item.type === 'module' ? attributeOf(item.body, 'source')?.value : undefined;
    const source = literalString(value);
    if (value?.kind !== 'template' || source === undefined || !isLocalSource(source)) return [];
    const newText = movedPath(source, module.directory, file, after);
    if (newText === undefined) return [];
    const start = newText.startsWith('.') ? newText : `./${newText}`;
    return [{ path: file.path, range: inside(value), newText: start }];
  });
}

function readEdits(file: ConfigFile, module: Module, after: After): FileEdit[] {
  const edits: FileEdit[] = [];
  walkExpressions(file.syntax.body, (expression) => {
    const [first] = expression.kind === 'call' && namesFile(expression.name) ? expression.arguments : [];
    const name = first === undefined ? undefined : nameInModule(first);
    if (name === undefined) return true;
    const newText = movedPath(`.${name.text}`, module.directory, file, after);
    if (newText !== undefined) edits.push({ path: file.path, range: name.range, newText: `/${newText}` });
    return true;
  });
  return edits;
}

/** Whether the first argument of a function names a file, or a folder to look through. */
function namesFile(called: string): boolean {
  return fileFunctions.has(called) || called === 'fileset';
}

/** The part after `${path.module}` in `"${path.module}/files/x.sh"`: what else a name is relative to only a run tells. */
function nameInModule(expression: Expression): { text: string; range: FileEdit['range'] } | undefined {
  if (expression.kind !== 'template' || namedFile(expression, '')?.base !== 'module') return undefined;
  const [, rest, more] = expression.parts;
  if (rest?.kind !== 'text' || more !== undefined || !rest.value.startsWith('/')) return undefined;
  return { text: rest.value, range: rest.range };
}

/** How a file has to name what it named before; `undefined` where that is the same. Slashes on every platform. */
function movedPath(name: string, directory: string, file: ConfigFile, after: After): string | undefined {
  const target = path.resolve(directory, name);
  const newDirectory = path.dirname(after(file.path));
  const newTarget = after(target);
  if (newDirectory === directory && newTarget === target) return undefined;
  const relative = path.relative(newDirectory, newTarget);
  if (relative === path.relative(directory, target)) return undefined;
  return relative === '' ? '.' : relative.split(path.sep).join('/');
}

/** What stands between the quotes. */
function inside({ range }: Template): FileEdit['range'] {
  return { start: range.start + 1, end: range.end - 1 };
}
