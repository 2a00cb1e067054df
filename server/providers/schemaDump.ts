import type { CtyType } from '../cty/type';
import { JsonSplitter } from './jsonSplitter';
import type {
  AttributeSchema,
  BlockSchema,
  FunctionParameter,
  NestedBlockSchema,
  Nesting,
  ProviderFunction,
  SchemaKind,
} from './schema';

/** What a dump says, one piece at a time. */
export interface DumpReader {
  /** @param source full source address as Terraform writes it */
  block(source: string, kind: SchemaKind, name: string, block: BlockSchema): void;
  function(source: string, definition: ProviderFunction): void;
}

/** Milliseconds after which others get their turn: less than a keystroke can feel. */
const longestTurn = 8;

const sections: Readonly<Record<string, Exclude<SchemaKind, 'provider'>>> = {
  resource_schemas: 'resource',
  data_source_schemas: 'data',
  ephemeral_resource_schemas: 'ephemeral',
};

/**
 * Reads the output of `terraform providers schema -json` as it arrives, type by type, so that not even a dump of
 * 100 MB keeps the process busy for longer than its largest type takes. Fields it does not know are passed by.
 *
 * @throws when the output is not such JSON
 */
export async function readSchemaDump(output: AsyncIterable<Uint8Array>, reader: DumpReader): Promise<void> {
  let taken: { readonly path: readonly string[]; readonly text: string }[] = [];
  const splitter = new JsonSplitter(choose, (path, text) => taken.push({ path: [...path], text }));
  const turns = new Turns();
  for await (const part of output) {
    splitter.write(part);
    await turns.next();
    for (const { path, text } of taken) {
      const value: unknown = JSON.parse(text);
      await turns.next();
      await read(path, value, reader, turns);
      await turns.next();
    }
    taken = [];
  }
  splitter.end();
}

/** Lets others have their turn between two steps of a long work: output that is there already would not. */
class Turns {
  private began = Date.now();

  async next(): Promise<void> {
    if (Date.now() - this.began < longestTurn) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.began = Date.now();
  }
}

/** provider_schemas → source → section → name, only the provider's own configuration has no name. */
function choose(path: readonly string[]): 'enter' | 'take' | 'skip' {
  const [top, , section] = path;
  if (path.length === 0) return 'enter';
  if (top !== 'provider_schemas') return 'skip';
  if (path.length <= 2) return 'enter';
  const isNamed = section === 'functions' || (section !== undefined && Object.hasOwn(sections, section));
  if (path.length === 3) return section === 'provider' ? 'take' : isNamed ? 'enter' : 'skip';
  return 'take';
}

async function read(
  path: readonly string[],
  value: unknown,
  reader: DumpReader,
  turns: Turns,
): Promise<void> {
  const [, source = '', section = '', name = ''] = path;
  if (section === 'functions') {
    reader.function(source, toFunction(name, value as DumpFunction));
    return;
  }
  const { block = {} } = value as { readonly block?: DumpBlock };
  const converted = toBlock(block);
  await turns.next();
  reader.block(source, sections[section] ?? 'provider', name, converted);
}

interface DumpAttribute {
  readonly type?: CtyType;
  readonly nested_type?: {
    readonly nesting_mode: Nesting;
    readonly attributes?: Readonly<Record<string, DumpAttribute>>;
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly deprecation_message?: string;
  readonly write_only?: boolean;
  readonly description?: string;
}

interface DumpBlock {
  readonly attributes?: Readonly<Record<string, DumpAttribute>>;
  readonly block_types?: Readonly<
    Record<
      string,
      {
        readonly nesting_mode: Nesting;
        readonly min_items?: number;
        readonly max_items?: number;
        readonly block?: DumpBlock;
      }
    >
  >;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly deprecation_message?: string;
}

interface DumpParameter {
  readonly name: string;
  readonly type: CtyType;
  readonly description?: string;
  readonly is_nullable?: boolean;
}

interface DumpFunction {
  readonly summary?: string;
  readonly description?: string;
  readonly deprecation_message?: string;
  readonly return_type: CtyType;
  readonly parameters?: readonly DumpParameter[];
  readonly variadic_parameter?: DumpParameter;
}

function toBlock(block: DumpBlock): BlockSchema {
  const blocks = namesOf(block.block_types).map(([name, nested]): [string, NestedBlockSchema] => [
    name,
    {
      nesting: nested.nesting_mode,
      minItems: nested.min_items ?? 0,
      maxItems: nested.max_items ?? 0,
      block: toBlock(nested.block ?? {}),
    },
  ]);
  return {
    attributes: toAttributes(block.attributes),
    blocks: Object.fromEntries(blocks),
    ...(block.deprecated === true && { deprecated: true }),
    ...describe(block),
  };
}

function toAttributes(
  group: Readonly<Record<string, DumpAttribute>> | undefined,
): Readonly<Record<string, AttributeSchema>> {
  return Object.fromEntries(namesOf(group).map(([name, attribute]) => [name, toAttribute(attribute)]));
}

function toAttribute(attribute: DumpAttribute): AttributeSchema {
  const { type, nested_type: nested, required, optional, computed, sensitive, deprecated } = attribute;
  return {
    ...(nested === undefined
      ? { type: type ?? 'dynamic' }
      : { nested: { nesting: nested.nesting_mode, attributes: toAttributes(nested.attributes) } }),
    ...(required === true && { required }),
    ...(optional === true && { optional }),
    ...(computed === true && { computed }),
    ...(sensitive === true && { sensitive }),
    ...(deprecated === true && { deprecated }),
    ...(attribute.write_only === true && { writeOnly: true }),
    ...describe(attribute),
  };
}

function toFunction(name: string, definition: DumpFunction): ProviderFunction {
  const { summary, variadic_parameter: variadic } = definition;
  return {
    name,
    parameters: (definition.parameters ?? []).map(toParameter),
    ...(variadic !== undefined && { variadic: toParameter(variadic) }),
    returns: definition.return_type,
    ...(summary !== undefined && { summary }),
    ...describe(definition),
    ...(definition.deprecation_message !== undefined && { deprecated: true }),
  };
}

function toParameter({ name, type, description, is_nullable }: DumpParameter): FunctionParameter {
  return {
    name,
    type,
    ...(description !== undefined && { description }),
    ...(is_nullable === true && { nullable: true }),
  };
}

/** Why something should not be used any more belongs to what is said about it. */
function describe(of: { readonly description?: string; readonly deprecation_message?: string }): {
  readonly description?: string;
} {
  const { description, deprecation_message: reason } = of;
  const text = [description, reason === undefined ? undefined : `Deprecated: ${reason}`].filter(
    (each) => each,
  );
  return text.length === 0 ? {} : { description: text.join('\n\n') };
}

/** A provider's names are letters, digits and underscores; anything else was not made by a provider. */
function namesOf<T>(group: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(group ?? {}).filter(([name]) => /^\w+$/.test(name) && name !== '__proto__');
}
