import path from 'node:path';
import { dialectOf } from '../dialect';
import type { Dialect } from '../dialect';
import { FileView } from '../fileView';
import type { ConfigFile, FileSource, Module } from '../model';
import type { ViewSource } from '../viewSource';

/** All component files of a directory, which together are one stack. */
export function readStack(directory: string, source: ViewSource): Module {
  return readTogether(directory, 'stack', source);
}

/** All deployment files of a directory: how the stack beside them is deployed. */
export function readDeployments(directory: string, source: ViewSource): Module {
  return readTogether(directory, 'deployment', source);
}

/** Whether a directory holds files of a stack or of its deployments. */
export function holdsStack(names: readonly string[]): boolean {
  return names.some((name) => mayBeStackFile(name) && isStackDialect(dialectOf(name)));
}

/** Whether files of a dialect are read together with their neighbours, as a stack or its deployments. */
export function isStackDialect(dialect: Dialect | undefined): dialect is 'stack' | 'deployment' {
  return dialect === 'stack' || dialect === 'deployment';
}

/** A first look, cheap enough for every name of a workspace. */
function mayBeStackFile(name: string): boolean {
  return name.endsWith('.hcl') || name.endsWith('.json');
}

function readTogether(directory: string, dialect: Dialect, source: ViewSource): Module {
  const files: ConfigFile[] = [];
  const unread: string[] = [];
  for (const name of filesOf(directory, dialect, source.files)) {
    const file = source.file(path.join(directory, name));
    if (file === undefined) unread.push(name);
    else files.push(file);
  }
  return new FileView(directory, dialect, files, unread);
}

function filesOf(directory: string, dialect: Dialect, files: FileSource): readonly string[] {
  const names = files.list(directory).filter((name) => mayBeStackFile(name) && dialectOf(name) === dialect);
  return [...names].sort();
}
