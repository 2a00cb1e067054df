import type { Attribute, Block, Body, Call } from '../hcl/syntax';
import { walkExpressions } from '../hcl/walk';
import { allFunctions, findFunction, mayBeFunction, signatureOf } from '../terraform/functions';
import type { ConfigFile } from '../terraform/model';
import { isTypeConstraint } from '../terraform/uses';
import type { Diagnostic } from './diagnostic';
import { didYouMean, nearest } from './suggestion';

/** Checks that called functions exist and get a number of arguments they can take. */
export function checkCalls(config: ConfigFile): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const attribute of attributesIn(config.syntax.body, undefined)) {
    walkExpressions(attribute.value, (expression) => {
      const diagnostic = expression.kind === 'call' ? checkCall(expression) : undefined;
      if (diagnostic !== undefined) found.push(diagnostic);
      return true;
    });
  }
  return found;
}

/** Every attribute but type constraints, which look like calls. */
function* attributesIn(body: Body, block: Block | undefined): Generator<Attribute> {
  for (const item of body.items) {
    if (item.kind === 'block') yield* attributesIn(item.body, item);
    else if (!isTypeConstraint(item, block)) yield item;
  }
}

function checkCall(call: Call): Diagnostic | undefined {
  if (call.name === '') return undefined;
  if (!mayBeFunction(call.name)) {
    const names = allFunctions().map((each) => each.name);
    const suggestion = nearest(call.name, names);
    return {
      range: call.nameRange,
      severity: 'error',
      code: 'unknown-function',
      message: `There is no function "${call.name}".${didYouMean(suggestion)}`,
      suggestion,
    };
  }
  const called = findFunction(call.name);
  const written = call.arguments.filter((argument) => argument.kind !== 'missing').length;
  if (called === undefined || call.expand || written !== call.arguments.length) return undefined;
  const least = called.parameters.length;
  const tooFew = written < least;
  const tooMany = called.variadic === undefined && written > least;
  if (!tooFew && !tooMany) return undefined;
  return {
    range: call.nameRange,
    severity: 'error',
    code: 'wrong-argument-count',
    message: `"${call.name}" takes ${called.variadic === undefined ? '' : 'at least '}${least} arguments, not ${written}: ${signatureOf(called)}.`,
  };
}
