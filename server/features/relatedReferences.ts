import type { AttributeSchema } from '../providers/schema';
import type { Declaration } from '../terraform/model';
import { chosenProvider } from '../terraform/providerSource';
import type { Range } from '../text/range';
import { attributeOf } from '../terraform/values';
import type { CompletionItem } from './completionItems';
import type { Expected } from './expected';
import type { Reading } from './expressionShapes';
import { elementTypeOf, fitOf, wantedType } from './fit';
import { findSchema } from './providerSchemas';
import { attributeShape, typeOf } from './shapes';

/** The attributes by which other resources are told of one. */
const handles = ['id', 'arn', 'name', 'self_link'] as const;
const mostRelated = 40;

/**
 * Attributes of resources and data sources that an argument asks for by its name: `subnet_id` the `id` of an
 * `aws_subnet`, `role_arn` the `arn` of an `aws_iam_role`, `subnet_ids` those of all of them.
 */
export function relatedItems(
  reading: Reading,
  readable: readonly Declaration[],
  at: { readonly argument: string; readonly range: Range; readonly expected: Expected },
): CompletionItem[] {
  const wants = wishesOf(at.argument);
  if (wants.length === 0) return [];
  const found: CompletionItem[] = [];
  for (const declaration of readable) {
    const { kind, type, node } = declaration;
    if ((kind !== 'resource' && kind !== 'data') || node.kind !== 'block' || found.length > mostRelated)
      continue;
    const wish = wants.find(({ stem }) => type.endsWith(`_${stem}`));
    if (wish === undefined) continue;
    const schema = findSchema(reading.snapshot, reading.module, kind, type, chosenProvider(node))?.schema;
    for (const name of wish.attributes) {
      const attribute =
        schema === undefined || !Object.hasOwn(schema.attributes, name) ? undefined : schema.attributes[name];
      if (attribute === undefined) continue;
      found.push(...offers(declaration, name, attribute, at));
      break;
    }
  }
  return found;
}

interface Wish {
  readonly stem: string;
  /** The attribute that is meant, the likeliest first. */
  readonly attributes: readonly string[];
}

/** `vpc_security_group_ids` asks for the `id` of a `security_group`; `bucket` for its `id` or `name`. */
function wishesOf(argument: string): Wish[] {
  const single = argument.replace(/s$/, '');
  const handle = handles.find((each) => single.endsWith(`_${each}`));
  const base = handle === undefined ? single : single.slice(0, -handle.length - 1);
  if (base.length < 2) return [];
  const attributes = handle === undefined ? [base, ...handles] : [handle];
  const words = base.split('_');
  // The whole stem first, then without what says which one: `source_vpc`, `vpc`.
  return words.map((_, index) => ({ stem: words.slice(index).join('_'), attributes }));
}

function offers(
  declaration: Declaration,
  name: string,
  attribute: AttributeSchema,
  { range, expected }: { readonly range: Range; readonly expected: Expected },
): CompletionItem[] {
  if (declaration.node.kind !== 'block') return [];
  const { address, kind, node } = declaration;
  const type = typeOf(attributeShape(attribute));
  const many = attributeOf(node.body, 'count') ?? attributeOf(node.body, 'for_each');
  const byKey = attributeOf(node.body, 'for_each') !== undefined;
  const item = (label: string, group: number): CompletionItem => ({
    label,
    kind: 'reference',
    range,
    insert: label,
    filter: address,
    detail: kind,
    group,
  });
  const wanted = wantedType(expected);
  if (fitOf(type, expected) !== 'no') {
    if (many === undefined) return [item(`${address}.${name}`, 6)];
    return byKey ? [item(`${address}[each.key].${name}`, 7)] : [item(`${address}[0].${name}`, 7)];
  }
  if (elementTypeOf(wanted) !== type) return [];
  if (many === undefined) return [item(`[${address}.${name}]`, 6)];
  return [item(byKey ? `values(${address})[*].${name}` : `${address}[*].${name}`, 6)];
}
