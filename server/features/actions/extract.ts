import type { Block } from '../../hcl/syntax';
import { nodePathAt } from '../../hcl/walk';
import { isJsonConfig } from '../../terraform/fileNames';
import type { ConfigFile } from '../../terraform/model';
import { attributeOf, blocksOf, literalString } from '../../terraform/values';
import type { Change, FileEdit } from './codeAction';
import { freeName, isConstant, isExpression, isMovable, selectedExpression } from './context';
import type { Selected, SelectedExpression } from './context';
import { declareLocal, declareVariable } from './declare';
import { constraintFor } from './knownType';

/** Gives a value a name: as a local value, or as a variable with the value as its default. */
export function extractions(selected: Selected): readonly Change[] {
  const found = selectedExpression(selected);
  if (found === undefined || !isWorthAName(found) || !isFree(found)) return [];
  const places = occurrences(selected, found);
  const changes = [toLocal(selected, found, [found])];
  if (places.length > 1) changes.push(toLocal(selected, found, places));
  if (!isConstant(found.expression)) return changes;
  changes.push(toVariable(selected, found, [found]));
  if (places.length > 1) changes.push(toVariable(selected, found, places));
  return changes;
}

/** An expression with the file it stands in, where that is another one. */
interface Place extends SelectedExpression {
  readonly file?: ConfigFile;
}

/** Blocks whose values Terraform wants as they are, or reads before there are any others. */
const holders = new Set(['terraform', 'variable', 'moved', 'removed', 'import']);

/** Arguments that take no expression. */
const fixed = new Set([
  'depends_on',
  'provider',
  'providers',
  'ignore_changes',
  'replace_triggered_by',
  'source',
  'version',
  'alias',
]);

/** Arguments of some blocks that Terraform reads before there are values, by the type of the block they stand in. */
const literals: Readonly<Record<string, ReadonlySet<string>>> = {
  output: new Set(['description', 'sensitive', 'ephemeral', 'deprecated']),
  lifecycle: new Set(['prevent_destroy', 'create_before_destroy', 'destroy']),
  provisioner: new Set(['when', 'on_failure']),
};

function isWorthAName({ expression, attribute, blocks }: SelectedExpression): boolean {
  if (blocks[0]?.type === 'locals' && expression === attribute.value) return false;
  return expression.kind !== 'variable' && !(expression.kind === 'literal' && expression.value === null);
}

/** Whether a name may stand there instead. */
function isFree({ expression, steps, blocks, attribute }: SelectedExpression): boolean {
  const [top] = blocks;
  const type = blocks.at(-1)?.type ?? '';
  if (top === undefined || holders.has(top.type) || fixed.has(attribute.name)) return false;
  if (Object.hasOwn(literals, type) && literals[type]?.has(attribute.name) === true) return false;
  if (blocks.some((block) => runsLate(block, top))) return false;
  const parent = steps.at(-2);
  // `list.0` has no other form with a dot.
  if (parent?.kind === 'index' && parent.legacy && parent.key === expression) return false;
  return isMovable(expression, steps, blocks);
}

/** What runs before destruction reads nothing but the object itself. */
function runsLate(block: Block, top: Block): boolean {
  const isLate = ({ body }: Block) => {
    const when = attributeOf(body, 'when')?.value;
    return (when?.kind === 'variable' ? when.name : literalString(when)) === 'destroy';
  };
  if (block.type === 'provisioner') return isLate(block);
  return block.type === 'connection' && blocksOf(top.body, 'provisioner').some(isLate);
}

/** The same text everywhere in the module where it means the same, in file order. */
function occurrences({ module, file }: Selected, found: SelectedExpression): Place[] {
  const { start, end } = found.expression.range;
  const source = file.syntax.text.slice(start, end);
  return module.files.flatMap((each) => {
    if (isJsonConfig(each.path)) return [];
    const { text } = each.syntax;
    const places: Place[] = [];
    for (let at = text.indexOf(source); at >= 0; at = text.indexOf(source, at + 1)) {
      const place = placeAt(each, at, at + source.length);
      const isIts = place?.expression.kind === found.expression.kind && isWorthAName(place) && isFree(place);
      if (isIts) places.push(place);
    }
    return places;
  });
}

function placeAt(file: ConfigFile, start: number, end: number): Place | undefined {
  const nodes = nodePathAt(file.syntax, end);
  const at = nodes.findLastIndex((node) => node.kind === 'attribute');
  const attribute = nodes[at];
  const steps = nodes.slice(at + 1).filter(isExpression);
  const last = steps.findIndex(({ range }) => range.start === start && range.end === end);
  const expression = steps[last];
  if (attribute?.kind !== 'attribute' || expression === undefined) return undefined;
  const blocks = nodes.filter((node) => node.kind === 'block');
  return { expression, attribute, blocks, steps: steps.slice(0, last + 1), file };
}

function toLocal(selected: Selected, found: SelectedExpression, places: readonly Place[]): Change {
  const { snapshot, module, file } = selected;
  const name = freeName(module, 'local', found.attribute.name);
  const declared = declareLocal(snapshot, module, name, sourceOf(selected, found), file.path);
  return {
    title: `Extract to the local value "${name}"${everywhere(places)}`,
    kind: 'refactor.extract',
    edits: [declared, ...uses(selected, places, `local.${name}`)],
  };
}

function toVariable(selected: Selected, found: SelectedExpression, places: readonly Place[]): Change {
  const { snapshot, module, file } = selected;
  const name = freeName(module, 'var', found.attribute.name);
  const declared = declareVariable(snapshot, module, name, {
    type: constraintFor(snapshot, module, found.expression),
    default: sourceOf(selected, found),
    nearby: file.path,
  });
  return {
    title: `Extract to the variable "${name}"${everywhere(places)}`,
    kind: 'refactor.extract',
    edits: [declared, ...uses(selected, places, `var.${name}`)],
  };
}

function everywhere({ length }: readonly Place[]): string {
  return length > 1 ? ` in ${length} places` : '';
}

function uses(selected: Selected, places: readonly Place[], newText: string): FileEdit[] {
  return places.map(({ expression, steps, file = selected.file }) => {
    // The line break that ends a heredoc belongs to it, and must stay.
    const isHeredoc = expression.kind === 'template' && expression.form !== 'quoted';
    const source = file.syntax.text.slice(expression.range.start, expression.range.end);
    const lineBreak = isHeredoc ? (/\r?\n$/.exec(source)?.[0] ?? '') : '';
    // A name in the place of a key would be the key itself.
    const object = steps.at(-2);
    const isKey = object?.kind === 'object' && object.items.some(({ key }) => key === expression);
    const text = isKey ? `(${newText})` : newText;
    return { path: file.path, range: expression.range, newText: `${text}${lineBreak}` };
  });
}

/** The text of the value, with the lines after its first moved to where the name will stand. */
function sourceOf({ file }: Selected, { expression }: SelectedExpression): string {
  const { text } = file.syntax;
  const source = text.slice(expression.range.start, expression.range.end).trimEnd();
  if (expression.kind === 'template' && expression.form !== 'quoted') return source;
  const lineStart = text.lastIndexOf('\n', expression.range.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  return source
    .split('\n')
    .map((line, index) =>
      index === 0 ? line : `  ${line.startsWith(indent) ? line.slice(indent.length) : line}`,
    )
    .join('\n');
}
