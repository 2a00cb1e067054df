import { blocksOfArgument } from '../hcl/jsonFile';
import type { Attribute, Block, Body, Expression } from '../hcl/syntax';
import type { ConfigFile, Module } from '../terraform/model';
import { isJsonConfig, isOverride } from '../terraform/fileNames';
import { nestedBlock } from '../terraform/jsonShapes';
import { chosenProvider, impliedProvider, sourceOf } from '../terraform/providerSource';
import type { Provenance } from '../providers/schema';
import type { Range } from '../text/range';
import { blockForm, headerOf, isSettable, rulesFor } from './bodyRules';
import type { BodyRules, NestedRule } from './bodyRules';
import { diagnosticOf } from './diagnostic';
import type { Diagnostic } from './diagnostic';
import { isDiagnosticCode } from './diagnosticCodes';
import type { DiagnosticCode } from './diagnosticCodes';
import { languageGap } from './editionFindings';
import { editionOf } from './editionOf';
import { isVersionAtHand, provenanceText } from './providerSchemas';
import { schemaDirectories, versionGap } from './schemaPlaces';
import type { Snapshot } from './snapshot';
import { didYouMean, nearest } from './suggestion';

/** Checks what stands in bodies against what may stand there. */
export function checkBodies(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const check = new BodyCheck(snapshot, module, config);
  check.body(config.syntax.body, []);
  return check.found;
}

class BodyCheck {
  readonly found: Diagnostic[] = [];
  private readonly partial: boolean;
  private readonly hasOverrides: boolean;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly module: Module,
    private readonly config: ConfigFile,
  ) {
    // An override file only changes blocks, so that nothing is missing in it.
    this.partial = isOverride(config.path);
    this.hasOverrides = module.files.some(({ path }) => isOverride(path));
  }

  body(given: Body, blocks: readonly Block[]): void {
    const rules = rulesFor(this.snapshot, this.module, blocks.map(headerOf));
    const body = this.asRuled(given, rules);
    const block = blocks.at(-1);
    for (const item of body.items) {
      if (item.kind === 'attribute') this.attribute(item, rules, block);
      else {
        this.block(item, rules, block);
        this.body(item.body, [...blocks, item]);
      }
    }
    if (block !== undefined && !rules.open) this.missing(body, block, rules, blocks);
  }

  /** In JSON a block looks like an argument until the rules tell. */
  private asRuled(body: Body, rules: BodyRules): Body {
    if (!isJsonConfig(this.config.path)) return body;
    const items = body.items.flatMap((item): readonly (Attribute | Block)[] => {
      const rule = item.kind === 'attribute' ? rules.blocks.get(item.name) : undefined;
      if (item.kind === 'block' || rule === undefined || rule.attributeToo) return [item];
      const read = blocksOfArgument(item, nestedBlock(rule.labels));
      if (read === undefined) return [item];
      for (const { range, code, message } of read.errors)
        this.add(range, isDiagnosticCode(code) ? code : 'json-body-expected', message);
      return read.blocks;
    });
    return { kind: 'body', range: body.range, items };
  }

  private attribute(attribute: Attribute, rules: BodyRules, block: Block | undefined): void {
    const { name, nameRange } = attribute;
    const rule = rules.arguments.get(name);
    if (rules.open) return;
    if (rule === undefined) {
      const isBlock = rules.blocks.has(name);
      const suggestion = isBlock ? undefined : nearest(name, settable(rules));
      const hint = isBlock ? ` Write it as a block: ${name} { … }.` : didYouMean(suggestion);
      const where = block === undefined ? 'at the top level of a file' : `in ${describe(block)}`;
      this.report(
        nameRange,
        'unknown-argument',
        `There is no argument "${name}" ${where}${this.from(rules)}.${hint}`,
        rules,
        { suggestion, facts: { name, ...(isBlock && { form: 'block' }) } },
      );
    } else if (rule.schema.deprecated === true) {
      const hint = whatInstead(rule.schema.description);
      this.deprecated('deprecated-argument', nameRange, name, rules, hint);
    } else if (!isSettable(rule.schema) && isNeverNull(attribute.value)) {
      const message = `"${name}" is decided by the provider${this.from(rules)} and cannot be set. Remove this line.`;
      this.report(nameRange, 'read-only-argument', message, rules, { facts: { name } });
    }
  }

  private block(inner: Block, rules: BodyRules, block: Block | undefined): void {
    if (inner.type === '') return;
    const rule = rules.blocks.get(inner.type);
    if (rule !== undefined) {
      this.labels(inner, rule);
      if (block === undefined || block.type === 'check') this.type(inner);
      if (rule.deprecated) this.deprecated('deprecated-block', inner.typeRange, inner.type, rules);
      return;
    }
    if (rules.open) return;
    const isArgument = rules.arguments.has(inner.type);
    const suggestion = isArgument ? undefined : nearest(inner.type, settable(rules));
    const hint = isArgument ? ` Write it as an argument: ${inner.type} = ….` : didYouMean(suggestion);
    const where = block === undefined ? '' : ` in ${describe(block)}`;
    const message = `There is no block "${inner.type}"${where}${this.from(rules)}.${hint}`;
    const facts = { name: inner.type, ...(isArgument && { form: 'argument' }) };
    this.report(inner.typeRange, 'unknown-block', message, rules, { suggestion, facts });
  }

  private labels(block: Block, rule: NestedRule): void {
    if (rule.origin !== 'language' || this.isBroken(block)) return;
    const missing = rule.labels.slice(block.labels.length);
    const extra = block.labels[rule.labels.length];
    if (missing.length > 0) {
      const example = `${block.type} ${rule.labels.map((label) => `"${label}"`).join(' ')}`;
      this.add(
        block.typeRange,
        'missing-label',
        `This block lacks its ${missing.join(' and ')}: ${example} { … }.`,
        { facts: { labels: missing.join(',') } },
      );
    } else if (extra !== undefined) {
      const message = `A ${block.type} block has ${countOf(rule.labels.length, 'label')}. Remove this one.`;
      this.add(extra.range, 'extra-label', message);
    }
  }

  /** Whether the provider has such a resource type or data source. */
  private type(block: Block): void {
    const kind = Object.hasOwn(typedBlocks, block.type) ? typedBlocks[block.type] : undefined;
    const [label] = block.labels;
    if (kind === undefined || label === undefined || label.value === '') return;
    const chosen = chosenProvider(block);
    const source = sourceOf(chosen ?? impliedProvider(label.value), this.module);
    const provider = this.snapshot.schemas.provider(source, schemaDirectories(this.snapshot, this.module));
    if (provider === undefined) return;
    const { provenance } = provider;
    const schema = provider.block(kind, label.value);
    const facts = { name: label.value, kind };
    const from = ` (${provenanceText(provenance)})`;
    if (schema === undefined) {
      const names = provider.names(kind);
      const suggestion = names.length === 0 ? undefined : nearest(label.value, names);
      const message = `The provider has no ${typeNouns[kind]} "${label.value}"${from}.${didYouMean(suggestion)}`;
      const quoted = suggestion !== undefined && label.quoted ? `"${suggestion}"` : suggestion;
      this.reportFor(provenance, label.range, 'unknown-type', message, { suggestion: quoted, facts });
    } else if (schema.deprecated === true && isVersionAtHand(this.snapshot, this.module, provenance)) {
      const message = `The ${typeNouns[kind]} "${label.value}" is deprecated${from}.${whatInstead(schema.description)}`;
      this.add(label.range, 'deprecated-type', message, { facts });
    }
  }

  /** Another version of the provider may think otherwise. */
  private deprecated(
    code: 'deprecated-argument' | 'deprecated-block',
    range: Range,
    name: string,
    rules: BodyRules,
    hint = '',
  ): void {
    const { provenance } = rules;
    if (provenance !== undefined && versionGap(this.snapshot, this.module, provenance) !== undefined) return;
    const noun = code === 'deprecated-block' ? 'block' : 'argument';
    const message = `The ${noun} "${name}" is deprecated${this.from(rules)}.${hint}`;
    this.add(range, code, message, { facts: { name } });
  }

  private missing(body: Body, block: Block, rules: BodyRules, blocks: readonly Block[]): void {
    const counts = countNames(body);
    for (const [type, rule] of rules.blocks) {
      const written = body.items.filter((item): item is Block => item.kind === 'block' && item.type === type);
      const beyond = rule.maxItems > 0 ? written[rule.maxItems] : undefined;
      if (beyond === undefined) continue;
      const message = `${describe(block)} takes ${countOf(rule.maxItems, `${type} block`)} at most. Remove this one.`;
      this.report(beyond.typeRange, 'too-many-blocks', message, rules, { facts: { name: type } });
    }
    if (this.partial || rules.partial || this.isBroken(block) || !this.isComplete(block, blocks, counts))
      return;
    for (const [name, rule] of rules.arguments) {
      // A block is no value for a variable.
      const isGiven = rule.origin === 'module' ? hasAttribute(body, name) : counts.has(name);
      if (rule.schema.required !== true || isGiven) continue;
      // Language arguments of a provider's block are Terraform's own, whatever the version of the provider.
      const known = rule.origin === 'provider' ? rules : undefined;
      const message = `${describe(block)} needs the argument "${name}"${known === undefined ? '' : this.from(rules)}.`;
      this.report(block.typeRange, 'missing-argument', message, known, { facts: { name } });
    }
    for (const [type, rule] of rules.blocks) {
      if (rule.minItems === 0 || counts.has(type)) continue;
      this.report(
        block.typeRange,
        'missing-block',
        `${describe(block)} needs a block "${type}"${this.from(rules)}.`,
        rules,
        { facts: { name: type } },
      );
    }
  }

  /** Whether all that belongs to the block stands in it: a provider may take the rest from the environment. */
  private isComplete(block: Block, blocks: readonly Block[], counts: ReadonlySet<string>): boolean {
    const inProvider = blocks[0]?.type === 'provider' && this.module.dialect !== 'lock';
    const inBlockForm = blocks.length > 1 && this.isBlockForm(block, blocks.slice(0, -1));
    return !inProvider && !inBlockForm && !counts.has('_');
  }

  private isBlockForm(block: Block, parents: readonly Block[]): boolean {
    const rules = rulesFor(this.snapshot, this.module, parents.map(headerOf));
    const attribute = rules.arguments.get(block.type);
    return attribute !== undefined && blockForm(attribute.schema) !== undefined;
  }

  private isBroken(block: Block): boolean {
    const { start, end } = block.range;
    return (
      !block.closed || this.config.syntax.errors.some(({ range }) => range.start <= end && start <= range.end)
    );
  }

  private from(rules: BodyRules): string {
    return rules.provenance === undefined ? '' : ` (${provenanceText(rules.provenance)})`;
  }

  /** What a schema says counts only as far as its version is the one in use. */
  private report(
    range: Range,
    code: DiagnosticCode,
    message: string,
    rules: BodyRules | undefined,
    more: Details = {},
  ): void {
    this.reportFor(rules?.provenance, range, code, message, more);
  }

  private reportFor(
    provenance: Provenance | undefined,
    range: Range,
    code: DiagnosticCode,
    message: string,
    more: Details,
  ): void {
    const gap =
      provenance === undefined
        ? languageGap(code, editionOf(this.snapshot, this.module))
        : versionGap(this.snapshot, this.module, provenance);
    // Terraform does not look at what an override file may have replaced.
    const isLoose = this.hasOverrides && (code === 'unknown-argument' || code === 'unknown-block');
    if (gap === undefined) this.add(range, code, message, isLoose ? { ...more, severity: 'warning' } : more);
    else this.add(range, code, `${message} ${gap}`, { ...more, severity: 'warning' });
  }

  private add(
    range: Range,
    code: DiagnosticCode,
    message: string,
    more: Details & { severity?: 'warning' } = {},
  ): void {
    this.found.push(diagnosticOf(code, range, message, more));
  }
}

const typedBlocks: Readonly<Record<string, 'resource' | 'data' | 'ephemeral'>> = {
  resource: 'resource',
  data: 'data',
  ephemeral: 'ephemeral',
};

const typeNouns = { resource: 'resource type', data: 'data source', ephemeral: 'ephemeral resource' };

/** Descriptions say in one of their sentences what to use instead. */
function whatInstead(description: string | undefined): string {
  const sentences = (description ?? '').split(/(?<=\.)\s/);
  const found = sentences.find((sentence) => /deprecat|instead|replaced|removed/i.test(sentence));
  if (found === undefined) return '';
  return ` ${found.trim().replace(/\.?$/, '.')}`;
}

type Details = Pick<Diagnostic, 'suggestion' | 'facts'>;

/** Null may be given to anything, so that only a value that cannot be null is certain to be refused. */
function isNeverNull(value: Expression): boolean {
  if (value.kind === 'literal') return value.value !== null;
  return value.kind === 'template' || value.kind === 'tuple' || value.kind === 'object';
}

function* settable(rules: BodyRules): Generator<string> {
  for (const [name, rule] of rules.arguments) {
    if (isSettable(rule.schema) && rule.unavailable !== true) yield name;
  }
  for (const [type, rule] of rules.blocks) if (type !== '_' && rule.unavailable !== true) yield type;
}

function hasAttribute(body: Body, name: string): boolean {
  return body.items.some((item) => item.kind === 'attribute' && item.name === name);
}

/** Names of arguments and blocks in a body; a dynamic block counts as what it makes. */
function countNames(body: Body): ReadonlySet<string> {
  const names = new Set<string>();
  for (const item of body.items) {
    names.add(item.kind === 'attribute' ? item.name : item.type);
    if (item.kind === 'block' && item.type === 'dynamic') names.add(item.labels[0]?.value ?? '');
  }
  return names;
}

function describe(block: Block): string {
  const labels = block.labels.map((label) => ` "${label.value}"`).join('');
  return `${block.type}${labels}`;
}

function countOf(count: number, noun: string): string {
  if (count === 0) return `no ${noun}s`;
  return count === 1 ? `one ${noun}` : `${count} ${noun}s`;
}
