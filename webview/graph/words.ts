import type { GraphBox, GraphLine, GraphPicture, PlanAction } from '../protocol';
import { surroundings } from './geometry';

/** How a plan's action is shown: a sign, because colour alone does not reach everybody, and words. */
export const actionMarks: Readonly<Record<Exclude<PlanAction, 'none'>, { sign: string; words: string }>> = {
  create: { sign: '+', words: 'create' },
  update: { sign: '~', words: 'update' },
  replace: { sign: '±', words: 'replace' },
  delete: { sign: '−', words: 'destroy' },
  read: { sign: '←', words: 'read' },
  forget: { sign: '×', words: 'forget' },
};

const kinds: Readonly<Record<GraphBox['kind'], string>> = {
  resource: 'resource',
  data: 'data source',
  ephemeral: 'ephemeral resource',
  module: 'module',
  variable: 'variable',
  local: 'local',
  output: 'output',
  missing: 'not declared',
};

const planned: Readonly<Record<PlanAction, string>> = {
  create: 'will be created',
  update: 'will be updated',
  replace: 'will be replaced',
  delete: 'will be destroyed',
  read: 'will be read',
  forget: 'will be forgotten',
  none: 'no changes',
};

/** What a screen reader says for a box: "aws_instance.trainer, resource, will be created, depends on 2, 1 dependent". */
export function boxName(picture: GraphPicture, box: GraphBox): string {
  const { dependencies, dependents } = surroundings(picture, box.id);
  return [
    box.id,
    kinds[box.kind],
    ...(box.repeated === undefined ? [] : [`repeated by ${box.repeated}`]),
    ...(box.action === undefined ? [] : [planned[box.action]]),
    ...(box.cyclic === true ? ['part of a dependency cycle'] : []),
    `depends on ${dependencies.size}`,
    `${dependents.size} ${dependents.size === 1 ? 'dependent' : 'dependents'}`,
  ].join(', ');
}

/** The sentence for a line, with the expressions that make it. */
export function lineName(line: GraphLine): string {
  const how = line.kind === 'explicit' ? 'depends on (by depends_on)' : 'depends on';
  return `${line.from} ${how} ${line.to}`;
}

/** "8 blocks in 1 module, 8 dependencies". */
export function summary(picture: GraphPicture): string {
  const modules = picture.boxes.filter((box) => box.kind === 'module').length;
  const blocks = picture.boxes.length - modules;
  const inside = modules === 0 ? '' : `, ${counted(modules, 'module')}`;
  return `${counted(blocks, 'block')}${inside}, ${counted(picture.lines.length, 'dependency', 'dependencies')}`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
