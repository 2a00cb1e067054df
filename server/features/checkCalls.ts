import type { Attribute, Block, Body, Call } from '../hcl/syntax';
import { walkExpressions } from '../hcl/walk';
import { allFunctions, findFunction, functionsIn, mayBeFunction, signatureOf } from '../terraform/functions';
import type { Edition } from '../terraform/edition';
import type { ConfigFile } from '../terraform/model';
import { isTypeConstraint } from '../terraform/uses';
import { diagnosticOf } from './diagnostic';
import type { Diagnostic } from './diagnostic';
import { languageGap } from './editionFindings';
import { didYouMean, nearest } from './suggestion';

/** Checks that called functions exist and get a number of arguments they can take. */
export function checkCalls(config: ConfigFile, edition?: Edition): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const attribute of attributesIn(config.syntax.body, undefined)) {
    walkExpressions(attribute.value, (expression) => {
      const diagnostic = expression.kind === 'call' ? checkCall(expression, edition) : undefined;
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

function checkCall(call: Call, edition: Edition | undefined): Diagnostic | undefined {
  if (call.name === '') return undefined;
  if (!mayBeFunction(call.name)) {
    const names = (edition === undefined ? allFunctions() : functionsIn(edition)).map((each) => each.name);
    const suggestion = nearest(call.name, names);
    const gap = edition === undefined ? undefined : languageGap('unknown-function', edition);
    const message = `There is no function "${call.name}".${didYouMean(suggestion)}`;
    return diagnosticOf(
      'unknown-function',
      call.nameRange,
      gap === undefined ? message : `${message} ${gap}`,
      {
        ...(gap !== undefined && { severity: 'warning' }),
        suggestion,
        facts: { name: call.name },
      },
    );
  }
  const called = findFunction(call.name);
  const written = call.arguments.filter((argument) => argument.kind !== 'missing').length;
  if (called === undefined || call.expand || written !== call.arguments.length) return undefined;
  const least = called.parameters.length;
  const tooFew = written < least;
  const tooMany = called.variadic === undefined && written > least;
  if (!tooFew && !tooMany) return undefined;
  const message = `"${call.name}" takes ${called.variadic === undefined ? '' : 'at least '}${least} arguments, not ${written}: ${signatureOf(called)}.`;
  return diagnosticOf('wrong-argument-count', call.nameRange, message, { facts: { name: call.name } });
}
