import { collectionFunctions } from './collection';
import { dateAndTimeFunctions } from './dateAndTime';
import { encodingFunctions } from './encoding';
import { filesystemFunctions } from './filesystem';
import type { FunctionDefinition, FunctionTable } from './function';
import { hashAndCryptoFunctions } from './hashAndCrypto';
import { ipNetworkFunctions } from './ipNetwork';
import { numericFunctions } from './numeric';
import { openTofuFunctions } from './openTofu';
import { stringFunctions } from './string';
import { terraformFunctions } from './terraform';
import { typeConversionFunctions } from './typeConversion';

const functions: FunctionTable = {
  ...neverNull(numericFunctions),
  ...neverNull(stringFunctions),
  ...encodingFunctions,
  ...collectionFunctions,
  ...dateAndTimeFunctions,
  ...hashAndCryptoFunctions,
  ...ipNetworkFunctions,
  ...filesystemFunctions,
  ...terraformFunctions,
  ...openTofuFunctions,
  ...typeConversionFunctions,
};

/** No number and no string that these compute is ever null, and Terraform knows it of all but one. */
function neverNull(table: FunctionTable): FunctionTable {
  return Object.fromEntries(
    Object.entries(table).map(([name, definition]) => [
      name,
      { ...definition, notNull: name !== 'strcontains' },
    ]),
  );
}

const byName = new Map(Object.entries(functions));

/** The function of a name as it is called, which may have the prefix `core::`; those that only OpenTofu has as well. */
export function findFunctionDefinition(name: string): FunctionDefinition | undefined {
  return byName.get(name.startsWith('core::') ? name.slice('core::'.length) : name);
}
