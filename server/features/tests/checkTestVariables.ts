import { ConversionError, convert, pathText } from '../../cty/convert';
import { describeValue } from '../../cty/describe';
import { emptyWorld } from '../../cty/emptyWorld';
import { evaluate } from '../../cty/evaluate';
import { findFunctionDefinition } from '../../cty/functions/table';
import { readTypeConstraint } from '../../cty/typeConstraint';
import { applyDefaults } from '../../cty/typeDefaults';
import { typeToString } from '../../cty/type';
import { unknownValue } from '../../cty/value';
import type { Attribute, Block } from '../../hcl/syntax';
import { factsOf } from '../../terraform/facts';
import type { Declaration, Module } from '../../terraform/model';
import type { TestRun, TestView } from '../../terraform/tests/testModule';
import { attributeOf, blocksOf } from '../../terraform/values';
import type { Findings } from '../findings';
import { didYouMean, nearest } from '../suggestion';
import { hasGlobalValue } from './testVariables';

/** Checks the values that a test file sets: whether variables want them, their types, and which are missing. */
export function checkTestVariables(findings: Findings, view: TestView): void {
  const { body } = findings.config.syntax;
  const ofFile = blocksOf(body, 'variables').flatMap(argumentsOf);
  const modules = [...new Set([view.tested, ...view.runs.map(({ module }) => module)])];
  const known = modules.filter((module) => module !== undefined);
  const isCertain = known.length === modules.length && known.every(({ unread }) => unread.length === 0);
  for (const value of ofFile) {
    const found = known.map((module) => variableOf(module, value.name)).find((each) => each !== undefined);
    if (found !== undefined) checkType(findings, value, found);
    else if (isCertain && !isRead(findings, value.name)) undeclared(findings, value, known);
  }
  for (const run of view.runs) checkRunVariables(findings, view, run, ofFile);
}

function checkRunVariables(
  findings: Findings,
  view: TestView,
  run: TestRun,
  ofFile: readonly Attribute[],
): void {
  const { module, block } = run;
  if (module === undefined || module.unread.length > 0) return;
  const own = blocksOf(block.body, 'variables').flatMap(argumentsOf);
  for (const value of own) {
    const variable = variableOf(module, value.name);
    if (variable !== undefined) checkType(findings, value, variable);
    else if (!isRead(findings, value.name, block)) undeclared(findings, value, [module]);
  }
  const given = new Set([...own, ...ofFile].map(({ name }) => name));
  for (const { kind, name, node } of module.declarations) {
    const isRequired =
      kind === 'variable' && node.kind === 'block' && attributeOf(node.body, 'default') === undefined;
    if (!isRequired || given.has(name) || hasGlobalValue(findings.snapshot, view, name)) continue;
    if (blocksOf(findings.config.syntax.body, 'variable').some((each) => each.labels[0]?.value === name))
      continue;
    const message = `The module that this run runs needs a value for the variable "${name}", and neither the run nor the file sets it: only TF_VAR_${name} or -var can give it.`;
    const facts = { name, run: run.name };
    findings.add('missing-test-variable', run.declaration.nameRange, message, { facts });
  }
}

function argumentsOf({ body }: Block): Attribute[] {
  return body.items.filter((item) => item.kind === 'attribute');
}

function variableOf(module: Module, name: string): Declaration | undefined {
  return module.find(`var.${name}`);
}

/** Whether some expression of the file, or of one run in it, reads a variable. */
function isRead({ config }: Findings, name: string, within?: Block): boolean {
  for (const [node, uses] of factsOf(config).uses) {
    if (within !== undefined && node !== within) continue;
    if (uses.some(({ target }) => target === `var.${name}`)) return true;
  }
  return false;
}

function undeclared(findings: Findings, { name, nameRange }: Attribute, modules: readonly Module[]): void {
  const names = modules.flatMap(({ declarations }) =>
    declarations.filter(({ kind }) => kind === 'variable').map((variable) => variable.name),
  );
  const suggestion = nearest(name, names);
  const message = `The module declares no variable "${name}", and nothing here reads it.${didYouMean(suggestion)}`;
  findings.add('value-without-variable', nameRange, message, { suggestion, facts: { name } });
}

/** What variables and runs give is not known here; all else is. */
function checkType(findings: Findings, { name, value }: Attribute, { node }: Declaration): void {
  const constraint = node.kind === 'block' ? attributeOf(node.body, 'type')?.value : undefined;
  if (constraint === undefined || value.kind === 'missing') return;
  const { type, defaults, errors } = readTypeConstraint(constraint);
  const scope = {
    variable: () => unknownValue('dynamic'),
    functions: findFunctionDefinition,
    world: emptyWorld,
  };
  const evaluated = evaluate(value, scope);
  if (errors.length > 0 || evaluated.errors.length > 0) return;
  try {
    convert(applyDefaults(evaluated.value, defaults), type);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    const place = error.path.length === 0 ? '' : `${pathText(error.path)}: `;
    const message = `The variable "${name}" must be ${typeToString(type)}, and this is ${describeValue(evaluated.value)}: ${place}${error.message}.`;
    findings.add('wrong-type', value.range, message, { facts: { type: typeToString(type) } });
  }
}
