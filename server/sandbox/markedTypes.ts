import type { BlockSchema } from '../providers/schema';
import { impliedType } from './impliedType';
import type { DynamicValue } from './protocol';
import { markerAttribute, withMarker } from './scenarioMarker';
import type { ObjectType } from './scenarioRules';
import type { ServedSchema } from './simulatedProvider';
import { decodeValue, encodeValue, isRecord } from './values';
import type { Value } from './values';

/**
 * Values of types that carry our argument towards terraform and do not towards the provider, which knows nothing of it.
 * Types without it pass through as they are.
 */
export class MarkedTypes {
  private readonly marked = new Map<ObjectType, BlockSchema>();

  constructor(
    private readonly schema: ServedSchema,
    types: readonly ObjectType[],
  ) {
    for (const type of types) {
      const block = this.block(type);
      if (block !== undefined) this.marked.set(type, withMarker(block, partsOf(type)[0]));
    }
  }

  /** As the provider knows it. */
  block(type: ObjectType): BlockSchema | undefined {
    const [kind, name] = partsOf(type);
    return this.schema[kind][name];
  }

  /** As terraform gets to see it. */
  shown(type: ObjectType, block: BlockSchema): BlockSchema {
    return this.marked.get(type) ?? block;
  }

  decode(type: ObjectType, value: DynamicValue | undefined): Value {
    const block = this.block(type);
    return block === undefined || value?.msgpack === undefined
      ? null
      : decodeValue(value.msgpack, impliedType(block));
  }

  encode(type: ObjectType, value: Value): DynamicValue {
    const block = this.block(type);
    return { msgpack: encodeValue(value, block === undefined ? 'dynamic' : impliedType(block)) };
  }

  /** What terraform sent, as the provider expects it. */
  inward(type: ObjectType, value: DynamicValue): DynamicValue {
    // Members that the provider's type does not have are left behind.
    return this.marked.has(type) && value.msgpack !== undefined
      ? this.encode(type, this.decode(type, value))
      : value;
  }

  /** What the provider answered, as terraform expects it: our argument is never part of an answer. */
  outward(type: ObjectType, value: DynamicValue): DynamicValue {
    const block = this.marked.get(type);
    return block === undefined
      ? value
      : { msgpack: encodeValue(this.decode(type, value), impliedType(block)) };
  }

  /** The address in a configuration that terraform sent. */
  addressIn(type: ObjectType, config: DynamicValue | undefined): string | undefined {
    const block = this.marked.get(type);
    if (block === undefined || config?.msgpack === undefined) return undefined;
    const value = decodeValue(config.msgpack, impliedType(block));
    const address = isRecord(value) ? value[markerAttribute] : undefined;
    return typeof address === 'string' ? address : undefined;
  }
}

function partsOf(type: ObjectType): ['resource' | 'data' | 'ephemeral', string] {
  return type.split(' ') as ['resource' | 'data' | 'ephemeral', string];
}
