import type { Declaration, Module } from '../terraform/model';
import { moduleSource } from '../terraform/moduleCalls';
import { attributeOf, literalString } from '../terraform/values';
import { variableRule } from './bodyRules';
import { code, excerpt, paragraphs } from './documentation';
import type { Markdown } from './documentation';
import { installedModules } from './installedModules';
import { attributeType } from './shapes';
import type { Snapshot } from './snapshot';

/** More inputs or outputs than these are counted. */
const mostListed = 25;

/** A module call: where its module is, what it takes and is given, and what it gives. */
export function moduleCallDocs(snapshot: Snapshot, caller: Module, call: Declaration): Markdown {
  const source = moduleSource(call);
  const called = snapshot.index.called(call, caller);
  const labels =
    call.node.kind === 'block' ? call.node.labels.map((label) => ` "${label.value}"`).join('') : '';
  const installed = installedModules(snapshot.index, caller).find(
    (each) => each.directory === called?.directory && each.version !== undefined,
  );
  return paragraphs(
    code(`${call.kind}${labels}`),
    source === undefined
      ? ''
      : `Source: \`${source}\`${installed?.version === undefined ? '' : `, installed ${installed.version}`}`,
    called === undefined
      ? 'Its files are not on this machine: `terraform init` fetches them.'
      : contentsDocs(called, call),
  );
}

/** What a module takes and gives. */
function contentsDocs(called: Module, call?: Declaration): Markdown {
  const body = call?.node.kind === 'block' ? call.node.body : undefined;
  const inputs = called.declarations
    .filter(({ kind }) => kind === 'variable')
    .map((variable) => {
      const { schema } = variableRule(variable);
      const isSet = body !== undefined && attributeOf(body, variable.name) !== undefined;
      const marks = [schema.required === true && !isSet && '**required**', isSet && 'set here'].filter(
        (mark) => mark !== false,
      );
      return {
        group: schema.required === true ? 0 : 1,
        line: line(variable.name, attributeType(schema), marks, schema.description),
      };
    })
    .sort((a, b) => a.group - b.group);
  const outputs = called.declarations
    .filter(({ kind }) => kind === 'output')
    .map(({ name, node }) => {
      const description =
        node.kind === 'block' ? literalString(attributeOf(node.body, 'description')?.value) : undefined;
      return line(name, '', [], description);
    });
  return paragraphs(
    listed(
      'Inputs',
      inputs.map((input) => input.line),
    ),
    listed('Outputs', outputs),
  );
}

function line(name: string, type: string, marks: readonly string[], description: string | undefined): string {
  const shown = type.length > 60 ? `${type.slice(0, 60)}…` : type;
  const about = [shown === '' ? '' : `\`${shown}\``, ...marks].filter((part) => part !== '').join(', ');
  const says = description === undefined ? '' : ` — ${description.split('\n')[0] ?? ''}`;
  return `- \`${name}\`${about === '' ? '' : ` ${about}`}${says}`;
}

function listed(title: string, lines: readonly string[]): Markdown {
  if (lines.length === 0) return '';
  const shown = lines.slice(0, mostListed);
  if (lines.length > mostListed) shown.push(`- and ${lines.length - mostListed} more`);
  return `${title}:\n\n${shown.join('\n')}`;
}

/** A variable's `type` as it is written, lines and all, where it is not too long to read. */
export function writtenType(variable: Declaration): string | undefined {
  if (variable.node.kind !== 'block') return undefined;
  const type = attributeOf(variable.node.body, 'type')?.value;
  if (type === undefined) return undefined;
  const { text } = variable.file.syntax;
  const written = text.slice(type.range.start, type.range.end);
  const lines = written.split('\n');
  if (lines.length === 1 || lines.length > 40) return excerpt(text, type);
  const indent = Math.min(...lines.slice(1).map((each) => /^ */.exec(each)?.[0].length ?? 0));
  return [lines[0], ...lines.slice(1).map((each) => each.slice(indent))].join('\n');
}
