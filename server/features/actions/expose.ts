import { deepMarks } from '../../cty/marks';
import { sensitive } from '../../cty/value';
import type { Declaration } from '../../terraform/model';
import { attributeOf } from '../../terraform/values';
import { declarationAt, focusAt } from '../focus';
import type { Focus } from '../focus';
import { findSchema } from '../providerSchemas';
import { chosenProvider } from '../../terraform/providerSource';
import { typesOf } from '../values/inputs';
import type { Change } from './codeAction';
import { freeName } from './context';
import type { Selected } from './context';
import { declareOutput } from './declare';
import { baseName, expressionAt, readPart } from './reads';

/** Makes an output of what the cursor points at: a value that is read, an argument of a resource, or a resource. */
export function exposures(selected: Selected): readonly Change[] {
  const { snapshot, module, file, selection } = selected;
  const focus = focusAt(snapshot, file.path, selection.start);
  const exposed = focus === undefined ? undefined : exposedAt(selected, focus);
  if (exposed === undefined || isExposed(selected, exposed.value)) return [];
  const name = freeName(module, 'output', exposed.name);
  const details = exposed.isSensitive ? ['sensitive = true'] : [];
  return [
    {
      title: `Expose as the output "${name}"`,
      kind: 'refactor.extract',
      edits: [declareOutput(snapshot, module, name, { value: exposed.value, details, nearby: file.path })],
    },
  ];
}

interface Exposed {
  readonly name: string;
  readonly value: string;
  readonly isSensitive: boolean;
}

function exposedAt(selected: Selected, focus: Focus): Exposed | undefined {
  const { snapshot, module } = selected;
  const top = focus.blocks[0]?.type;
  if (focus.kind === 'use') {
    const found = declarationAt(snapshot, focus);
    const { use } = focus;
    const own = module.find(use.target);
    if (found === undefined || own === undefined || use.kind !== 'value' || top === 'output')
      return undefined;
    if (own.kind === 'variable' || own.kind === 'ephemeral' || isScoped(own)) return undefined;
    const part = readPart(use, own);
    const expression = expressionAt(use.file, part.range);
    // What stands in a block that is repeated may be another thing for each of its instances.
    if (expression === undefined || /\b(each|count|self)\./.test(part.source)) return undefined;
    const { value, errors } = typesOf(snapshot, module).evaluate(expression);
    if (errors.length > 0) return undefined;
    return { name: part.name, value: part.source, isSensitive: (deepMarks(value) & sensitive) !== 0 };
  }
  if (focus.kind !== 'label' && focus.kind !== 'argument') return undefined;
  const declaration = module.declarations.find(
    ({ node, file }) =>
      file.path === selected.file.path &&
      node.kind === 'block' &&
      node.range.start === focus.blocks[0]?.range.start,
  );
  if (declaration === undefined || focus.blocks.length !== 1) return undefined;
  if (declaration.kind !== 'resource' && declaration.kind !== 'data') return undefined;
  return focus.kind === 'label'
    ? {
        name: baseName(declaration),
        value: declaration.address,
        isSensitive: holdsSecrets(selected, declaration),
      }
    : attributeOfResource(selected, declaration, focus.attribute.name);
}

/** A data source inside of a check is there for the check alone. */
function isScoped({ node, file }: Declaration): boolean {
  return (
    node.kind === 'block' && !file.syntax.body.items.some(({ range }) => range.start === node.range.start)
  );
}

function attributeOfResource(
  selected: Selected,
  declaration: Declaration,
  name: string,
): Exposed | undefined {
  const schema = schemaOf(selected, declaration)?.attributes;
  if (schema === undefined || !Object.hasOwn(schema, name) || declaration.node.kind !== 'block')
    return undefined;
  const { body } = declaration.node;
  const { address } = declaration;
  const isSensitive = schema[name]?.sensitive === true;
  const base = `${baseName(declaration)}_${name}`;
  if (attributeOf(body, 'for_each') !== undefined) {
    const value = `{ for key, instance in ${address} : key => instance.${name} }`;
    return { name: `${base}s`, value, isSensitive };
  }
  return attributeOf(body, 'count') === undefined
    ? { name: base, value: `${address}.${name}`, isSensitive }
    : { name: `${base}s`, value: `${address}[*].${name}`, isSensitive };
}

/** Whether an attribute of it must not be shown: then the whole of it must not. */
function holdsSecrets(selected: Selected, declaration: Declaration): boolean {
  return Object.values(schemaOf(selected, declaration)?.attributes ?? {}).some(
    (attribute) => attribute.sensitive === true,
  );
}

function schemaOf({ snapshot, module }: Selected, { kind, type, node }: Declaration) {
  if (node.kind !== 'block' || (kind !== 'resource' && kind !== 'data')) return undefined;
  return findSchema(snapshot, module, kind, type, chosenProvider(node))?.schema;
}

function isExposed({ module }: Selected, value: string): boolean {
  return module.declarations.some(({ kind, node, file }) => {
    const own =
      kind === 'output' && node.kind === 'block' ? attributeOf(node.body, 'value')?.value : undefined;
    return own !== undefined && file.syntax.text.slice(own.range.start, own.range.end).trim() === value;
  });
}
