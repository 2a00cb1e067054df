import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/**
 * What Terraform says at a place; `line` is 0 where it names none. `refused` and `warned` are by `terraform validate`,
 * `unplannable` is what only `terraform plan` refuses.
 */
export interface Verdict {
  readonly kind: 'refused' | 'warned' | 'unplannable';
  readonly file: string;
  readonly line: number;
  readonly summary: string;
}

/** A small configuration and what Terraform says to it. */
export interface VerdictCase {
  readonly name: string;
  /** Drawn as for `fixture`. */
  readonly drawn: string;
  readonly verdicts: readonly Verdict[];
  /** Why an error of Terraform is not one of ours; empty where it has to be. */
  readonly notOurs: string;
}

/** The version of Terraform that gave the recorded verdicts. */
export const recordedWith = '1.11.4';

/**
 * Reads a file of cases: `### name`, the configuration, and lines that start with `>>>`: `accepted`, `refused
 * main.tf:3 Summary` (`warned` and `unplannable` alike), and `not ours: reason`.
 */
export function readCases(file: string): VerdictCase[] {
  const parts = fs.readFileSync(file, 'utf8').replace(/\r\n/g, '\n').split(/^### /m);
  return parts.slice(1).map((part) => {
    const [name = '', ...lines] = part.split('\n');
    const isNote = (line: string) => line.startsWith('>>> ');
    const notes = lines.filter(isNote).map((line) => line.slice(4));
    const notOurs = notes.find((note) => note.startsWith('not ours: '))?.slice('not ours: '.length) ?? '';
    const drawn = `${lines
      .filter((line) => !isNote(line))
      .join('\n')
      .trimEnd()}\n`;
    return { name, drawn, notOurs, verdicts: notes.flatMap(toVerdict) };
  });
}

/** Asks the terraform on the PATH about every case of a file, and writes its answers into the file. */
export function record(file: string): void {
  const cases = readCases(file).map((each) => ({ ...each, verdicts: ask(each.drawn) }));
  fs.writeFileSync(file, cases.map(toText).join('\n'));
}

function toVerdict(note: string): Verdict[] {
  const match = /^(\w+) (\S+):(\d+) (.*)$/.exec(note);
  const [, kind, file = '', line, summary = ''] = match ?? [];
  if (kind !== 'refused' && kind !== 'warned' && kind !== 'unplannable') return [];
  return [{ kind, file, line: Number(line), summary }];
}

function toText({ name, drawn, verdicts, notOurs }: VerdictCase): string {
  const isRefused = verdicts.some(({ kind }) => kind === 'refused');
  const notes = [
    ...(isRefused ? [] : ['accepted']),
    ...verdicts.map(({ kind, file, line, summary }) => `${kind} ${file}:${line.toString()} ${summary}`),
    ...(notOurs === '' || !isRefused ? [] : [`not ours: ${notOurs}`]),
  ];
  return `### ${name}\n${drawn}${notes.map((note) => `>>> ${note}\n`).join('')}`;
}

function ask(drawn: string): Verdict[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'verdicts-'));
  try {
    for (const [name, text] of filesOf(drawn)) {
      const file = path.join(folder, ...name.split('/'));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
    // Only module calls have to be installed: the provider of these cases is built in.
    const isInstalled = !/^module /m.test(drawn);
    const init = isInstalled ? undefined : terraform(folder, ['init', '-backend=false', '-json']);
    const answer = init?.status === 1 ? init : terraform(folder, ['validate', '-json']);
    const said = verdictsIn(answer.stdout, 'refused');
    if (said.some(({ kind }) => kind === 'refused')) return said;
    const plan = terraform(folder, ['plan', '-input=false', '-lock=false', '-json']);
    const isAsked = plan.stdout.includes('"No value for required variable"');
    const unplannable = isAsked ? [] : verdictsIn(plan.stdout, 'unplannable');
    return [...said, ...unplannable.filter(({ kind }) => kind === 'unplannable')];
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function terraform(folder: string, args: readonly string[]): { status: number | null; stdout: string } {
  const rc = path.join(folder, 'none.tfrc');
  fs.writeFileSync(rc, '');
  const env = { ...process.env, TF_CLI_CONFIG_FILE: rc, CHECKPOINT_DISABLE: '1' };
  const { status, stdout, error } = spawnSync('terraform', args, { cwd: folder, env, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { status, stdout };
}

interface Said {
  readonly severity: string;
  readonly summary: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
}

/** `validate` answers with one document, `init` with one for each line. */
function verdictsIn(output: string, failure: 'refused' | 'unplannable'): Verdict[] {
  const said = output.startsWith('{\n')
    ? (JSON.parse(output) as { readonly diagnostics: readonly Said[] }).diagnostics
    : output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .flatMap((line) => (JSON.parse(line) as { readonly diagnostic?: Said }).diagnostic ?? []);
  return said.map(({ severity, summary, range }) => ({
    kind: severity === 'error' ? failure : 'warned',
    file: range?.filename.split(path.sep).join('/') ?? '-',
    line: range?.start.line ?? 0,
    summary: summary.replace(/\s+/g, ' '),
  }));
}

function filesOf(drawn: string): [string, string][] {
  if (!drawn.includes('//- ')) return [['main.tf', drawn]];
  return drawn
    .split(/^\/\/- /m)
    .slice(1)
    .map((part): [string, string] => {
      const end = part.indexOf('\n');
      return [part.slice(0, end).trim(), part.slice(end + 1)];
    });
}
