import path from 'node:path';
import { moduleSource } from '../terraform/moduleCalls';
import { targetOf } from '../terraform/traversal';
import { declarationAt, focusAt } from './focus';
import type { Focus } from './focus';
import type { Location, Snapshot } from './snapshot';

export interface Definition {
  /** What was pointed at. */
  readonly origin: Location;
  readonly target: Location;
  /** The whole of what is declared there. */
  readonly extent: Location['range'];
}

/** Where what stands at `offset` is declared, in this module or in one it calls. */
export function findDefinition(snapshot: Snapshot, file: string, offset: number): Definition | undefined {
  const focus = focusAt(snapshot, file, offset);
  if (focus === undefined) return undefined;
  const origin = { path: file, range: focus.range };
  const member = focus.kind === 'moduleSource' ? calledFolder(snapshot, focus) : memberDefinition(focus);
  if (member !== undefined) return { origin, ...member };
  const found = declarationAt(snapshot, focus);
  if (found === undefined) return undefined;
  const { declaration } = found;
  return {
    origin,
    target: { path: declaration.file.path, range: declaration.nameRange },
    extent: declaration.range,
  };
}

type Target = Omit<Definition, 'origin'>;

/** The file a person wants to see first in the folder of a called module. */
function calledFolder(snapshot: Snapshot, focus: Focus): Target | undefined {
  const call = focus.module.declarations.find(({ node }) => node === focus.blocks[0]);
  const called =
    call === undefined || moduleSource(call) === undefined
      ? undefined
      : snapshot.index.called(call, focus.module);
  const file =
    called?.files.find((candidate) => path.basename(candidate.path) === 'main.tf') ?? called?.files[0];
  if (file === undefined) return undefined;
  const range = { start: 0, end: 0 };
  return { target: { path: file.path, range }, extent: range };
}

/** `arn` in `aws_x.y.arn` leads to where the block sets it, if it does. */
function memberDefinition(focus: Focus): Target | undefined {
  if (focus.kind !== 'use') return undefined;
  const declaration = focus.module.find(focus.use.target);
  const length = targetOf(focus.use.traversal)?.length ?? 0;
  const [name] = focus.use.attributes;
  if (declaration?.node.kind !== 'block' || declaration.kind === 'module' || focus.step < length)
    return undefined;
  const item = declaration.node.body.items.find(
    (each) => (each.kind === 'attribute' ? each.name : each.type) === name,
  );
  if (item === undefined) return undefined;
  const range = item.kind === 'attribute' ? item.nameRange : item.typeRange;
  return { target: { path: declaration.file.path, range }, extent: item.range };
}
