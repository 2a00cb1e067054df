import path from 'node:path';
import type { Block, Expression } from '../../hcl/syntax';
import { labelText } from '../../terraform/labels';
import type { ConfigFile } from '../../terraform/model';
import { builtinProvider, fullSource, shortSource } from '../../terraform/providerSource';
import { attributeOf, blocksOf, literalString } from '../../terraform/values';
import { satisfies } from '../../terraform/versionConstraint';
import type { Range } from '../../text/range';
import { diagnosticOf } from '../diagnostic';
import type { Diagnostic } from '../diagnostic';
import type { Snapshot } from '../snapshot';
import { lockedNeeds } from './lockedNeeds';
import type { LockedNeeds } from './lockedNeeds';

/**
 * Checks a dependency lock file by the rules of Terraform's `internal/depsfile`, and against the configuration that it is
 * for.
 */
export function checkLockFile(snapshot: Snapshot, config: ConfigFile): Diagnostic[] {
  const blocks = blocksOf(config.syntax.body, 'provider');
  const needs = lockedNeeds(snapshot, path.dirname(config.path));
  const seen = new Set<string>();
  return blocks.flatMap((block) => {
    const [label] = block.labels;
    if (label === undefined) return [];
    const found = [...version(block, needs, label.value), ...hashes(block)];
    const range = labelText(label);
    const fault = addressFault(label.value, range);
    if (fault !== undefined) return [fault, ...found];
    if (seen.has(label.value)) {
      const message = `"${label.value}" is locked already, further up. Remove one of the two.`;
      return [
        diagnosticOf('duplicate-declaration', range, message, { facts: { address: label.value } }),
        ...found,
      ];
    }
    seen.add(label.value);
    return [...unused(block, label.value, needs), ...found];
  });
}

/** Terraform takes whole addresses in lower case and nothing else. */
function addressFault(source: string, range: Range): Diagnostic | undefined {
  const facts = { source };
  const full = source === '' ? '' : fullSource(source);
  if (source === builtinProvider || source.startsWith('terraform.io/builtin/')) {
    const message =
      'What is built into Terraform has no version of its own, so that it cannot be locked. Remove this block.';
    return diagnosticOf('invalid-source', range, message, { facts });
  }
  if (!/^[^/\s]+\/[^/\s]+\/[^/\s]+$/.test(full)) {
    const message =
      'Write the whole address of the provider: HOST/NAMESPACE/NAME. terraform init does so by itself.';
    return diagnosticOf('invalid-source', range, message, { facts });
  }
  if (full === source) return undefined;
  const message = `Terraform takes the whole address in lower case here: "${full}".`;
  return diagnosticOf('invalid-source', range, message, { suggestion: full, facts });
}

/** `1.2.3`, with what semantic versioning allows behind it. */
const normalVersion = /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

function version(block: Block, needs: LockedNeeds | undefined, source: string): Diagnostic[] {
  const given = attributeOf(block.body, 'version')?.value;
  const locked = literalString(given);
  if (given === undefined || locked === undefined) return [];
  if (!normalVersion.test(locked)) {
    const message = `"${locked}" is no version as Terraform writes them here, such as 1.2.3.`;
    return [diagnosticOf('invalid-version', given.range, message, { facts: { constraint: locked } })];
  }
  const constraints = attributeOf(block.body, 'constraints')?.value;
  const constraint = literalString(constraints);
  if (constraints !== undefined && constraint !== undefined && constraint.trim() !== '') {
    const fits = satisfies(locked, constraint);
    if (fits === undefined) {
      const message = `"${constraint}" is no version constraint.`;
      return [diagnosticOf('invalid-version', constraints.range, message, { facts: { constraint } })];
    }
    if (!fits) return [contradiction(given, locked, constraint, 'the constraints beside it')];
  }
  const unmet = needs?.constraints
    .get(asTerraform(source))
    ?.find((each) => satisfies(locked, each) === false);
  return unmet === undefined ? [] : [contradiction(given, locked, unmet, 'the configuration')];
}

function contradiction(given: Expression, locked: string, constraint: string, who: string): Diagnostic {
  const message = `${locked} is locked, and ${who} asks for ${constraint}. Run terraform init -upgrade to lock another version.`;
  return diagnosticOf('lock-contradiction', given.range, message, { facts: { version: locked, constraint } });
}

function hashes(block: Block): Diagnostic[] {
  const list = attributeOf(block.body, 'hashes')?.value;
  if (list?.kind !== 'tuple') return [];
  if (list.items.length === 0) {
    const message = 'Write at least one checksum, or leave "hashes" out.';
    return [diagnosticOf('invalid-hash', list.range, message)];
  }
  return list.items.flatMap((item) => {
    const hash = literalString(item);
    const fault = hash === undefined ? undefined : hashFault(hash);
    if (fault === undefined) return [];
    const { message, severity } = fault;
    return [diagnosticOf('invalid-hash', item.range, message, { severity })];
  });
}

/** Terraform itself looks at no more than the scheme. A checksum that cannot be one fits no package. */
function hashFault(hash: string): { message: string; severity: 'error' | 'warning' } | undefined {
  const [scheme = '', ...rest] = hash.split(':');
  const value = rest.join(':');
  if (scheme === '' || rest.length === 0) {
    return { message: 'A checksum starts with its kind and a colon: "h1:…" or "zh:…".', severity: 'error' };
  }
  const pattern = scheme === 'h1' ? /^[A-Za-z0-9+/]{43}=$/ : scheme === 'zh' ? /^[0-9a-f]{64}$/ : undefined;
  if (pattern === undefined || pattern.test(value)) return undefined;
  const form = scheme === 'h1' ? '44 characters of Base64' : '64 hexadecimal digits in lower case';
  return {
    message: `A checksum of kind ${scheme} is ${form}, so that no package fits this one.`,
    severity: 'warning',
  };
}

function unused(block: Block, source: string, needs: LockedNeeds | undefined): Diagnostic[] {
  if (needs === undefined || needs.sources.has(asTerraform(source))) return [];
  const message = `Nothing in this configuration uses ${shortSource(source)}. terraform init takes it out of the file when the state does not need it either.`;
  const range = { start: block.typeRange.start, end: block.labels.at(-1)?.range.end ?? block.typeRange.end };
  return [diagnosticOf('unused-lock', range, message, { facts: { source } })];
}

/** OpenTofu fills its lock file with addresses of its own registry, and the configuration names no host. */
function asTerraform(source: string): string {
  return source.replace(/^registry\.opentofu\.org\//, 'registry.terraform.io/');
}
