import path from 'node:path';
import type { Module } from '../../terraform/model';
import { SideView } from '../../terraform/tests/sideView';

/** Where something that stands in a file can be declared. */
export interface DeclaringModule {
  readonly module: Module;
  /** A file of it, whether it is there or not. */
  readonly nearby: string;
}

/**
 * The module that must declare what a place refers to: a test declares nothing, so that it is what the run around runs;
 * everywhere else the module itself, in the same file.
 */
export function declaringModule(module: Module, file: string, offset: number): DeclaringModule {
  const scope = module.at?.(offset) ?? module;
  if (module.dialect !== 'test' || !(scope instanceof SideView)) return { module, nearby: file };
  const { about } = scope;
  const main = about.files.find((each) => path.basename(each.path) === 'main.tf') ?? about.files[0];
  return { module: about, nearby: main?.path ?? path.join(about.directory, 'main.tf') };
}
