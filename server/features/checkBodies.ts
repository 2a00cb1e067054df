import { blocksOfArgument } from '../hcl/jsonFile';
import type { Attribute, Block, Body, Expression } from '../hcl/syntax';
import type { ConfigFile, Module } from '../terraform/model';
import { isJsonConfig, isOverride } from '../terraform/fileNames';
import { nestedBlock } from '../terraform/jsonShapes';
import type { Range } from '../text/range';
import { blockForm, headerOf, isSettable, rulesFor } from './bodyRules';
import type { BodyRules, NestedRule } from './bodyRules';
import type { Diagnostic, Severity } from './diagnostic';
import { provenanceText } from './providerSchemas';
import { versionGap } from './schemaPlaces';
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

  constructor(
    private readonly snapshot: Snapshot,
    private readonly module: Module,
    private readonly config: ConfigFile,
  ) {
    // An override file only changes blocks, so that nothing is missing in it.
    this.partial = isOverride(config.path);
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
      for (const { range, code, message } of read.errors) this.add(range, 'error', code, message);
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
        { suggestion },
      );
    } else if (!isSettable(rule.schema) && isNeverNull(attribute.value)) {
      const message = `"${name}" is decided by the provider${this.from(rules)} and cannot be set. Remove this line.`;
      this.report(nameRange, 'read-only-argument', message, rules, { severity: 'warning' });
    }
  }

  private block(inner: Block, rules: BodyRules, block: Block | undefined): void {
    if (inner.type === '') return;
    const rule = rules.blocks.get(inner.type);
    if (rule !== undefined) {
      this.labels(inner, rule);
      return;
    }
    if (rules.open) return;
    const isArgument = rules.arguments.has(inner.type);
    const suggestion = isArgument ? undefined : nearest(inner.type, settable(rules));
    const hint = isArgument ? ` Write it as an argument: ${inner.type} = ….` : didYouMean(suggestion);
    const where = block === undefined ? '' : ` in ${describe(block)}`;
    const message = `There is no block "${inner.type}"${where}${this.from(rules)}.${hint}`;
    this.report(inner.typeRange, 'unknown-block', message, rules, { suggestion });
  }

  private labels(block: Block, rule: NestedRule): void {
    if (rule.origin !== 'language' || this.isBroken(block)) return;
    const missing = rule.labels.slice(block.labels.length);
    const extra = block.labels[rule.labels.length];
    if (missing.length > 0) {
      const example = `${block.type} ${rule.labels.map((label) => `"${label}"`).join(' ')}`;
      this.add(
        block.typeRange,
        'error',
        'missing-label',
        `This block lacks its ${missing.join(' and ')}: ${example} { … }.`,
      );
    } else if (extra !== undefined) {
      const message = `A ${block.type} block has ${countOf(rule.labels.length, 'label')}. Remove this one.`;
      this.add(extra.range, 'error', 'extra-label', message);
    }
  }

  private missing(body: Body, block: Block, rules: BodyRules, blocks: readonly Block[]): void {
    const counts = countNames(body);
    for (const [type, rule] of rules.blocks) {
      const written = body.items.filter((item): item is Block => item.kind === 'block' && item.type === type);
      const beyond = rule.maxItems > 0 ? written[rule.maxItems] : undefined;
      if (beyond === undefined) continue;
      const message = `${describe(block)} takes ${countOf(rule.maxItems, `${type} block`)} at most. Remove this one.`;
      this.report(beyond.typeRange, 'too-many-blocks', message, rules);
    }
    if (this.partial || this.isBroken(block) || !this.isComplete(block, blocks, counts)) return;
    for (const [name, rule] of rules.arguments) {
      if (rule.schema.required !== true || counts.has(name)) continue;
      // Language arguments of a provider's block are Terraform's own, whatever the version of the provider.
      const known = rule.origin === 'provider' ? rules : undefined;
      const message = `${describe(block)} needs the argument "${name}"${known === undefined ? '' : this.from(rules)}.`;
      this.report(block.typeRange, 'missing-argument', message, known);
    }
    for (const [type, rule] of rules.blocks) {
      if (rule.minItems === 0 || counts.has(type)) continue;
      this.report(
        block.typeRange,
        'missing-block',
        `${describe(block)} needs a block "${type}"${this.from(rules)}.`,
        rules,
      );
    }
  }

  /** Whether all that belongs to the block stands in it: a provider may take the rest from the environment. */
  private isComplete(block: Block, blocks: readonly Block[], counts: ReadonlySet<string>): boolean {
    const inProvider = blocks[0]?.type === 'provider';
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
    code: string,
    message: string,
    rules: BodyRules | undefined,
    { severity = 'error', suggestion }: { severity?: Severity; suggestion?: string | undefined } = {},
  ): void {
    const provenance = rules?.provenance;
    const gap = provenance === undefined ? undefined : versionGap(this.snapshot, this.module, provenance);
    if (gap === undefined) this.add(range, severity, code, message, suggestion);
    else this.add(range, 'warning', code, `${message} ${gap}`, suggestion);
  }

  private add(range: Range, severity: Severity, code: string, message: string, suggestion?: string): void {
    this.found.push({ range, severity, code, message, suggestion });
  }
}

/** Null may be given to anything, so that only a value that cannot be null is certain to be refused. */
function isNeverNull(value: Expression): boolean {
  if (value.kind === 'literal') return value.value !== null;
  return value.kind === 'template' || value.kind === 'tuple' || value.kind === 'object';
}

function* settable(rules: BodyRules): Generator<string> {
  for (const [name, rule] of rules.arguments) if (isSettable(rule.schema)) yield name;
  for (const type of rules.blocks.keys()) if (type !== '_') yield type;
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
