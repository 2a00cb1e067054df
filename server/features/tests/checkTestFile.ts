import type { Attribute, Block, Expression } from '../../hcl/syntax';
import { walkExpressions } from '../../hcl/walk';
import { visitTraversals } from '../../terraform/expressions';
import { factsOf } from '../../terraform/facts';
import type { ConfigFile, Module } from '../../terraform/model';
import { TestView } from '../../terraform/tests/testModule';
import type { TestRun } from '../../terraform/tests/testModule';
import { toTraversal } from '../../terraform/traversal';
import { attributeOf, blocksOf, literalString } from '../../terraform/values';
import type { Diagnostic } from '../diagnostic';
import { Findings } from '../findings';
import type { Snapshot } from '../snapshot';
import { didYouMean, nearest } from '../suggestion';
import { checkExpectedFailures } from './checkExpectedFailures';
import { checkOverrides } from './checkOverrides';
import { checkRunModule } from './checkRunModule';
import { checkTestReferences } from './checkTestReferences';
import { checkTestVariables } from './checkTestVariables';
import { isForOpenTofu } from './product';
import { testArgumentsIn } from './testPlaces';

/** Checks a test file as `terraform test` would: its runs, what they set, override, expect and refer to. */
export function checkTestFile(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  if (!(module instanceof TestView)) return [];
  const findings = new Findings(snapshot, module, config);
  checkOnce(findings, ['variables', 'test']);
  checkNames(findings, isForOpenTofu(snapshot, module));
  checkWords(findings);
  for (const variables of blocksOf(config.syntax.body, 'variables')) checkOnlyArguments(findings, variables);
  for (const run of module.runs) {
    checkRun(findings, module, run);
    checkRunModule(findings, module, run);
    checkExpectedFailures(findings, module, run);
  }
  checkOverrides(findings, module);
  checkTestVariables(findings, module);
  return [...findings.found, ...checkTestReferences(snapshot, module, config)];
}

/** Checks a file of mocks. */
export function checkMockFile(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const findings = new Findings(snapshot, module, config);
  checkWords(findings);
  checkOverrides(findings, module);
  return findings.found;
}

/** Blocks that Terraform takes once in a file. */
function checkOnce(findings: Findings, types: readonly string[]): void {
  for (const type of types) {
    for (const { typeRange } of blocksOf(findings.config.syntax.body, type).slice(1)) {
      const message = `A test file has one ${type} block. Put both into one.`;
      findings.add('duplicate-setting', typeRange, message, { facts: { name: type } });
    }
  }
}

/** Names of runs, variables and provider configurations: valid, and used once. OpenTofu takes runs of one name. */
function checkNames(findings: Findings, isOpenTofu: boolean): void {
  const seen = new Set<string>();
  for (const { kind, address, name, nameRange, node } of factsOf(findings.config).declarations) {
    if (kind === 'run' && !isName(name)) {
      const message = `"${name}" is no name: use letters, digits, _ and -, and start with a letter or _.`;
      findings.add('invalid-name', nameRange, message, { facts: { name } });
    }
    if (seen.has(address) && (kind !== 'run' || !isOpenTofu)) {
      const what = kind === 'provider' ? 'configured' : 'declared';
      const message = `"${address}" is ${what} already in this file. Rename or remove one of the two.`;
      findings.add('duplicate-declaration', nameRange, message, { facts: { address } });
    }
    seen.add(address);
    const alias = kind === 'provider' && node.kind === 'block' ? attributeOf(node.body, 'alias') : undefined;
    const text = literalString(alias?.value);
    if (alias !== undefined && text !== undefined && !isName(text)) {
      const message = `"${text}" is no name for a provider configuration: use letters, digits, _ and -.`;
      findings.add('invalid-name', alias.value.range, message, { facts: { name: text } });
    }
  }
}

function isName(text: string): boolean {
  return /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(text);
}

const keywords: Readonly<Record<string, readonly string[]>> = {
  'run command': ['plan', 'apply'],
  'plan_options mode': ['normal', 'refresh-only'],
};
const during = ['plan', 'apply'];

/** Arguments that Terraform reads without evaluating anything, by the block they stand in. */
const literals = new Set([
  'plan_options refresh',
  'run state_key',
  'run parallel',
  'run skip_cleanup',
  'test parallel',
  'test skip_cleanup',
  'module source',
  'module version',
  'mock_provider alias',
  'mock_provider source',
  'provider alias',
]);

/** Arguments that take a word of the language, and those that take nothing that must be evaluated. */
function checkWords(findings: Findings): void {
  for (const { attribute, blocks } of testArgumentsIn(findings.config.syntax.body)) {
    const { name, value } = attribute;
    const place = `${blocks.at(-1)?.type ?? ''} ${name}`;
    const words =
      name === 'override_during' ? during : Object.hasOwn(keywords, place) ? keywords[place] : undefined;
    if (words !== undefined) keyword(findings, attribute, words);
    else if (literals.has(place) && mustBeEvaluated(value)) {
      const message = `"${name}" must be written out: nothing can be evaluated here.`;
      findings.add('literal-required', value.range, message, { facts: { name } });
    }
  }
}

function keyword(findings: Findings, { name, value }: Attribute, words: readonly string[]): void {
  if (value.kind === 'missing' || value.kind === 'error') return;
  const written = value.kind === 'variable' ? value.name : findings.textOf(value.range);
  if (words.includes(written)) return;
  const text = literalString(value) ?? written;
  const suggestion = words.includes(text) ? text : nearest(text, words);
  const why = words.includes(text) ? ' Write it without quotes.' : didYouMean(suggestion);
  const message = `"${name}" is ${words.join(' or ')}.${why}`;
  const facts = { name, keywords: words.join(',') };
  findings.add('invalid-keyword', value.range, message, { suggestion, facts });
}

function mustBeEvaluated(value: Expression): boolean {
  let calls = 0;
  walkExpressions(value, ({ kind }) => {
    if (kind === 'call') calls += 1;
    return true;
  });
  return calls > 0 || refersToAnything(value);
}

function checkRun(findings: Findings, view: TestView, { block }: TestRun): void {
  for (const assert of blocksOf(block.body, 'assert')) checkAssertion(findings, assert);
  for (const options of blocksOf(block.body, 'plan_options')) checkPlanOptions(findings, options);
  for (const variables of blocksOf(block.body, 'variables')) checkOnlyArguments(findings, variables);
  const providers = attributeOf(block.body, 'providers')?.value;
  if (providers?.kind === 'object') {
    for (const { value } of providers.items) checkProvider(findings, view, value);
  }
}

/** Terraform wants to see that the condition depends on something. */
function checkAssertion(findings: Findings, assert: Block): void {
  const condition = attributeOf(assert.body, 'condition')?.value;
  if (condition === undefined || refersToAnything(condition) || isBroken(findings, condition)) return;
  const message = 'This condition refers to nothing, so that its result would always be the same.';
  findings.add('constant-assertion', condition.range, message);
}

/** What is half written may come to refer to something. */
function isBroken({ config }: Findings, { kind, range }: Expression): boolean {
  return (
    kind === 'missing' ||
    kind === 'error' ||
    config.syntax.errors.some((error) => error.range.start <= range.end && range.start <= error.range.end)
  );
}

function refersToAnything(expression: Expression): boolean {
  let found = false;
  visitTraversals(expression, () => {
    found = true;
  });
  return found;
}

const notPlanned = new Set([
  'var',
  'local',
  'output',
  'run',
  'check',
  'each',
  'count',
  'self',
  'path',
  'terraform',
]);

function checkPlanOptions(findings: Findings, options: Block): void {
  const mode = attributeOf(options.body, 'mode');
  const refresh = attributeOf(options.body, 'refresh');
  const isOff = refresh?.value.kind === 'literal' && refresh.value.value === false;
  if (
    refresh !== undefined &&
    isOff &&
    mode !== undefined &&
    findings.textOf(mode.value.range) === 'refresh-only'
  ) {
    const message = 'A plan that only refreshes cannot do without refreshing. Remove one of the two.';
    findings.add('conflicting-arguments', refresh.range, message, {
      facts: { name: 'refresh', other: 'mode' },
    });
  }
  for (const name of ['replace', 'target']) {
    const value = attributeOf(options.body, name)?.value;
    if (value?.kind !== 'tuple') continue;
    for (const item of value.items) {
      const traversal = toTraversal(item);
      const root = traversal?.root.name;
      const isReplaceable = name === 'target' || root !== 'data';
      if (root === undefined || (!notPlanned.has(root) && isReplaceable)) continue;
      const what = name === 'target' ? 'resource, data source or module call' : 'resource';
      const message = `"${findings.textOf(item.range)}" is no ${what}.`;
      findings.add('invalid-address', item.range, message);
    }
  }
}

function checkOnlyArguments(findings: Findings, variables: Block): void {
  for (const item of variables.body.items) {
    if (item.kind !== 'block' || item.type === '') continue;
    const message = `Values of variables are arguments: write ${item.type} = { … }.`;
    const facts = { name: item.type, form: 'argument' };
    findings.add('unknown-block', item.typeRange, message, { facts });
  }
}

/** A provider configuration that a run passes on must stand in the test file. */
function checkProvider(findings: Findings, view: TestView, value: Expression): void {
  const traversal = toTraversal(value);
  const [alias] = traversal?.steps ?? [];
  if (traversal === undefined || (alias !== undefined && (alias.kind !== 'name' || alias.name === '')))
    return;
  const { name } = traversal.root;
  const address = ['provider', name, ...(alias === undefined ? [] : [alias.name])].join('.');
  const own = view.ownDeclarations().filter(({ kind }) => kind === 'provider');
  if (own.some((declaration) => declaration.address === address)) return;
  const known = own.map((declaration) => declaration.address.slice('provider.'.length));
  const suggestion = nearest(address.slice('provider.'.length), known);
  const message = `This file has no provider or mock_provider "${address.slice('provider.'.length)}".${didYouMean(suggestion)}`;
  const facts = { name, ...(alias !== undefined && { alias: alias.name }) };
  findings.add('undeclared-provider', value.range, message, { suggestion, facts });
}
