import { evaluate } from '../../cty/evaluate';
import type { EvaluationError } from '../../cty/scope';
import { emptyWorld } from '../../cty/emptyWorld';
import { findFunctionDefinition } from '../../cty/functions/table';
import { unknownValue } from '../../cty/value';
import { walkExpressions } from '../../hcl/walk';
import type { ConfigFile } from '../../terraform/model';
import { checkCalls } from '../checkCalls';
import { diagnosticOf } from '../diagnostic';
import type { Diagnostic } from '../diagnostic';
import { isDiagnosticCode } from '../diagnosticCodes';
import { didYouMean, nearest } from '../suggestion';
import type { Snapshot } from '../snapshot';
import { typesOf } from '../values/inputs';
import { callsOfTemplate, givenBy } from './templateCalls';
import type { GivenVariables } from './templateCalls';
import { templateOf } from './templateFile';
import type { TemplateFile } from './templateFile';

/**
 * What is wrong with a template beside its syntax: names that no call gives, functions that do not exist, and what is
 * wrong with its expressions for every call. Where a call is not known to give all it gives, nothing is said about names.
 */
export function checkTemplate(snapshot: Snapshot, file: ConfigFile): Diagnostic[] {
  const template = templateOf(file);
  if (template === undefined) return [];
  const calls = callsOfTemplate(snapshot, file.path)
    .filter(({ guarded }) => !guarded)
    .map((call) => givenBy(snapshot, call, typesOf(snapshot, call.module)));
  const found = [...checkCalls(file), ...nestedCalls(file)];
  if (calls.length === 0 || calls.some(({ complete }) => !complete)) return found;
  const names = ungiven(template, calls);
  return [...found, ...names, ...(names.length > 0 ? [] : wrongForAll(template, calls))];
}

/** How many expressions of a template are evaluated at the most. */
const mostExpressions = 20_000;

function ungiven({ reads }: TemplateFile, calls: readonly GivenVariables[]): Diagnostic[] {
  const given = new Set(calls.flatMap(({ variables }) => [...variables.keys()]));
  return reads.flatMap(({ name, range }) => {
    if (given.has(name)) return [];
    const suggestion = nearest(name, [...given]);
    const where = calls.length === 1 ? 'the call of this template' : 'any call of this template';
    const message = `"${name}" is not given by ${where}.${didYouMean(suggestion)}`;
    return [diagnosticOf('undeclared-template-variable', range, message, { suggestion, facts: { name } })];
  });
}

function nestedCalls({ syntax }: ConfigFile): Diagnostic[] {
  const found: Diagnostic[] = [];
  walkExpressions(syntax.body, (call) => {
    if (call.kind === 'call' && /^(core::)?template(file|string)$/.test(call.name)) {
      const message = `A template cannot call ${call.name}(). Call it in the configuration, and give its result to this template.`;
      found.push(diagnosticOf('recursive-template', call.nameRange, message, { facts: { name: call.name } }));
    }
    return true;
  });
  return found;
}

/** Said by other checks already, with better words. */
const saidElsewhere = new Set(['unknown-function', 'unknown-variable', 'missing-argument', 'extra-argument']);

function wrongForAll(template: TemplateFile, calls: readonly GivenVariables[]): Diagnostic[] {
  let common: readonly EvaluationError[] | undefined;
  for (const given of calls) {
    const errors = errorsOf(template, given);
    common = common?.filter((error) => errors.some((other) => isSame(other, error))) ?? errors;
    // Most templates have nothing wrong with them, which the first call shows.
    if (common.length === 0) return [];
  }
  return (common ?? []).flatMap(({ range, code, message }) =>
    isDiagnosticCode(code) && !saidElsewhere.has(code) ? [diagnosticOf(code, range, message)] : [],
  );
}

function errorsOf({ template }: TemplateFile, { variables }: GivenVariables): readonly EvaluationError[] {
  return evaluate(template, {
    variable: (name) => variables.get(name)?.value() ?? unknownValue('dynamic'),
    functions: (name) =>
      /^(core::)?template(file|string)$/.test(name) ? undefined : findFunctionDefinition(name),
    world: emptyWorld,
    limit: mostExpressions,
  }).errors;
}

function isSame(a: EvaluationError, b: EvaluationError): boolean {
  return a.code === b.code && a.range.start === b.range.start;
}
