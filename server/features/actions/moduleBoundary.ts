import { typeToString } from '../../cty/type';
import type { Attribute, Block, Expression } from '../../hcl/syntax';
import { nodePathAt } from '../../hcl/walk';
import { factsOf } from '../../terraform/facts';
import { isJsonConfig } from '../../terraform/fileNames';
import type { ConfigFile, Declaration } from '../../terraform/model';
import type { Use } from '../../terraform/uses';
import { attributeOf, literalString } from '../../terraform/values';
import { contains } from '../../text/range';
import type { Range } from '../../text/range';
import type { FileEdit } from './codeAction';
import type { Selected } from './context';
import { constraintFor } from './knownType';
import { argumentAround, expressionAt, readPart, usesOf } from './reads';

/** A value that goes into the module. */
export interface Input {
  readonly name: string;
  /** What the call gives for it. */
  readonly argument: string;
  /** The arguments of its `variable` block. */
  readonly details: readonly string[];
}

/** What crosses the line around a new module. */
export class ModuleBoundary {
  readonly inputs = new Map<string, Input>();
  /** By the text of the value: the name of the output. */
  readonly outputs = new Map<string, string>();
  /** Edits of the selected blocks, in offsets of the file they come from. */
  readonly inside: FileEdit[] = [];
  readonly outside: FileEdit[] = [];
  /** What stays and must be there before the module. */
  readonly dependencies = new Set<string>();
  /** Members of the module that something outside waits for by `depends_on`. */
  readonly waitedFor = new Set<string>();
  /** Provider configurations with an alias, as written: `aws.west`. */
  readonly configurations = new Set<string>();
  /** Why it cannot be. */
  problem: string | undefined;
  private readonly names = new Set<string>();
  private readonly members: ReadonlySet<string>;

  constructor(
    private readonly selected: Selected,
    private readonly blocks: readonly Block[],
    declarations: readonly Declaration[],
    private readonly call: string,
  ) {
    this.members = new Set(declarations.map(({ address }) => address));
    const uses = usesOf(selected.snapshot, selected.module);
    const own = uses.filter((use) => this.isInside(use.file, use.range));
    // Variables keep their names, and with them every text that reads them.
    for (const use of own) if (use.target.startsWith('var.')) this.variable(use);
    for (const use of own) this.fromInside(use);
    // Terraform 0.11 wrote them in quotes, and Terraform still accepts it.
    for (const block of blocks) {
      const quoted = literalString(attributeOf(block.body, 'provider')?.value);
      if (quoted?.includes('.') === true) this.configurations.add(quoted);
    }
    for (const use of uses) if (!this.isInside(use.file, use.range)) this.fromOutside(use);
    this.dependencyLists();
  }

  private isInside(file: ConfigFile, range: Range): boolean {
    return file.path === this.selected.file.path && this.blocks.some((block) => contains(block.range, range));
  }

  private fromInside(use: Use): void {
    const { kind, target, traversal, file } = use;
    if (kind === 'provider') {
      if (traversal.steps.length > 0) this.configurations.add(use.text);
      return;
    }
    const declaration = this.selected.module.find(target);
    if (this.members.has(target) || kind !== 'value' || declaration === undefined) return;
    if (declaration.kind === 'variable') return;
    if (declaration.kind === 'ephemeral') this.problem ??= `${target} is ephemeral and stays outside.`;
    if (argumentAround(use) === 'replace_triggered_by')
      this.problem ??= `replace_triggered_by names ${target}, which would stay outside of the module.`;
    const part = readPart(use, declaration);
    const known = this.inputs.get(part.source);
    const name = known?.name ?? this.freeName(part.name);
    if (known === undefined) {
      const type = constraintFor(
        this.selected.snapshot,
        this.selected.module,
        expressionAt(file, part.range),
      );
      const details = type === 'dynamic' ? [] : [`type = ${typeToString(type)}`];
      this.inputs.set(part.source, { name, argument: part.source, details });
    }
    this.inside.push({ path: file.path, range: part.range, newText: `var.${name}` });
  }

  private variable({ target }: Use): void {
    if (this.inputs.has(target)) return;
    const name = target.slice('var.'.length);
    const node = this.selected.module.find(target)?.node;
    const file = this.selected.module.find(target)?.file;
    const kept = ['type', 'description', 'sensitive', 'nullable', 'ephemeral'].flatMap((argument) => {
      const attribute = node?.kind === 'block' ? attributeOf(node.body, argument) : undefined;
      if (attribute === undefined || file === undefined) return [];
      return [file.syntax.text.slice(attribute.range.start, attribute.range.end).trimEnd()];
    });
    this.names.add(name);
    this.inputs.set(target, { name, argument: target, details: kept });
  }

  private fromOutside(use: Use): void {
    const { kind, target, file } = use;
    if (!this.members.has(target)) return;
    const declaration = this.selected.module.find(target);
    if (declaration === undefined || kind === 'provider' || kind === 'dependency') return;
    if (isJsonConfig(file.path))
      this.problem ??= `${target} is read in a JSON file, where nothing can be rewritten.`;
    if (kind === 'address') {
      this.address(use);
      return;
    }
    if (declaration.kind === 'ephemeral') this.problem ??= `${target} is ephemeral and is read outside.`;
    if (argumentAround(use) === 'replace_triggered_by')
      this.problem ??= `replace_triggered_by outside of the module names ${target}.`;
    const part = readPart(use, declaration);
    const name = this.outputs.get(part.source) ?? this.freeOutput(part.name);
    this.outputs.set(part.source, name);
    this.outside.push({ path: file.path, range: part.range, newText: `module.${this.call}.${name}` });
  }

  /** What was moved before keeps its addresses: Terraform follows one block after the other. */
  private address({ file, range }: Use): void {
    const isOwn = this.selected.module.files.includes(file);
    const top = file.syntax.body.items.find((item) => contains(item.range, range));
    if (isOwn && (top?.kind !== 'block' || top.type !== 'import')) return;
    const at = { start: range.start, end: range.start };
    this.outside.push({ path: file.path, range: at, newText: `module.${this.call}.` });
  }

  /** `depends_on` cannot look through the line: inside it moves to the call, outside it names the call. */
  private dependencyLists(): void {
    for (const file of this.selected.module.files) {
      for (const attribute of dependencyLists(file)) {
        const { value } = attribute;
        if (value.kind !== 'tuple') continue;
        const isInside = this.isInside(file, attribute.range);
        const items = value.items.map((item) => ({ item, target: targetIn(file, item) }));
        if (isInside) this.listInside(file, attribute, items);
        else this.listOutside(file, value.range, items);
      }
    }
  }

  private listInside(file: ConfigFile, attribute: Attribute, items: readonly Listed[]): void {
    const staying = items.filter(({ target }) => target !== undefined && !this.members.has(target));
    if (staying.length === 0) return;
    for (const { target } of staying) this.dependencies.add(target ?? '');
    const kept = items.filter((item) => !staying.includes(item));
    const range = attribute.value.range;
    if (kept.length === 0) {
      this.inside.push({ path: file.path, range: attribute.range, newText: '' });
    } else {
      const newText = `[${kept.map(({ item }) => sourceOf(file, item)).join(', ')}]`;
      this.inside.push({ path: file.path, range, newText });
    }
  }

  private listOutside(file: ConfigFile, range: Range, items: readonly Listed[]): void {
    const moved = items.filter(({ target }) => target !== undefined && this.members.has(target));
    if (moved.length === 0) return;
    for (const { target } of moved) this.waitedFor.add(target ?? '');
    if (isJsonConfig(file.path)) {
      this.problem ??= 'A JSON file depends on what would move, and nothing can be rewritten there.';
      return;
    }
    const kept = items.filter((item) => !moved.includes(item)).map(({ item }) => sourceOf(file, item));
    const newText = `[${[...kept, `module.${this.call}`].join(', ')}]`;
    this.outside.push({ path: file.path, range, newText });
  }

  private freeName(wanted: string): string {
    return free(wanted, this.names);
  }

  private freeOutput(wanted: string): string {
    return free(wanted, new Set(this.outputs.values()), false);
  }
}

interface Listed {
  readonly item: Expression;
  readonly target: string | undefined;
}

/** Names that Terraform keeps for the arguments of a module call. */
const reserved = new Set([
  'source',
  'version',
  'providers',
  'count',
  'for_each',
  'lifecycle',
  'depends_on',
  'locals',
]);

function free(wanted: string, taken: Set<string>, isInput = true): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}_${count}`;
    if (taken.has(name) || (isInput && reserved.has(name))) continue;
    taken.add(name);
    return name;
  }
}

function* dependencyLists(file: ConfigFile): Generator<Attribute> {
  for (const item of file.syntax.body.items) {
    if (item.kind !== 'block') continue;
    const own = attributeOf(item.body, 'depends_on');
    if (own !== undefined) yield own;
    for (const inner of item.body.items) {
      const nested = inner.kind === 'block' ? attributeOf(inner.body, 'depends_on') : undefined;
      if (nested !== undefined && item.type === 'check') yield nested;
    }
  }
}

function targetIn(file: ConfigFile, item: Expression): string | undefined {
  for (const uses of factsOf(file).uses.values()) {
    const found = uses.find((use) => use.kind === 'dependency' && contains(item.range, use.range));
    if (found !== undefined) return found.target;
  }
  return undefined;
}

function sourceOf(file: ConfigFile, { range }: Expression): string {
  return file.syntax.text.slice(range.start, range.end);
}

/** The places in blocks that read `path.module`, which is another folder in the module. */
export function modulePaths({ syntax }: ConfigFile, blocks: readonly Block[]): readonly Range[] {
  return blocks.flatMap(({ range }) => {
    const source = syntax.text.slice(range.start, range.end);
    return [...source.matchAll(/\bpath\.module\b/g)].flatMap(({ index }) => {
      const start = range.start + index;
      const nodes = nodePathAt(syntax, start + 1);
      // What Terraform waits for is no value.
      if (nodes.some((node) => node.kind === 'attribute' && node.name === 'depends_on')) return [];
      const found = nodes.findLast(
        (node) => node.kind === 'getAttribute' && node.range.start === start && node.name === 'module',
      );
      return found === undefined ? [] : [found.range];
    });
  });
}
