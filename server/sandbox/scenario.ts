import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { findNodeAtLocation, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import type { Json } from './examples';
import { SandboxError } from './sandboxError';
import schema from './scenario.schema.json';
import type { Scenario, WrittenRule } from './scenarioFiles';

interface ScenarioFile {
  readonly account?: string;
  readonly region?: string;
  readonly time?: string;
  readonly remoteStates?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly rules?: readonly WrittenRule[];
}

/**
 * Reads scenario files of a root module; what a later one says wins.
 *
 * @param files names, as `scenarioFiles` gives them
 * @throws SandboxError with one line for each problem: file, line and reason
 */
export function readScenario(root: string, files: readonly string[]): Scenario {
  const problems: string[] = [];
  const read = files.map((file) => readFile(root, file, problems));
  if (problems.length > 0) throw new SandboxError(problems.join('\n'));
  const last = (name: 'account' | 'region' | 'time'): string | undefined =>
    read.map(({ contents }) => contents[name]).findLast((value) => value !== undefined);
  return {
    files,
    account: last('account'),
    region: last('region'),
    time: last('time'),
    remoteStates: new Map(read.flatMap(({ contents }) => Object.entries(contents.remoteStates ?? {}))),
    rules: read.flatMap(({ contents, lineOf }, index) =>
      (contents.rules ?? []).map((rule, position) => ({
        rule,
        place: `${files[index] ?? ''}:${lineOf(['rules', position])}`,
      })),
    ),
  };
}

interface ReadFile {
  readonly contents: ScenarioFile;
  readonly lineOf: (place: readonly (string | number)[]) => number;
}

function readFile(root: string, file: string, problems: string[]): ReadFile {
  const text = readFileSync(path.join(root, file), 'utf8').replace(/^\uFEFF/, '');
  const tree = parseTree(text);
  const lineOf = (place: readonly (string | number)[]): number => {
    // A member that is missing has no place of its own: its parent's is the nearest.
    for (let length = place.length; length >= 0; length--) {
      const node = tree === undefined ? undefined : findNodeAtLocation(tree, place.slice(0, length));
      if (node !== undefined)
        return lineAt(text, node.parent?.type === 'property' ? node.parent.offset : node.offset);
    }
    return 1;
  };
  const errors: ParseError[] = [];
  const contents: unknown = parse(text, errors, { allowTrailingComma: false, disallowComments: true });
  const [broken] = errors;
  if (broken !== undefined) {
    problems.push(`${file}:${lineAt(text, broken.offset)}: this is no JSON: ${reasonOf(broken)}.`);
  } else if (!validator()(contents)) {
    for (const { place, message } of describe(validator().errors ?? [])) {
      problems.push(`${file}:${lineOf(place)}: ${message}`);
    }
  }
  return { contents: problems.length === 0 ? (contents as ScenarioFile) : {}, lineOf };
}

function reasonOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

let compiled: ValidateFunction | undefined;

function validator(): ValidateFunction {
  compiled ??= new Ajv({ allErrors: true, verbose: true, strict: false }).compile(schema);
  return compiled;
}

interface Problem {
  readonly place: readonly (string | number)[];
  readonly message: string;
}

/** One sentence for each place: what is wrong, and what is expected. */
function describe(errors: readonly ErrorObject[]): readonly Problem[] {
  const problems = new Map<string, Problem>();
  // The branches of a choice say less than the choice itself.
  const choices = errors.filter(({ keyword }) => keyword === 'oneOf').map(({ instancePath }) => instancePath);
  for (const error of errors) {
    const inChoice = choices.some((choice) => error.instancePath.startsWith(choice));
    if (inChoice && error.keyword !== 'oneOf' && error.keyword !== 'additionalProperties') continue;
    const place = error.instancePath
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    const problem = { place, message: sentence(error, place) };
    problems.set(`${error.instancePath}\n${problem.message}`, problem);
  }
  return [...problems.values()];
}

function sentence(error: ErrorObject, place: readonly (string | number)[]): string {
  const name = place.at(-1);
  const what = name === undefined ? 'the file' : typeof name === 'number' ? `item ${name + 1}` : `"${name}"`;
  const params = error.params as Readonly<Record<string, unknown>>;
  const { description, properties } = error.parentSchema as {
    readonly description?: string;
    readonly properties?: object;
  };
  const purpose = description === undefined ? '' : ` ${description}`;
  switch (error.keyword) {
    case 'additionalProperties': {
      const known = Object.keys(properties ?? {}).filter((each) => each !== '$schema');
      const hint = known.length === 0 ? '' : ` Known here: ${known.join(', ')}.`;
      return `"${String(params.additionalProperty)}" is not known in ${what}.${hint}`;
    }
    case 'required':
      return `${what} needs "${String(params.missingProperty)}".`;
    case 'oneOf':
      return name === 'drift'
        ? '"drift" needs either "set" or "gone": true.'
        : `${what} needs either "address" or "type", and not both.`;
    case 'minProperties':
      return `${what} has no effect: it is empty.`;
    case 'enum':
      return `${what} must be one of ${(params.allowedValues as readonly unknown[]).map(String).join(', ')}.`;
    default:
      return `${what} ${error.message ?? 'is wrong'}.${purpose}`;
  }
}
