import type { ErrorObject } from 'ajv';

/** A problem without its place in the text. */
export interface PathProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Recipes of the design that are not built yet, so that a person is not left guessing at the spelling. */
const LATER_RECIPES = ['logistic-regression', 'collaborative-filtering'];

/** Says in a sentence each what a schema check found: the field, what was expected, what to do. */
export function describeProblem(errors: readonly ErrorObject[], root: unknown): PathProblem[] {
  const problems = new Map<string, PathProblem>();
  // A `oneOf` that fails reports every branch; its own sentence says it all, so branches at the same place are dropped.
  const choices = new Set(
    errors.filter(({ keyword }) => keyword === 'oneOf').map((error) => error.instancePath),
  );
  for (const error of errors) {
    const inChoice = [...choices].some((place) => error.instancePath.startsWith(place));
    if (inChoice && error.keyword !== 'oneOf') continue;
    const problem = describe(error, root);
    const key = JSON.stringify(problem.path);
    if (!problems.has(key)) problems.set(key, problem);
  }
  return [...problems.values()];
}

function describe(error: ErrorObject, root: unknown): PathProblem {
  const path = pathOf(error.instancePath, root);
  const params = error.params as Readonly<Record<string, unknown>>;
  const name = path.at(-1);
  const field = name === undefined ? 'The spec' : typeof name === 'number' ? `Item ${name + 1}` : `"${name}"`;

  switch (error.keyword) {
    case 'required': {
      const missing = String(params.missingProperty);
      return { path: [...path, missing], message: missingMessage(missing, field, error.parentSchema) };
    }
    case 'additionalProperties': {
      const extra = String(params.additionalProperty);
      return {
        path: [...path, extra],
        message: `"${extra}" is not known here. ${knownKeys(error.parentSchema)} Remove it or correct its spelling.`,
      };
    }
    case 'discriminator':
      return unknownType(path, error, params);
    default:
      return { path, message: wrongValue(field, error) };
  }
}

function missingMessage(missing: string, parent: string, parentSchema: unknown): string {
  const property = propertyOf(parentSchema, missing);
  const what = property === undefined ? '' : ` ${expectation(property)}`;
  const inside =
    parent === 'The spec' ? '' : ` in ${parent.toLowerCase().startsWith('item') ? 'this layer' : parent}`;
  return `"${missing}" is missing${inside}.${what}${hint(missing, property)}`;
}

function unknownType(
  path: readonly (string | number)[],
  error: ErrorObject,
  params: Readonly<Record<string, unknown>>,
): PathProblem {
  const tag = String(params.tag);
  const value = params.tagValue;
  const kind = path.includes('layers') ? 'layer' : 'optimizer';
  const known = branchNames(error.parentSchema);
  if (value === undefined) {
    return {
      path: [...path, tag],
      message: `"${tag}" is missing: say which ${kind} it is. ${listOf(known)}`,
    };
  }
  return { path: [...path, tag], message: `There is no ${kind} of type ${shown(value)}. ${listOf(known)}` };
}

function wrongValue(field: string, error: ErrorObject): string {
  const property = asRecord(error.parentSchema);
  if (field === '"recipe"' && typeof error.data === 'string' && LATER_RECIPES.includes(error.data)) {
    return `The recipe ${shown(error.data)} comes later. Use "image-classifier", the recipe that exists.`;
  }
  const key = field.startsWith('"') ? field.slice(1, -1) : undefined;
  return `${field} is ${shown(error.data)}. ${expectation(property)}${key === undefined ? '' : hint(key, property)}`;
}

/** What a value has to be, as a sentence made from its schema. */
function expectation(property: Readonly<Record<string, unknown>>): string {
  const purpose = typeof property.description === 'string' ? ` ${property.description}` : '';
  const needed = requirement(property);
  return needed === '' ? purpose.trim() : `Expected: ${needed}.${purpose}`;
}

function requirement(property: Readonly<Record<string, unknown>>): string {
  if (Array.isArray(property.enum)) {
    return property.enum.length === 1
      ? shown(property.enum[0])
      : `one of ${property.enum.map(shown).join(', ')}`;
  }
  if (Array.isArray(property.oneOf) && property.oneOf.length === 2)
    return 'a whole number, or [height, width]';
  const bounds = limits(property);
  switch (property.type) {
    case 'integer':
      return `a whole number${bounds}`;
    case 'number':
      return `a number${bounds}`;
    case 'string':
      return typeof property.pattern === 'string'
        ? textPattern(property.pattern)
        : 'a text that is not empty';
    case 'array':
      return 'a list' + (typeof property.minItems === 'number' ? ` of at least ${property.minItems}` : '');
    case 'boolean':
      return 'true or false';
    case 'object':
      return 'an object, { … }';
    default:
      return '';
  }
}

function textPattern(pattern: string): string {
  if (pattern.includes('h5')) return 'a file name that ends with .h5, without folders';
  return 'a name of letters, digits, "-", "_" and "."';
}

function limits(property: Readonly<Record<string, unknown>>): string {
  const parts: string[] = [];
  if (typeof property.minimum === 'number') parts.push(`of at least ${property.minimum}`);
  if (typeof property.exclusiveMinimum === 'number') parts.push(`above ${property.exclusiveMinimum}`);
  if (typeof property.maximum === 'number') parts.push(`of at most ${property.maximum}`);
  if (typeof property.exclusiveMaximum === 'number') parts.push(`below ${property.exclusiveMaximum}`);
  return parts.length === 0 ? '' : ` ${parts.join(' and ')}`;
}

function hint(key: string, property: Readonly<Record<string, unknown>> | undefined): string {
  const examples = property?.examples;
  const example: unknown = Array.isArray(examples) ? examples[0] : property?.default;
  return example === undefined ? '' : ` For example "${key}": ${JSON.stringify(example)}.`;
}

function knownKeys(schema: unknown): string {
  const keys = Object.keys(asRecord(asRecord(schema).properties));
  return keys.length === 0 ? '' : `Known here: ${keys.filter((key) => key !== '$schema').join(', ')}.`;
}

function branchNames(schema: unknown): string[] {
  const branches = asRecord(schema).oneOf;
  if (!Array.isArray(branches)) return [];
  return branches.map((branch) =>
    String(asRecord(branch).$ref).replace(/^#\/definitions\/|(Layer|Optimizer)$/g, ''),
  );
}

function listOf(names: readonly string[]): string {
  return `Use one of: ${names.join(', ')}.`;
}

function propertyOf(schema: unknown, key: string): Readonly<Record<string, unknown>> | undefined {
  const property = asRecord(asRecord(schema).properties)[key];
  return property === undefined ? undefined : asRecord(property);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A JSON pointer as path parts; positions in lists become numbers. */
function pathOf(pointer: string, root: unknown): (string | number)[] {
  let value = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const inList = Array.isArray(value);
      value = asRecord(value)[key];
      return inList ? Number(key) : key;
    });
}
