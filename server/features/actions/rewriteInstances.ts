import type { Expression } from '../../hcl/syntax';
import { nodePathAt, walkExpressions } from '../../hcl/walk';
import type { Declaration, Module } from '../../terraform/model';
import { targetOf } from '../../terraform/traversal';
import type { Use } from '../../terraform/uses';
import { literalString } from '../../terraform/values';
import { contains } from '../../text/range';
import type { Snapshot } from '../snapshot';
import type { FileEdit } from './codeAction';
import { wholeNumber } from './instancesOfCount';
import { addressPart, argumentAround, usesOf } from './reads';
import { Unconvertible } from './repetition';
import type { Repetition } from './repetition';

/** Writes everything that reads the instances of a block for their new keys. */
export class InstanceRewriter {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly module: Module,
    private readonly declaration: Declaration,
    private readonly repetition: Repetition,
  ) {}

  /** @throws Unconvertible where something cannot be written exactly. */
  edits(): FileEdit[] {
    const uses = usesOf(this.snapshot, this.module).filter(
      ({ target }) => target === this.declaration.address,
    );
    return [...uses.flatMap((use) => this.use(use)), ...this.inside()];
  }

  private use(use: Use): FileEdit[] {
    const { kind, traversal, file } = use;
    if (kind !== 'value' && kind !== 'address') return [];
    // What was moved before keeps its addresses.
    if (kind === 'address' && this.module.files.includes(file) && !this.isImport(use)) return [];
    const step = traversal.steps[targetOf(traversal)?.length ?? 0];
    if (step === undefined) return kind === 'address' ? [] : this.whole(use);
    if (step.kind === 'name') return this.named(use, step.name, step.range.end);
    if (step.kind === 'splat') return this.splat(use);
    const { key } = step;
    const { text } = file.syntax;
    const source = text.slice(key.range.start, key.range.end);
    const isLiteral = wholeNumber(key) !== undefined || literalString(key) !== undefined;
    if (isLiteral) {
      const written = this.repetition.literalKey(key, source);
      if (written === undefined) throw this.impossible(use, 'names an instance that there is not');
      const isLegacy = text.charAt(key.range.start - 1) === '.';
      if (isLegacy) {
        const range = { start: key.range.start - 1, end: key.range.end };
        return [{ path: file.path, range, newText: `[${written}]` }];
      }
      return [{ path: file.path, range: key.range, newText: written }];
    }
    const around = this.repetition.keyAround;
    if (around === undefined || argumentAround(use) === 'replace_triggered_by')
      throw this.impossible(use, 'takes an instance by a key that is worked out');
    const at = (offset: number, newText: string) => ({
      path: file.path,
      range: { start: offset, end: offset },
      newText,
    });
    return [at(key.range.start, around[0]), at(key.range.end, around[1])];
  }

  /** `module.m.key` is another way to write `module.m["key"]`. */
  private named(use: Use, name: string, end: number): FileEdit[] {
    if (this.repetition.context === 'count') return [];
    const range = { start: addressPart(use).end, end };
    const key: Expression = {
      kind: 'template',
      form: 'quoted',
      range,
      parts: [{ kind: 'text', range, value: name }],
    };
    const written = this.repetition.literalKey(key, JSON.stringify(name));
    return written === undefined ? [] : [{ path: use.file.path, range, newText: `[${written}]` }];
  }

  private whole(use: Use): FileEdit[] {
    if (argumentAround(use) === 'replace_triggered_by') return [];
    const { file, range } = use;
    const call = nodePathAt(file.syntax, range.start)
      .filter((node) => node.kind === 'call')
      .at(-1);
    const isArgument =
      call?.kind === 'call' &&
      call.arguments.some(
        (argument) => argument.range.start === range.start && argument.range.end === range.end,
      );
    if (isArgument && call.name === 'length') return [];
    const { address } = this.declaration;
    if (isArgument && call.name === 'values' && this.repetition.valuesAreList)
      return [{ path: file.path, range: call.range, newText: address }];
    return [{ path: file.path, range, newText: this.repetition.whole(address) }];
  }

  private splat(use: Use): FileEdit[] {
    const { traversal, file } = use;
    const { text } = file.syntax;
    const length = targetOf(traversal)?.length ?? 0;
    const splat = traversal.steps[length];
    const rest = traversal.steps.slice(length + 1);
    const address = text.slice(addressPart(use).start, addressPart(use).end);
    if (splat === undefined) return [];
    if (rest.every(({ kind }) => kind === 'name')) {
      const newText = this.repetition.splat(address, text.slice(splat.range.end, use.range.end));
      return [{ path: file.path, range: use.range, newText }];
    }
    const range = { start: use.range.start, end: splat.range.start };
    return [{ path: file.path, range, newText: this.repetition.whole(address) }];
  }

  /** `count.index`, `each.key` and `each.value` in the block itself. */
  private inside(): FileEdit[] {
    const { file, node } = this.declaration;
    if (node.kind !== 'block') return [];
    const edits: FileEdit[] = [];
    const { context } = this.repetition;
    const parents = new Map<Expression, Expression>();
    walkExpressions(node, (expression) => {
      if (expression.kind === 'index') parents.set(expression.key, expression);
      if (expression.kind !== 'getAttribute' || expression.object.kind !== 'variable') return true;
      if (expression.object.name !== context) return true;
      edits.push(this.contextual(expression, parents.get(expression)));
      return true;
    });
    // The repetition itself cannot read its own instances.
    const own = node.body.items.find(
      (item) => item.kind === 'attribute' && (item.name === 'count' || item.name === 'for_each'),
    );
    return edits
      .filter(({ range }) => own === undefined || !contains(own.range, range))
      .map((edit) => ({ ...edit, path: file.path }));
  }

  private contextual(
    expression: Extract<Expression, { kind: 'getAttribute' }>,
    parent: Expression | undefined,
  ): FileEdit {
    const { file } = this.declaration;
    const { text } = file.syntax;
    const { context } = this.repetition;
    const list = this.repetition.keyAround?.[0].slice(0, -1);
    // `list[count.index]` is the key itself.
    if (
      parent?.kind === 'index' &&
      this.repetition.context === 'count' &&
      text.slice(parent.object.range.start, parent.object.range.end) === list
    )
      return { path: file.path, range: parent.range, newText: 'each.key' };
    const place = nodePathAt(file.syntax, expression.range.end);
    const at = place.findIndex(
      ({ range }) => range.start === expression.range.start && range.end === expression.range.end,
    );
    const template = place[at - 1];
    const isText = template?.kind === 'template';
    const attribute = place.findLast((node) => node.kind === 'attribute');
    if (attribute?.kind === 'attribute' && attribute.name === 'replace_triggered_by')
      throw new Unconvertible(
        `replace_triggered_by names ${context} instances one by one, which has no other form.`,
      );
    const newText = this.repetition.inside(expression.name, { isText });
    const part = isText
      ? template.parts.find(
          (each) => each.kind === 'interpolation' && each.expression.range.start === expression.range.start,
        )
      : undefined;
    // What is known needs no interpolation.
    const plain = /^(?:(\d+)|"((?:[^"\\$%]|\\.)*)")$/.exec(newText);
    if (
      part !== undefined &&
      plain !== null &&
      isText &&
      template.form === 'quoted' &&
      template.parts.length > 1
    )
      return { path: file.path, range: part.range, newText: plain[1] ?? plain[2] ?? '' };
    return { path: file.path, range: expression.range, newText };
  }

  private isImport({ file, range }: Use): boolean {
    return file.syntax.body.items.some(
      (item) => item.kind === 'block' && item.type === 'import' && contains(item.range, range),
    );
  }

  private impossible({ file, range }: Use, what: string): Unconvertible {
    return new Unconvertible(`${file.syntax.text.slice(range.start, range.end)} ${what}.`);
  }
}
