import path from 'node:path';
import type { Block, Expression } from '../../hcl/syntax';
import { dialectOf } from '../../terraform/dialect';
import { labelText } from '../../terraform/labels';
import type { Module } from '../../terraform/model';
import { TestView } from '../../terraform/tests/testModule';
import { toTraversal } from '../../terraform/traversal';
import type { Traversal } from '../../terraform/traversal';
import { attributeOf, blocksOf, literalString } from '../../terraform/values';
import type { Findings } from '../findings';
import { didYouMean, nearest } from '../suggestion';
import { isForOpenTofu } from './product';
import { mockedProvider } from './mockedProvider';
import { findTarget } from './targets';

const overrides = ['override_resource', 'override_data', 'override_module'] as const;
type Override = (typeof overrides)[number];

/** Checks what a file of tests or mocks gives instead of what providers and modules would. */
export function checkOverrides(findings: Findings, module: Module): void {
  const { body } = findings.config.syntax;
  const all = runModules(module);
  checkGroup(findings, all, body);
  for (const run of blocksOf(body, 'run')) {
    checkGroup(findings, [module.at?.(run.range.start) ?? module], run.body);
  }
  for (const mock of blocksOf(body, 'mock_provider')) {
    checkGroup(findings, all, mock.body);
    checkMocks(findings, module, mock.body, mock.labels[0]?.value);
    checkFolder(findings, module, mock);
  }
  checkMocks(findings, module, body, undefined);
}

/** The modules that overrides of the whole file can be about; those of runs may not be there. */
function runModules(module: Module): readonly (Module | undefined)[] {
  const ran = module instanceof TestView ? module.runs.map((run) => run.module) : [];
  return [...new Set([module, ...ran])];
}

/** Overrides that are read together: each target once. */
function checkGroup(findings: Findings, modules: readonly (Module | undefined)[], body: Block['body']): void {
  const seen = new Set<string>();
  for (const type of overrides) {
    for (const block of blocksOf(body, type)) {
      checkObject(
        findings,
        attributeOf(block.body, type === 'override_module' ? 'outputs' : 'values')?.value,
      );
      const target = attributeOf(block.body, 'target')?.value;
      if (target === undefined || target.kind === 'missing' || target.kind === 'error') continue;
      checkTarget(findings, modules, type, target);
      const address = findings.textOf(target.range).replace(/\s+/g, '');
      if (seen.has(`${type} ${address}`)) {
        const message = `"${address}" is overridden already beside this block. Put both into one.`;
        findings.add('duplicate-override', target.range, message, { facts: { address } });
      }
      seen.add(`${type} ${address}`);
    }
  }
}

const wanted: Readonly<Record<Override, { readonly kind: string; readonly noun: string }>> = {
  override_resource: { kind: 'resource', noun: 'a resource' },
  override_data: { kind: 'data', noun: 'a data source' },
  override_module: { kind: 'module', noun: 'a module call' },
};

function checkTarget(
  findings: Findings,
  modules: readonly (Module | undefined)[],
  type: Override,
  target: Expression,
): void {
  const traversal = toTraversal(target);
  const { kind, noun } = wanted[type];
  const isOpenTofu = findings.module instanceof TestView && isForOpenTofu(findings.snapshot, findings.module);
  const address = findings.textOf(target.range);
  const isMany = traversal?.steps.some((step) => step.kind === 'splat') === true;
  if (traversal === undefined || (isMany && !isOpenTofu)) {
    const how = isMany ? 'of all its instances or of one, without [*]' : 'without quotes';
    const message = `"target" of ${type} is the address of ${noun}, ${how}.`;
    findings.add('invalid-address', target.range, message);
    return;
  }
  const written = kindOf(traversal);
  if (written !== undefined && written !== kind) {
    const fitting = overrides.find((other) => wanted[other].kind === written);
    const hint = fitting === undefined ? '' : ` Use ${fitting}.`;
    const message = `"target" of ${type} is the address of ${noun}, and "${address}" is none.${hint}`;
    findings.add('invalid-address', target.range, message);
    return;
  }
  // Many tests can share a file of mocks, and each needs only some of it.
  if (findings.module.dialect === 'mock') return;
  const found = modules.map((module) => module && findTarget(findings.snapshot, module, traversal));
  if (found.some((each) => each?.kind !== 'missing')) return;
  const known = modules
    .flatMap((module) => module?.declarations ?? [])
    .filter((each) => each.kind === kind)
    .map((each) => each.address);
  const suggestion = nearest(address, known);
  const message = `"${address}" does not exist in the module under test, so that this has no effect.${didYouMean(suggestion)}`;
  findings.add('override-without-target', target.range, message, { suggestion, facts: { address } });
}

const notTargets = new Set([
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

/** What an address is of; `undefined` where it is not written to its end. */
function kindOf({ root, steps }: Traversal): string | undefined {
  const names = [root.name, ...steps.map((step) => (step.kind === 'name' ? step.name : undefined))];
  let at = 0;
  while (names[at] === 'module') {
    at += 2;
    if (names.length > at && names[at] === undefined) at += 1;
    if (names.length <= at) return names.at(-1) === '' ? undefined : 'module';
  }
  const first = names[at] ?? '';
  if (at === 0 && notTargets.has(first)) return 'other';
  const isTyped = first === 'data' || first === 'resource' || first === 'ephemeral';
  const last = names[at + (isTyped ? 2 : 1)];
  if (last === undefined || last === '') return undefined;
  return first === 'data' || first === 'ephemeral' ? first : 'resource';
}

function checkObject(findings: Findings, value: Expression | undefined): void {
  const isWrong = value?.kind === 'template' || value?.kind === 'literal' || value?.kind === 'tuple';
  if (value === undefined || !isWrong) return;
  findings.add('wrong-type', value.range, 'This must be an object: { name = value }.', {
    facts: { type: 'object' },
  });
}

const mocks = { mock_resource: 'resource', mock_data: 'data' } as const;

/** Types that are mocked: known to the provider, and each once. */
function checkMocks(
  findings: Findings,
  module: Module,
  body: Block['body'],
  provider: string | undefined,
): void {
  for (const type of ['mock_resource', 'mock_data'] as const) {
    const seen = new Set<string>();
    for (const block of blocksOf(body, type)) {
      checkObject(findings, attributeOf(block.body, 'defaults')?.value);
      const [label] = block.labels;
      if (label === undefined || label.value === '') continue;
      if (seen.has(label.value)) {
        const message = `"${label.value}" is mocked already beside this block. Put both into one.`;
        findings.add('duplicate-override', labelText(label), message, { facts: { address: label.value } });
      }
      seen.add(label.value);
      const known = mockedProvider(findings.snapshot, module, label.value, provider)?.names(mocks[type]);
      if (known === undefined || known.includes(label.value)) continue;
      const suggestion = nearest(label.value, known);
      const message = `The provider has no ${mocks[type] === 'data' ? 'data source' : 'resource type'} "${label.value}", so that this has no effect.${didYouMean(suggestion)}`;
      findings.add('unknown-mocked-type', labelText(label), message, {
        suggestion,
        facts: { type: label.value },
      });
    }
  }
}

/** The folder with more mocks is looked for from the module under test on, where Terraform is started. */
function checkFolder(findings: Findings, module: Module, mock: Block): void {
  const value = attributeOf(mock.body, 'source')?.value;
  const source = literalString(value);
  if (value === undefined || source === undefined) return;
  const names = findings.snapshot.index.files.list(path.resolve(module.directory, source));
  if (names.some((name) => dialectOf(name) === 'mock')) return;
  const message = `There is no .tfmock.hcl file in "${source}", looked for from the folder of the module under test on.`;
  findings.add('mock-folder-empty', value.range, message, { facts: { source } });
}
