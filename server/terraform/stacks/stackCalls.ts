import path from 'node:path';
import type { Expression } from '../../hcl/syntax';
import type { Range } from '../../text/range';
import type { Declaration, FileSource } from '../model';
import { isLocalSource, moduleSource } from '../moduleCalls';
import { attributeOf, keyName, literalString } from '../values';
import { bundledDirectory, readSourceBundle } from './sourceBundle';

/** Whether a declaration stands for another module or stack, whose outputs can be read behind its address. */
export function isCall({ kind }: Declaration): boolean {
  return kind === 'module' || kind === 'run' || isStackCall(kind);
}

/** Whether a declaration of that kind calls by an `inputs` object, as components, embedded stacks and deployments do. */
export function isStackCall(kind: Declaration['kind']): kind is 'component' | 'stack' | 'deployment' {
  return kind === 'component' || kind === 'stack' || kind === 'deployment';
}

/** A value that a call gives to a variable of what it calls. */
export interface Input {
  readonly name: string;
  /** The name inside its quotes. */
  readonly range: Range;
  readonly value: Expression;
}

/** What a call gives to variables, each as far as its name is written out. */
export function inputsOf(call: Declaration): readonly Input[] {
  if (call.node.kind !== 'block') return [];
  const { body } = call.node;
  if (!isStackCall(call.kind)) {
    return body.items.flatMap((item) =>
      item.kind === 'attribute' ? [{ name: item.name, range: item.nameRange, value: item.value }] : [],
    );
  }
  return entriesOf(attributeOf(body, 'inputs')?.value);
}

/** The entries of an object whose keys are written out. */
export function entriesOf(value: Expression | undefined): readonly Input[] {
  if (value?.kind !== 'object') return [];
  return value.items.flatMap((item) => {
    const name = keyName(item.key);
    return name === undefined ? [] : [{ name, range: keyRange(item.key), value: item.value }];
  });
}

/** A key without its quotes, one of which may not be written yet. */
export function keyRange({ kind, range }: Expression): Range {
  const { start, end } = range;
  return kind === 'template' && end - start >= 2 ? { start: start + 1, end: end - 1 } : range;
}

/** The directory behind a component or an embedded stack; `undefined` where it is not on this disk. */
export function stackCallDirectory(call: Declaration, stack: string, files: FileSource): string | undefined {
  const source = moduleSource(call);
  if (source === undefined) return undefined;
  if (isLocalSource(source)) return path.resolve(stack, source);
  const bundle = readSourceBundle(stack, files);
  const version =
    call.node.kind === 'block' ? literalString(attributeOf(call.node.body, 'version')?.value) : undefined;
  return bundle === undefined ? undefined : bundledDirectory(source, version, bundle);
}
