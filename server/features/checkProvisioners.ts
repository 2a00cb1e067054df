import type { Block, Body } from '../hcl/syntax';
import { visitTraversals } from '../terraform/expressions';
import { labelled } from '../terraform/languageSchema';
import { provisioner } from '../terraform/provisionerSchema';
import { attributeOf, blocksOf, literalString } from '../terraform/values';
import type { Findings } from './findings';
import { didYouMean, nearest } from './suggestion';

/** Checks the provisioners of a resource, or of a `removed` block, and the connections that they use. */
export function checkProvisioners(findings: Findings, block: Block): void {
  const shared = blocksOf(block.body, 'connection');
  for (const provisioner of blocksOf(block.body, 'provisioner')) {
    const own = blocksOf(provisioner.body, 'connection');
    checkType(findings, provisioner);
    checkAlternatives(findings, provisioner);
    const isForDestroy = checkWords(findings, provisioner);
    if (isForDestroy) {
      for (const { body } of [provisioner, ...shared]) checkDestroyReferences(findings, body);
    } else if (block.type === 'removed') {
      const message = 'Nothing is created here. Write when = destroy.';
      findings.add('invalid-provisioner', provisioner.typeRange, message);
    }
    const [connection] = own.length > 0 ? own : shared;
    const hasHost = [...own, ...shared].some(({ body }) => attributeOf(body, 'host') !== undefined);
    if (connection === undefined || hasHost || !connection.closed) continue;
    const message = 'A connection needs the argument "host".';
    const isSaid = findings.found.some(
      ({ code, range }) => code === 'missing-argument' && range.start === connection.typeRange.start,
    );
    if (!isSaid) findings.add('missing-argument', connection.typeRange, message, { facts: { name: 'host' } });
  }
}

const provisioners = ['file', 'local-exec', 'remote-exec'];

/** Arguments of which a provisioner needs exactly one. */
const alternatives: Readonly<Record<string, readonly string[]>> = {
  'remote-exec': ['inline', 'script', 'scripts'],
  file: ['source', 'content'],
};

function checkAlternatives(findings: Findings, { labels, typeRange, body, closed }: Block): void {
  const type = labels[0]?.value ?? '';
  const names = Object.hasOwn(alternatives, type) ? (alternatives[type] ?? []) : [];
  const [first, second] = names.flatMap((name) => attributeOf(body, name) ?? []);
  if (names.length === 0 || !closed) return;
  if (first === undefined) {
    const message = `A provisioner "${type}" needs one of ${names.join(', ')}.`;
    findings.add('missing-argument', typeRange, message, { facts: { name: names[0] ?? '' } });
  } else if (second !== undefined) {
    const message = `A provisioner "${type}" takes one of ${names.join(', ')}, not several.`;
    const facts = { name: second.name, other: first.name };
    findings.add('conflicting-arguments', second.nameRange, message, { facts });
  }
}

/** Terraform still runs provisioners that a person installs by hand; for its own former ones their releases are told. */
function checkType(findings: Findings, { labels: [label] }: Block): void {
  if (label === undefined || labelled(provisioner.block, label.value) !== undefined) return;
  const suggestion = nearest(label.value, provisioners);
  const message = `Terraform has no provisioner "${label.value}", only ${provisioners.join(', ')}.${didYouMean(suggestion)}`;
  const more = { severity: 'warning', suggestion: suggestion && `"${suggestion}"` } as const;
  findings.add('invalid-provisioner', label.range, message, more);
}

const words: Readonly<Record<string, readonly string[]>> = {
  when: ['create', 'destroy'],
  on_failure: ['continue', 'fail'],
};

/** Checks the words that have a meaning here; whether the provisioner runs before destruction. */
function checkWords(findings: Findings, { body }: Block): boolean {
  let isForDestroy = false;
  for (const [name, known] of Object.entries(words)) {
    const value = attributeOf(body, name)?.value;
    if (value === undefined || value.kind === 'missing' || value.kind === 'error') continue;
    const quoted = literalString(value);
    const word = quoted ?? (value.kind === 'variable' ? value.name : '');
    if (!known.includes(word)) {
      const suggestion = nearest(word, known);
      const message = `"${name}" is ${known.join(' or ')}.${didYouMean(suggestion)}`;
      findings.add('invalid-provisioner', value.range, message, { suggestion });
    } else if (quoted !== undefined) {
      const message = `This word has no quotes since Terraform 0.12. Write ${word}.`;
      findings.add('quoted-keyword', value.range, message, { suggestion: word });
    }
    if (word === 'destroy') isForDestroy = true;
  }
  return isForDestroy;
}

/** What else a resource is made of may be gone by the time it is destroyed. */
function checkDestroyReferences(findings: Findings, body: Body): void {
  for (const item of body.items) {
    if (item.kind === 'block') {
      if (item.type === 'connection') checkDestroyReferences(findings, item.body);
      continue;
    }
    if (Object.hasOwn(words, item.name)) continue;
    visitTraversals(item.value, ({ root, range }) => {
      if (known.has(root.name)) return;
      if (
        findings.found.some(
          (other) => other.range.start === range.start && other.code === 'misplaced-reference',
        )
      )
        return;
      const message =
        'What runs before destruction can only use self, each.key, count.index and path: anything else may be gone by then.';
      findings.add('misplaced-reference', range, message, { facts: { name: root.name } });
    });
  }
}

const known = new Set(['self', 'each', 'count', 'path', 'terraform']);
