import assert from 'node:assert/strict';
import { findFunctionDefinition } from '../../../server/cty/functions/table';
import { typesEqual } from '../../../server/cty/types';
import { allFunctions } from '../../../server/terraform/functions';

describe('the table of functions', () => {
  it('has every function that terraform lists', () => {
    const missing = allFunctions().filter(({ name }) => findFunctionDefinition(name) === undefined);
    assert.deepEqual(
      missing.map(({ name }) => name),
      [],
    );
  });

  it('has them with the parameters that terraform lists', () => {
    const differences: string[] = [];
    for (const { name, parameters, variadic } of allFunctions()) {
      const definition = findFunctionDefinition(name);
      if (definition === undefined) continue;
      const wanted = [...parameters, ...(variadic ? [variadic] : [])];
      const given = [...definition.parameters, ...(definition.variadic ? [definition.variadic] : [])];
      const same =
        wanted.length === given.length &&
        wanted.every((parameter, at) => {
          const own = given[at];
          // A function that evaluates its arguments itself decides itself what they may be.
          const typed = definition.callLazily ?? typesEqual(own?.type ?? 'dynamic', parameter.type);
          return own?.name === parameter.name && Boolean(typed);
        });
      if (!same) differences.push(`${name}: ${JSON.stringify(wanted)} is ${JSON.stringify(given)}`);
    }
    assert.deepEqual(differences, []);
  });

  it('knows them by their core names as well', () => {
    assert.equal(findFunctionDefinition('core::upper'), findFunctionDefinition('upper'));
    assert.equal(findFunctionDefinition('core::core::upper'), undefined);
    assert.equal(findFunctionDefinition('nope'), undefined);
    assert.equal(findFunctionDefinition('constructor'), undefined);
  });
});
