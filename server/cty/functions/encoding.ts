import { csvFunctions } from './encodingCsv';
import { jsonFunctions } from './encodingJson';
import { textEncodingFunctions } from './encodingText';
import { yamlFunctions } from './encodingYaml';
import type { FunctionTable } from './function';

/** All functions that encode and decode. */
export const encodingFunctions: FunctionTable = {
  ...csvFunctions,
  ...jsonFunctions,
  ...textEncodingFunctions,
  ...yamlFunctions,
};
