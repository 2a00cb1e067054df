import { createHash } from 'node:crypto';
import Ajv from 'ajv';
import type { ValidateFunction } from 'ajv';
import { findNodeAtLocation, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type { TrainSpec } from './trainSpec';
import schema from './trainSpec.schema.json';
import { checkModel, untrainableLayer } from './modelCheck';
import { describeProblem } from './specProblem';

export interface SpecProblem {
  /** Where in the spec: `optimizer.learningRate`, `model.layers[2].filters`; empty for the whole file. */
  readonly path: string;
  /** What is wrong, what was expected, what to do. */
  readonly message: string;
  /** Where in the text, in UTF-16 units from 0, and how long. */
  readonly offset: number;
  readonly length: number;
}

export type SpecReading =
  | { readonly ok: true; readonly spec: TrainSpec }
  | { readonly ok: false; readonly problems: readonly SpecProblem[] };

/**
 * Reads the text of a `train.json`: syntax, schema, and whether the model can be built and trained.
 * @param file the name to put in messages; nothing is read from disk.
 */
export function readSpec(text: string, file: string): SpecReading {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: false, disallowComments: true });
  const [broken] = errors;
  if (broken !== undefined) return { ok: false, problems: [syntaxProblem(text, file, broken)] };

  const tree = parseTree(text);
  const at = (path: readonly (string | number)[], message: string): SpecProblem => ({
    path: pathText(path),
    message,
    ...position(tree, path),
  });

  const early = untrainableLayer(value);
  if (early !== undefined) return { ok: false, problems: [at(early.path, early.message)] };

  const validate = validator();
  if (!validate(value)) {
    const found = describeProblem(validate.errors ?? [], value);
    return { ok: false, problems: found.map(({ path, message }) => at(path, message)) };
  }
  const wrong = checkModel(value);
  if (wrong.length > 0) return { ok: false, problems: wrong.map(({ path, message }) => at(path, message)) };
  return { ok: true, spec: value };
}

/** The identity of a spec: the same numbers give the same hash, whatever the order of the keys and the spaces. */
export function specHash(spec: TrainSpec): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(spec)))
    .digest('hex');
}

/** The identity of what a checkpoint depends on: a resume may add epochs and change nothing else. */
export function resumableHash(spec: TrainSpec): string {
  return specHash({ ...spec, epochs: 1 });
}

/** Problems as one text for a terminal: `train.json:12:4: message`, a line each. */
export function problemLines(text: string, file: string, problems: readonly SpecProblem[]): string {
  return problems
    .map(({ offset, message }) => {
      const before = text.slice(0, offset).split('\n');
      return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${message}`;
    })
    .join('\n');
}

/** `['model', 'layers', 2]` as `model.layers[2]`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

let compiled: ValidateFunction<TrainSpec> | undefined;

/** Compiled at the first use: 30 ms that a start of the extension does not need. */
function validator(): ValidateFunction<TrainSpec> {
  compiled ??= new Ajv({
    allErrors: true,
    discriminator: true,
    useDefaults: true,
    verbose: true,
  }).compile<TrainSpec>(schema);
  return compiled;
}

function syntaxProblem(text: string, file: string, error: ParseError): SpecProblem {
  const words = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const what = text.trim() === '' ? 'the file is empty' : `${words} here`;
  return {
    path: '',
    message: `${file} is not valid JSON: ${what}. Correct the JSON, or start from examples/image-classifier/train.json.`,
    offset: error.offset,
    length: error.length,
  };
}

/** The place of the value at `path`, or of the nearest thing around it that is there. */
function position(
  tree: Node | undefined,
  path: readonly (string | number)[],
): { offset: number; length: number } {
  if (tree === undefined) return { offset: 0, length: 0 };
  for (let depth = path.length; depth > 0; depth--) {
    const node = findNodeAtLocation(tree, path.slice(0, depth));
    if (node !== undefined) {
      // A missing key is shown at the opening bracket of what lacks it, not over all of its lines.
      return { offset: node.offset, length: depth < path.length ? 1 : node.length };
    }
  }
  return { offset: tree.offset, length: 1 };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
