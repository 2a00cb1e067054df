import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseConsoleType } from './consoleTypes';
import { configurationFolder } from './recording';
import type { Place, RecordedCase } from './recording';

/** The version of terraform on PATH, or undefined without one. */
export async function consoleVersion(): Promise<string | undefined> {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'terratrain-console-'));
  try {
    const { output } = await runTerraform(['version', '-json'], folder);
    const document: unknown = JSON.parse(output);
    if (typeof document !== 'object' || document === null || !('terraform_version' in document)) {
      return undefined;
    }
    return typeof document.terraform_version === 'string' ? document.terraform_version : undefined;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Asks `terraform console` what each expression is, in the module of `configuration/`. Values and types come from a
 * few runs over a scratch copy that holds the expressions as locals; each refusal takes a run of its own.
 * @throws Error when the two ways disagree, or for a value that this cannot write down.
 */
export async function askTerraform(expressions: readonly string[]): Promise<RecordedCase[]> {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'terratrain-console-'));
  try {
    const copies = ['batch', 'first', 'second'].map((name) => path.join(folder, name));
    for (const copy of copies) fs.cpSync(configurationFolder, copy, { recursive: true });
    const [batch = '', ...singles] = copies;
    return await new Batch(batch, singles, expressions).ask();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Infinite numbers have no JSON; the console prints them so. */
const infinities: Readonly<Record<string, string>> = { '"+Inf"': 'Infinity', '"-Inf"': '-Infinity' };

const unknownText = '(known after apply)';

interface Probe {
  /** Null where the value has no JSON: infinite, or unknown. */
  readonly json: string | null;
  readonly sensitive: boolean;
  readonly inside: boolean;
}

class Batch {
  private readonly probes = new Map<number, Probe>();
  private readonly types = new Map<number, RecordedCase['type']>();
  private readonly places = new Map<number, readonly Place[]>();

  constructor(
    private readonly folder: string,
    /** Where single runs take place, each in one at a time: the console locks its folder. */
    private readonly singles: readonly string[],
    private readonly expressions: readonly string[],
  ) {}

  async ask(): Promise<RecordedCase[]> {
    await this.probe(await this.sound());
    await this.readTypes();
    await this.findPlaces();
    return this.inParallel((expression, order, folder) => this.result(expression, order, folder));
  }

  /** The cases that a batch can hold: not those that are wrong before anything is evaluated. */
  private async sound(): Promise<number[]> {
    const plain = [...this.expressions.keys()].filter((order) => !this.text(order).includes('var.passing'));
    for (const order of plain) fs.writeFileSync(this.file(order), probeText(this.text(order), order));
    const left = new Set(plain);
    for (;;) {
      const { output } = await runTerraform(['validate', '-json'], this.folder);
      const wrong = [...output.matchAll(/"filename": "probe(\d+)\.tf"/g)].map((match) => Number(match[1]));
      if (wrong.length === 0) {
        if (!output.includes('"valid": true')) throw new Error(`The batch is wrong as a whole: ${output}`);
        return [...left];
      }
      for (const order of wrong) {
        left.delete(order);
        fs.rmSync(this.file(order), { force: true });
      }
    }
  }

  /** One value that is not known hides all: then the half of the cases that it is in is halved, and so on. */
  private async probe(orders: readonly number[]): Promise<void> {
    const question = `[${orders.map((order) => `local.probe${String(order)}`).join(', ')}]`;
    const text = await this.console(`jsonencode(${question})`);
    if (text.trim() === unknownText) {
      const half = Math.ceil(orders.length / 2);
      if (orders.length === 1) return;
      await this.probe(orders.slice(0, half));
      await this.probe(orders.slice(half));
      return;
    }
    (fromEncoded(text) as (Probe & { ok: boolean })[]).forEach((answer, index) => {
      if (answer.ok) this.probes.set(orders[index] ?? -1, answer);
    });
  }

  private async readTypes(): Promise<void> {
    const orders = [...this.probes.keys()];
    const values = orders.map((order) => `    (${this.text(order)}\n),\n`).join('');
    fs.writeFileSync(path.join(this.folder, 'values.tf'), `locals {\n  values = [\n${values}  ]\n}\n`);
    const type = parseConsoleType(await this.console('type(local.values)'));
    if (typeof type === 'string' || type[0] !== 'tuple') throw new Error('The values have no tuple type.');
    for (const [index, order] of orders.entries()) this.types.set(order, type[1][index]);
  }

  /** Where inside a value that is not sensitive as a whole something is. */
  private async findPlaces(): Promise<void> {
    for (const [order, probe] of this.probes) {
      if (probe.sensitive || !probe.inside) continue;
      const places = [...placesIn(JSON.parse(probe.json ?? 'null'))].filter((place) => place.length > 0);
      const steps = places.map((place) => place.map((step) => `[${JSON.stringify(step)}]`).join(''));
      const questions = steps.map((step) => `try(issensitive((${this.text(order)})${step}), false)`);
      const answers = (await this.json(`[${questions.join(', ')}]`)) as boolean[];
      const marked = places.filter((_, index) => answers[index] === true);
      this.places.set(
        order,
        marked.filter((place) => !marked.some((other) => isInside(place, other))),
      );
    }
  }

  private async result(expression: string, order: number, folder: string): Promise<RecordedCase> {
    const probe = this.probes.get(order);
    if (probe === undefined) return await this.alone(expression, folder);
    const type = this.types.get(order);
    if (type === undefined) throw new Error(`No type was found for ${expression}.`);
    const sensitive = probe.sensitive ? [[]] : this.places.get(order);
    const value = probe.json === null ? await this.infinite(expression, folder) : plainJson(probe.json);
    return { expression, type, value, ...(sensitive === undefined ? {} : { sensitive }) };
  }

  /** What the batch could not hold. */
  private async alone(expression: string, folder: string): Promise<RecordedCase> {
    const { output, failed } = await runTerraform(['console', '-no-color'], folder, `${expression}\n`);
    if (failed) return { expression, refused: refusal(output) };
    const type = parseConsoleType(await this.console(`type(${expression})`, folder));
    if (output.trim() === unknownText) return { expression, type, hidden: 'unknown' };
    if (output.includes('(ephemeral value)')) return { expression, type, hidden: 'ephemeral' };
    // Whole and sensitive, and still not in the batch: it is ephemeral too.
    if (output.trim() === '(sensitive value)') {
      return { expression, type, hidden: 'ephemeral', sensitive: [[]] };
    }
    const json = fromJson(await this.console(`jsonencode(${expression})`, folder));
    return { expression, type, value: plainJson(json) };
  }

  private async infinite(expression: string, folder: string): Promise<string> {
    const printed = (await this.console(`nonsensitive(tostring(${expression}))`, folder)).trim();
    const value = infinities[printed];
    if (value === undefined) throw new Error(`${expression} has no JSON: ${printed}`);
    return value;
  }

  private async json(expression: string): Promise<unknown> {
    return fromEncoded(await this.console(`jsonencode(${expression})`));
  }

  private async console(expression: string, folder = this.folder): Promise<string> {
    const { output, failed } = await runTerraform(['console', '-no-color'], folder, `${expression}\n`);
    if (failed) throw new Error(`${expression}\n${output}`);
    return output;
  }

  /** As many at a time as there are folders for it; results in the order of the expressions. */
  private async inParallel<R>(
    work: (expression: string, order: number, folder: string) => Promise<R>,
  ): Promise<R[]> {
    const results: R[] = [];
    const queue = [...this.expressions.entries()].values();
    const worker = async (folder: string): Promise<void> => {
      for (const [order, expression] of queue) results[order] = await work(expression, order, folder);
    };
    await Promise.all(this.singles.map(worker));
    return results;
  }

  private text(order: number): string {
    return this.expressions[order] ?? '';
  }

  private file(order: number): string {
    return path.join(this.folder, `probe${String(order)}.tf`);
  }
}

/** The parentheses keep a comma from giving the functions one more argument; the line break ends a comment. */
function probeText(expression: string, order: number): string {
  const inner = `(${expression}\n)`;
  return [
    'locals {',
    `  probe${String(order)} = {`,
    `    ok        = nonsensitive(can(${inner}))`,
    `    json      = try(nonsensitive(jsonencode(${inner})), null)`,
    `    sensitive = nonsensitive(try(issensitive(${inner}), false))`,
    `    inside    = nonsensitive(try(issensitive(jsonencode(${inner})), false))`,
    '  }',
    '}',
    '',
  ].join('\n');
}

/** The JSON text that `jsonencode` gave, out of the console's quotes. */
function fromJson(printed: string): string {
  // The console also writes escapes of Go, which JSON has not; a backslash that stands for itself comes in pairs.
  const json = printed.replace(
    /\\(?:\\|x([0-9a-f]{2})|U([0-9a-f]{8}))/g,
    (escape, short?: string, long?: string) => {
      const code = short ?? long;
      return code === undefined
        ? escape
        : JSON.stringify(String.fromCodePoint(parseInt(code, 16))).slice(1, -1);
    },
  );
  const text: unknown = JSON.parse(json);
  if (typeof text !== 'string') throw new Error(`jsonencode gave no string: ${printed}`);
  return text;
}

function fromEncoded(printed: string): unknown {
  return JSON.parse(fromJson(printed));
}

/** All places inside a JSON value, outer ones first. */
function* placesIn(value: unknown, place: Place = []): Generator<Place> {
  yield place;
  if (typeof value !== 'object' || value === null) return;
  const array = Array.isArray(value);
  for (const [key, member] of Object.entries(value)) {
    yield* placesIn(member, [...place, array ? Number(key) : key]);
  }
}

function isInside(inner: Place, outer: Place): boolean {
  return inner.length > outer.length && outer.every((step, index) => inner[index] === step);
}

/** The same JSON with each string escaped only as far as it must be; numbers keep their digits. */
function plainJson(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (text) => JSON.stringify(JSON.parse(text)));
}

/** `Error: summary … on <console-input> line 1: … detail` in one line. */
function refusal(output: string): string {
  const [summary, ...rest] = output.trim().split('\n');
  const detail = rest
    .filter((line) => !/^\s+(on .* line \d+:|\(source code not available\)|\d+: )/.test(line))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return [(summary ?? '').replace(/^Error: /, ''), detail.join(' ')].join(': ').replace(/: $/, '');
}

interface Answer {
  readonly output: string;
  readonly failed: boolean;
}

function runTerraform(args: readonly string[], folder: string, input = ''): Promise<Answer> {
  const configuration = path.join(folder, '.terraformrc');
  fs.writeFileSync(configuration, '');
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: configuration };
  return new Promise((resolve, reject) => {
    const child = execFile(
      'terraform',
      args,
      { cwd: folder, env, maxBuffer: 1 << 28, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number') {
          reject(new Error('terraform did not run.', { cause: error }));
          return;
        }
        resolve({ output: stdout === '' ? stderr : stdout, failed: error !== null });
      },
    );
    child.stdin?.end(input);
  });
}
