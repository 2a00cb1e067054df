import type { Block, Expression } from '../hcl/syntax';
import type { Declaration, Module } from '../terraform/model';
import { toTraversal } from '../terraform/traversal';
import { attributeOf, literalString } from '../terraform/values';
import { compareVersions } from '../terraform/versionConstraint';
import type { Range } from '../text/range';
import type { Findings } from './findings';

/** An address of a resource or module, as `moved`, `removed` and `import` name them. */
interface Address {
  readonly text: string;
  readonly range: Range;
  /** Names of the calls on the way. */
  readonly calls: readonly string[];
  /** Absent where a module is named. */
  readonly resource:
    { readonly kind: 'resource' | 'data'; readonly type: string; readonly name: string } | undefined;
  /** Whether a key of an instance stands in it. */
  readonly hasKey: boolean;
}

/** Checks a `moved` block. */
export function checkMoved(findings: Findings, block: Block): void {
  const from = readAddress(findings, block, 'from');
  const to = readAddress(findings, block, 'to');
  if (from === undefined || to === undefined) return;
  if ((from.resource === undefined) !== (to.resource === undefined)) {
    const message =
      'A resource moves to the address of a resource, and a module to that of a module. Here one of each is named.';
    findings.add('invalid-address', block.typeRange, message);
  } else if (from.text === to.text) {
    const message = `${from.text} moves to where it is. Remove this block, or name another address.`;
    findings.add('move-to-itself', block.typeRange, message, { facts: { address: from.text } });
  } else if (!from.hasKey && baseOf(from) !== baseOf(to)) {
    const declaration = declarationOf(findings, from);
    if (declaration === undefined) return;
    const message = `${from.text} is still declared. Once an object has moved, nothing may be declared under its old address: remove that block or this one.`;
    findings.add('moved-still-declared', from.range, message, { facts: { address: from.text } });
  }
}

/** Checks a `removed` block. */
export function checkRemoved(findings: Findings, block: Block): void {
  const from = readAddress(findings, block, 'from');
  if (from === undefined) return;
  if (from.hasKey) {
    const message = 'Single instances cannot be removed: write the address without the key in brackets.';
    findings.add('invalid-address', from.range, message);
  } else if (from.resource?.kind === 'data') {
    const message = 'A data source is in no state, so that its block can simply be deleted.';
    findings.add('invalid-address', from.range, message);
  } else if (declarationOf(findings, from) !== undefined) {
    const message = `${from.text} is still declared. Remove its block: this one says that it is gone.`;
    findings.add('removed-still-declared', from.range, message, { facts: { address: from.text } });
  }
}

/** Checks an `import` block. */
export function checkImport(findings: Findings, block: Block): void {
  const { snapshot, module } = findings;
  if (snapshot.index.isCalled(module)) {
    const message =
      'Import blocks stand in root modules only, and this module is called by another. Move the block there.';
    // Terraform 1.16 takes them in any module.
    const { terraform } = snapshot;
    const isOld =
      terraform?.product === 'opentofu' ||
      (terraform !== undefined && (compareVersions(terraform.version, '1.16.0-alpha') ?? 0) < 0);
    findings.add('misplaced-block', block.typeRange, message, isOld ? {} : { severity: 'warning' });
  }
  checkImportId(findings, block);
  const to = readAddress(findings, block, 'to');
  if (to === undefined) return;
  if (to.resource?.kind !== 'resource') {
    findings.add('invalid-address', to.range, 'Only a resource can be imported into.');
    return;
  }
  checkTarget(findings, to, to.resource);
  checkTwice(findings, block, to);
}

function checkImportId(findings: Findings, block: Block): void {
  const id = attributeOf(block.body, 'id');
  if (id === undefined) {
    const isGiven = attributeOf(block.body, 'identity') !== undefined;
    if (isGiven || !block.closed) return;
    const message = 'An import needs the argument "id" or "identity".';
    findings.add('missing-argument', block.typeRange, message, { facts: { name: 'id' } });
  } else if (literalString(id.value) === '') {
    findings.add(
      'invalid-address',
      id.value.range,
      'The id is empty. Write how the provider names the object.',
    );
  } else {
    const target = attributeOf(block.body, 'to')?.value;
    const traversal = target === undefined ? undefined : toTraversal(target);
    const text = traversal === undefined ? '' : findings.textOf(traversal.range).replace(/\[.*$/s, '');
    if (
      text === '' ||
      !new RegExp(`(^|[^\\w.-])${escapeText(text)}\\.`).test(findings.textOf(id.value.range))
    )
      return;
    const message = `The id of ${text} cannot be taken from ${text} itself, which is what is imported.`;
    findings.add('invalid-address', id.value.range, message);
  }
}

function checkTarget(
  findings: Findings,
  to: Address,
  { type, name }: { readonly type: string; readonly name: string },
): void {
  const module = moduleAt(findings, to.calls);
  if (module === 'unknown' || module?.find(`${type}.${name}`) !== undefined) return;
  if (module !== undefined && module.unread.length > 0) return;
  const isHere = to.calls.length === 0;
  const hint = isHere ? ' Write it, or let "terraform plan -generate-config-out=FILE" write it.' : '';
  const message = `There is no block for ${to.text} to import into.${hint}`;
  findings.add('import-without-target', to.range, message, {
    facts: { type, name },
    ...(isHere && { severity: 'warning' }),
  });
}

function checkTwice(findings: Findings, block: Block, to: Address): void {
  for (const file of findings.module.files) {
    for (const other of file.syntax.body.items) {
      if (other === block) return;
      if (other.kind !== 'block' || other.type !== 'import') continue;
      const target = attributeOf(other.body, 'to')?.value;
      if (target === undefined || attributeOf(other.body, 'for_each') !== undefined) continue;
      const { start, end } = target.range;
      if (file.syntax.text.slice(start, end) !== to.text || to.text.includes('[each')) continue;
      const message = `Something is imported into ${to.text} already. Remove one of the two blocks.`;
      findings.add('duplicate-declaration', to.range, message, { facts: { address: to.text } });
      return;
    }
  }
}

function readAddress(findings: Findings, block: Block, name: 'from' | 'to'): Address | undefined {
  const value = attributeOf(block.body, name)?.value;
  if (value === undefined || value.kind === 'missing' || value.kind === 'error') return undefined;
  const address = addressOf(findings, value, block.type === 'import');
  if (address !== undefined) return address;
  const message =
    'Only the address of a resource or a module call can stand here, without quotes and with keys written out: aws_instance.web["a"].';
  // Terraform takes var.x to be a resource of the type var there, which nobody means.
  const isTaken = block.type === 'removed' && /^\w+\.\w+$/.test(findings.textOf(value.range));
  findings.add('invalid-address', value.range, message, isTaken ? { severity: 'warning' } : {});
  return undefined;
}

function addressOf(findings: Findings, value: Expression, anyKey: boolean): Address | undefined {
  const traversal = toTraversal(value);
  if (traversal === undefined) return undefined;
  const names: string[] = [traversal.root.name];
  let hasKey = false;
  for (const step of traversal.steps) {
    if (step.kind === 'name') names.push(step.name);
    else if (step.kind === 'splat') return undefined;
    else {
      hasKey = true;
      const isLiteral = step.key.kind === 'literal' || literalString(step.key) !== undefined;
      if (!isLiteral && !anyKey) return undefined;
    }
  }
  const calls: string[] = [];
  while (names[0] === 'module' && names[1] !== undefined) calls.push(names.splice(0, 2)[1] ?? '');
  const isData = names[0] === 'data';
  if (isData || names[0] === 'resource') names.shift();
  const [type, resource, more] = names;
  const whole = { text: findings.textOf(value.range), range: value.range, calls, hasKey };
  if (type === undefined) return calls.length === 0 ? undefined : { ...whole, resource: undefined };
  if (resource === undefined || resource === '' || more !== undefined || noTypes.has(type)) return undefined;
  return { ...whole, resource: { kind: isData ? 'data' : 'resource', type, name: resource } };
}

const noTypes = new Set(['var', 'local', 'each', 'count', 'self', 'path', 'terraform', 'module', 'output']);

function baseOf({ text }: Address): string {
  return text.replace(/\[[^\]]*\]/g, '');
}

/** What is declared under an address, as far as the modules on the way are on disk. */
function declarationOf(findings: Findings, address: Address): Declaration | undefined {
  const { resource, calls } = address;
  const last = calls.at(-1);
  const module = moduleAt(findings, resource === undefined ? calls.slice(0, -1) : calls);
  if (module === undefined || module === 'unknown') return undefined;
  if (resource === undefined) return module.find(`module.${last ?? ''}`);
  return module.find(`${resource.type}.${resource.name}`);
}

/** The module behind calls; `undefined` where no such call is declared. */
function moduleAt({ snapshot, module }: Findings, calls: readonly string[]): Module | 'unknown' | undefined {
  let at = module;
  for (const name of calls) {
    const call = at.find(`module.${name}`);
    if (call === undefined) return at.unread.length > 0 ? 'unknown' : undefined;
    const called = snapshot.index.called(call, at);
    if (called === undefined) return 'unknown';
    at = called;
  }
  return at;
}

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
