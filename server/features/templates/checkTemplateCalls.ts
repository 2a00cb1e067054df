import path from 'node:path';
import type { ConfigFile, Module } from '../../terraform/model';
import { LineIndex } from '../../text/lineIndex';
import type { Range } from '../../text/range';
import { diagnosticOf } from '../diagnostic';
import type { Diagnostic } from '../diagnostic';
import { existingFile } from '../namedFiles';
import { keyRange } from '../names/memberSources';
import type { Snapshot } from '../snapshot';
import { givenBy, templateCallsIn } from './templateCalls';
import type { TemplateCall } from './templateCalls';
import { readTemplate } from './templateFile';
import type { TemplateFile } from './templateFile';

/** Checks that calls of `templatefile()` give their templates what these read, and nothing else. */
export function checkTemplateCalls(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  return templateCallsIn(snapshot, config).flatMap((call) => {
    const file = existingFile(snapshot, module, call.name);
    const template = file === undefined ? undefined : readTemplate(snapshot, file);
    return template === undefined ? [] : checkCall(snapshot, call, template);
  });
}

function checkCall(snapshot: Snapshot, call: TemplateCall, template: TemplateFile): Diagnostic[] {
  const { file, reads } = template;
  const name = path.basename(file.path);
  const [fault] = file.syntax.errors;
  const { variables, complete } = givenBy(snapshot, call);
  const read = new Set(reads.map((each) => each.name));
  const unused = [...variables].flatMap(([key, { key: item }]) =>
    item === undefined || read.has(key) || fault !== undefined
      ? []
      : [
          diagnosticOf('unused-template-variable', keyRange(item.key), `${name} does not read "${key}".`, {
            facts: { name: key },
          }),
        ],
  );
  if (call.guarded) return unused;
  const at = (place: Range) =>
    `line ${(new LineIndex(file.syntax.text).positionAt(place.start).line + 1).toString()}`;
  if (fault !== undefined) {
    const message = `${name} has an error in ${at(fault.range)}: ${fault.message}`;
    return [
      ...unused,
      diagnosticOf('invalid-template', call.name.range, message, { facts: { path: file.path } }),
    ];
  }
  const missing = complete ? reads.filter((each) => !variables.has(each.name)) : [];
  const distinct = [...new Map(missing.map((each) => [each.name, each])).values()];
  return [
    ...unused,
    ...distinct.map((each) =>
      diagnosticOf(
        'missing-template-variable',
        firstLine(call),
        `${name} reads "${each.name}" (${at(each.range)}), which is not given here. Add ${each.name} = ….`,
        { facts: { name: each.name } },
      ),
    ),
  ];
}

/** The variables, down to the end of the line that they begin in. */
function firstLine({ file, variables: { range } }: TemplateCall): Range {
  const lineEnd = file.syntax.text.indexOf('\n', range.start);
  return lineEnd < 0 || lineEnd > range.end ? range : { start: range.start, end: lineEnd };
}
