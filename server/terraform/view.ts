import path from 'node:path';
import type { Dialect } from './dialect';
import { FileView } from './fileView';
import type { Module } from './model';
import { readDeployments, readStack } from './stacks/stackModule';
import { readMockView, readQueryView, readTestView } from './tests/testModule';
import type { ViewSource } from './viewSource';

/** What a file that is no part of a module sees: its own declarations, and those of the module it is about. */
export function readView(file: string, dialect: Dialect, source: ViewSource): Module {
  if (dialect === 'stack') return readStack(path.dirname(file), source);
  if (dialect === 'deployment') return readDeployments(path.dirname(file), source);
  const config = source.file(file);
  if (config !== undefined) {
    if (dialect === 'test') return readTestView(config, source);
    if (dialect === 'mock') return readMockView(config, source);
    if (dialect === 'query') return readQueryView(config, source);
  }
  return new FileView(path.dirname(file), dialect, config === undefined ? [] : [config]);
}
