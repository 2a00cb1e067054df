import type { FunctionTable } from './function';
import { caseFunctions } from './stringCase';
import { formatFunctions } from './stringFormat';
import { partFunctions } from './stringParts';
import { regexFunctions } from './stringRegex';
import { trimFunctions } from './stringTrim';
import { templateFunctions } from './templateString';

/** All functions of strings. Facts: go-cty `function/stdlib`, Terraform `lang/funcs`, `terraform console` 1.11.4. */
export const stringFunctions: FunctionTable = {
  ...caseFunctions,
  ...formatFunctions,
  ...partFunctions,
  ...regexFunctions,
  ...templateFunctions,
  ...trimFunctions,
};
