import { existsSync, readFileSync } from 'node:fs';
import type { BlockSchema } from '../providers/schema';
import { impliedType } from './impliedType';
import type { ObjectType } from './scenarioRules';
import { canonicalText, fromStateJson, quoteNumbers } from './values';
import type { Value } from './values';

/**
 * The addresses of objects that exist. Reading and destroying come without configuration, so what the object looks
 * like has to tell which one it is: as it stands in the state, or as it was when it was made a moment ago.
 */
export class ExistingObjects {
  private readonly made = new Map<string, string>();
  private readonly stored = new Map<ObjectType, ReadonlyMap<string, string>>();

  constructor(private readonly stateFiles: readonly string[]) {}

  remember(type: ObjectType, state: Value, address: string): void {
    this.made.set(`${type}\n${canonicalText(state)}`, address);
  }

  addressOf(type: ObjectType, block: BlockSchema, state: Value): string | undefined {
    const text = canonicalText(state);
    const made = this.made.get(`${type}\n${text}`);
    if (made !== undefined) return made;
    const stored = this.stored.get(type) ?? this.readStored(type, block);
    this.stored.set(type, stored);
    return stored.get(text);
  }

  private readStored(type: ObjectType, block: BlockSchema): ReadonlyMap<string, string> {
    const addresses = new Map<string, string>();
    for (const { resource, exact } of this.stateFiles.flatMap(readResources)) {
      if (`${resource.mode === 'managed' ? 'resource' : 'data'} ${resource.type}` !== type) continue;
      const module = resource.module === undefined ? '' : `${resource.module}.`;
      for (const [position, { index_key: key }] of (resource.instances ?? []).entries()) {
        const index = key === undefined ? '' : `[${JSON.stringify(key)}]`;
        const attributes = JSON.stringify(exact.instances?.[position]?.attributes ?? {});
        const state = fromStateJson(attributes, impliedType(block));
        addresses.set(canonicalText(state), `${module}${resource.type}.${resource.name}${index}`);
      }
    }
    return addresses;
  }
}

interface StoredResource {
  readonly module?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances?: readonly { readonly index_key?: string | number; readonly attributes?: object }[];
}

/** Each resource as it is, and once more with every digit of its numbers. */
function readResources(file: string): readonly { resource: StoredResource; exact: StoredResource }[] {
  if (!existsSync(file)) return [];
  try {
    const text = readFileSync(file, 'utf8');
    const { resources = [] } = JSON.parse(text) as { resources?: readonly StoredResource[] };
    const { resources: exact = [] } = JSON.parse(quoteNumbers(text)) as {
      resources?: readonly StoredResource[];
    };
    return resources.map((resource, index) => ({ resource, exact: exact[index] ?? resource }));
  } catch {
    // Terraform itself reports a state it cannot read, and better.
    return [];
  }
}
