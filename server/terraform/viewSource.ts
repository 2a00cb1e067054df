import type { ConfigFile, FileSource, Module } from './model';

/** Where views find files and modules. */
export interface ViewSource {
  readonly files: FileSource;
  module(directory: string): Module;
  file(file: string): ConfigFile | undefined;
}
