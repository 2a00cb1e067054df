import { functionsIn } from '../terraform/functions';
import type { Range } from '../text/range';
import { callableSignature, languageCallable, providerFunctions } from './callables';
import type { Callable } from './callables';
import type { CompletionItem } from './completionItems';
import { callableDocs } from './documentation';
import { editionOf } from './editionOf';
import type { Expected } from './expected';
import type { Reading } from './expressionShapes';
import { fitOf } from './fit';

/** The functions of the language and of the providers that the module requires; what gives the wanted type first. */
export function functionItems(
  { snapshot, module }: Reading,
  range: Range,
  expected: Expected,
): CompletionItem[] {
  return [
    ...functionsIn(editionOf(snapshot, module)).map((called) =>
      functionItem(languageCallable(called), range, expected),
    ),
    ...providerFunctions(snapshot, module).map((called) => functionItem(called, range, expected)),
  ];
}

function functionItem(called: Callable, range: Range, expected: Expected): CompletionItem {
  const fit = fitOf(called.returns, expected);
  const takesNothing = called.parameters.length === 0 && called.variadic === undefined;
  return {
    label: called.name,
    kind: 'function',
    range,
    insert: called.name,
    snippet: takesNothing ? `${called.name}()` : `${called.name}($1)`,
    detail: callableSignature(called),
    documentation: callableDocs(called),
    group: (fit === 'no' ? 45 : fit === 'yes' ? 30 : 31) + (called.deprecated ? 20 : 0),
    ...(called.deprecated && { deprecated: true }),
  };
}
