import type { Block } from '../hcl/syntax';
import { nodePathAt } from '../hcl/walk';
import { dialectOf } from '../terraform/dialect';
import type { ConfigFile, Module } from '../terraform/model';
import { touches } from '../text/range';
import type { Range } from '../text/range';
import { headerOf, variableRule } from './bodyRules';
import type { BlockHeader } from './bodyRules';
import { placeAt } from './cursor';
import { argumentDocs, code, paragraphs } from './documentation';
import type { Markdown } from './documentation';
import { expectedAt, memberSchemas, ruleAt } from './expected';
import { localNameAt } from './names/localNames';
import { expressionShape } from './expressionShapes';
import { knownValuesAt } from './knownValues';
import type { ValuePlace } from './place';
import { expressionOf, readingAt } from './placeScope';
import { requirementDocs } from './requirementDocs';
import { elementOf, keyOf, membersOf, typeOf } from './shapes';
import { moduleOf } from './snapshot';
import type { Snapshot } from './snapshot';
import { stringAt } from './stringPlace';
import { typeText } from './typeText';

interface Found {
  readonly range: Range;
  readonly contents: Markdown;
}

/** What is known about a part of an expression that is no reference: known values, keys, types, names of a `for`. */
export function hoverText(snapshot: Snapshot, config: ConfigFile, offset: number): Found | undefined {
  const { text } = config.syntax;
  const place = placeAt(text, endOfWord(text, offset));
  if (place.kind === 'text' || place.kind === 'name' || place.kind === 'label') return undefined;
  const nodes = nodePathAt(config.syntax, offset);
  const blocks = nodes.filter((node): node is Block => node.kind === 'block').map(headerOf);
  const at: At = { snapshot, config, module: moduleOf(snapshot, config.path, offset), place, blocks };
  if (isRequirement(at)) return requirement(at);
  if (place.kind === 'string') return value(at, offset) ?? key(at, offset);
  return loopName(at, offset) ?? keyword(at) ?? member(at) ?? key(at, offset);
}

interface At {
  readonly snapshot: Snapshot;
  readonly config: ConfigFile;
  readonly module: Module;
  readonly place: ValuePlace;
  readonly blocks: readonly BlockHeader[];
}

function endOfWord(text: string, offset: number): number {
  return offset + (/^[\w-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0);
}

function isRequirement({ blocks }: At): boolean {
  return blocks.at(-1)?.type === 'required_providers';
}

/** An entry's source and version tell of the provider. */
function requirement({ snapshot, module, config, place }: At): Found {
  const range = place.kind === 'string' ? stringAt(config.syntax.text, place).range : place.chain;
  return { range, contents: requirementDocs(snapshot, module, place.attribute) };
}

function ruleOf({ snapshot, module, config, place, blocks }: At) {
  if (dialectOf(config.path) === 'variables') {
    const variable = module.find(`var.${place.attribute}`);
    return variable === undefined ? undefined : variableRule(variable);
  }
  return ruleAt({ snapshot, module }, place, blocks);
}

/** A text that is one of the values known for its place. */
function value(at: At, offset: number): Found | undefined {
  const { snapshot, module, config, place, blocks } = at;
  const { text } = config.syntax;
  const whole = stringAt(text, {
    chain: { start: place.chain.start, end: Math.max(offset, place.chain.end) },
  });
  const written = text.slice(whole.range.start, whole.range.end);
  const reading = readingAt(snapshot, module, text, place, blocks);
  const expected = expectedAt(reading, text, place, ruleOf(at));
  const known = knownValuesAt(reading, text, place, blocks, expected).find((each) => each.value === written);
  if (known === undefined) return undefined;
  const contents = paragraphs(
    code(JSON.stringify(known.value)),
    known.detail,
    known.deprecated === true ? '_of a previous generation_' : '',
    known.documentation,
  );
  return { range: whole.range, contents };
}

/** What is read of a call or of brackets. */
function member({ snapshot, module, config, place, blocks }: At): Found | undefined {
  const { text } = config.syntax;
  const { chain, dot } = place;
  if (dot === undefined) return undefined;
  const range = { start: dot + 1, end: chain.end };
  const name = text.slice(range.start, range.end).trim();
  const reading = readingAt(snapshot, module, text, place, blocks);
  const before = expressionShape(reading, expressionOf(text.slice(chain.start, dot)));
  const found = membersOf(before).find((each) => each.name === name);
  if (found === undefined) return undefined;
  const type = typeOf(found.shape);
  const shownType = type === 'dynamic' && found.detail !== '' ? found.detail : typeText(type);
  return { range, contents: paragraphs(code(`${name}: ${shownType}`), found.description) };
}

/** A key of an object whose members are known. */
function key(at: At, offset: number): Found | undefined {
  const { snapshot, module, config, place, blocks } = at;
  const isKey = place.kind === 'key' || place.steps.at(-1)?.kind === 'key';
  if (!isKey) return undefined;
  const { text } = config.syntax;
  const around = place.kind === 'string' ? { ...place, steps: place.steps.slice(0, -1) } : place;
  const range =
    place.kind === 'string'
      ? stringAt(text, { chain: { start: place.chain.start, end: Math.max(offset, place.chain.end) } }).range
      : place.chain;
  const name = text.slice(range.start, range.end);
  const reading = readingAt(snapshot, module, text, around, blocks);
  const members = memberSchemas(expectedAt(reading, text, around, ruleOf(at)).schema);
  const schema = Object.hasOwn(members, name) ? members[name] : undefined;
  if (schema === undefined) return undefined;
  return { range, contents: argumentDocs(name, { schema, origin: 'module', keywords: [] }, undefined) };
}

/** A name behind `for`: what it goes over gives it its type. */
function loopName({ snapshot, module, config, place, blocks }: At, offset: number): Found | undefined {
  const local = localNameAt(config, offset);
  if (local === undefined || local.part === 'iterator' || !touches(local.declaration, offset))
    return undefined;
  const reading = readingAt(snapshot, module, config.syntax.text, place, blocks);
  const collection = expressionShape(reading, local.collection);
  const type = typeText(typeOf(local.part === 'key' ? keyOf(collection) : elementOf(collection)));
  const contents = paragraphs(code(`${local.name}: ${type}`), 'A variable of `for`.');
  return { range: local.declaration, contents };
}

const typeMeanings: Readonly<Record<string, string>> = {
  string: 'Text.',
  number: 'A number, whole or not.',
  bool: '`true` or `false`.',
  any: 'Any type: Terraform finds one that fits the value.',
  list: 'Values of one type in order, read by their index from 0.',
  set: 'Values of one type without order, each once.',
  map: 'Values of one type, read by their keys.',
  object: 'Attributes by name, each with a type of its own.',
  tuple: 'A fixed number of values, each with a type of its own.',
  optional: 'The attribute may be left out; then it has the default, or is null.',
};

/** Words of type constraints, and those that an argument takes without quotes. */
function keyword(at: At): Found | undefined {
  const { config, place, blocks } = at;
  const range = place.chain;
  const word = config.syntax.text.slice(range.start, range.end);
  const holder = blocks.at(-1)?.type ?? '';
  if (place.attribute === 'type' && (holder === 'variable' || holder === 'output')) {
    const says = Object.hasOwn(typeMeanings, word) ? typeMeanings[word] : undefined;
    return says === undefined ? undefined : { range, contents: paragraphs(code(word), says) };
  }
  const rule = ruleOf(at);
  if (rule?.keywords.includes(word) !== true) return undefined;
  return { range, contents: paragraphs(code(`${place.attribute} = ${word}`), rule.schema.description) };
}
