import type { SourceFile } from '../hcl/syntax';
import type { Module } from '../terraform/model';
import type { Range } from '../text/range';
import { variableRule } from './bodyRules';
import { completeKey } from './completeKeys';
import { fitting } from './completionItems';
import type { CompletionItem, CompletionList } from './completionItems';
import { declarationDocs } from './documentation';
import { expectedAt } from './expected';
import { readingOf } from './expressionShapes';
import { wantedType } from './fit';
import { quotedItems, knownValuesAt, unquotedItems } from './knownValues';
import type { Place, ValuePlace } from './place';
import { placeholderFor } from './requiredArguments';
import { attributeType } from './shapes';
import type { Snapshot } from './snapshot';
import { stringAt } from './stringPlace';
import { variableValues } from './variableValues';

const nothing: CompletionList = { items: [], isIncomplete: false };

/** Completes a variables file: names of variables, and values as their types and validations want them. */
export function completeVariables(
  snapshot: Snapshot,
  module: Module,
  syntax: SourceFile,
  place: Place,
  file: string,
): CompletionList {
  switch (place.kind) {
    case 'name':
      return place.blocks.length === 0 ? names(snapshot, module, syntax, place.word) : nothing;
    case 'value':
    case 'string':
    case 'key':
      return values(snapshot, module, syntax.text, place, file);
    default:
      return nothing;
  }
}

/** Required variables first: those must be given. */
function names(snapshot: Snapshot, module: Module, syntax: SourceFile, word: Range): CompletionList {
  const present = new Set(
    syntax.body.items.map((item) =>
      item.kind === 'attribute' && item.range.start !== word.start ? item.name : '',
    ),
  );
  const assigned = /^[\w-]*[ \t]*=/.test(syntax.text.slice(word.end, word.end + 200));
  const items = module.declarations
    .filter((declaration) => declaration.kind === 'variable' && !present.has(declaration.name))
    .map((variable): CompletionItem => {
      const rule = variableRule(variable);
      const values = variableValues(snapshot, module, variable);
      const snippet = `${variable.name} = ${placeholderFor(rule.schema, values, 1)}`;
      return {
        label: variable.name,
        kind: 'argument',
        range: word,
        insert: assigned ? variable.name : `${variable.name} = `,
        ...(!assigned && { snippet }),
        detail: `${rule.schema.required === true ? 'required ' : ''}${attributeType(rule.schema)}`,
        documentation: declarationDocs(variable, variable.file.syntax.text),
        group: rule.schema.required === true ? 0 : 1,
      };
    });
  return fitting(items, syntax.text.slice(word.start, word.end));
}

/** Variables files hold literals alone: nothing can be referred to, and nothing called. */
function values(
  snapshot: Snapshot,
  module: Module,
  text: string,
  place: ValuePlace,
  file: string,
): CompletionList {
  const variable = module.find(`var.${place.attribute}`);
  if (variable === undefined) return nothing;
  const rule = variableRule(variable);
  const quoted = place.kind === 'string' ? stringAt(text, place) : undefined;
  const isKey = place.kind === 'key' || place.steps.at(-1)?.kind === 'key';
  if (isKey) return completeKey(snapshot, module, text, place, [], file, quoted, rule);
  if (place.finished) return nothing;
  const reading = readingOf(snapshot, module);
  const expected = expectedAt(reading, text, place, rule);
  const known = knownValuesAt(reading, text, place, [], expected);
  const typed = text.slice(place.chain.start, place.chain.end);
  if (quoted !== undefined) return fitting(unquotedItems(known, quoted.range, quoted.closing), typed);
  const wanted = wantedType(expected);
  const bare = wanted === 'number' || wanted === 'bool';
  const word = (label: string, group: number): CompletionItem => ({
    label,
    kind: 'keyword',
    range: place.chain,
    insert: label,
    detail: 'keyword',
    group,
  });
  const takesBool = wanted === 'bool' || wanted === 'dynamic';
  return fitting(
    [
      ...quotedItems(known, place.chain, bare),
      ...(takesBool ? [word('true', 5), word('false', 5.1)] : []),
      word('null', 40),
    ],
    typed,
  );
}
