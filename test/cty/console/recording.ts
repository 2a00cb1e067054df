import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CtyType } from '../../../server/cty/type';

/** What terraform says of one expression. Exactly one of `value`, `hidden` and `refused` is there. */
export interface RecordedCase {
  readonly expression: string;
  readonly type?: CtyType;
  /** The value as JSON text, numbers with all their digits; `Infinity` and `-Infinity` stand for themselves. */
  readonly value?: string;
  /** Terraform shows nothing of a value that is or holds an ephemeral one, and has nothing to show of an unknown one. */
  readonly hidden?: 'ephemeral' | 'unknown';
  /** Where the value is sensitive: `[]` is the whole of it, `["a", 0]` what stands at `.a[0]`. Absent: nowhere. */
  readonly sensitive?: readonly Place[];
  /** The error's summary and detail in one line. */
  readonly refused?: string;
}

export type Place = readonly (string | number)[];

export interface Recording {
  readonly terraform: string;
  readonly cases: readonly RecordedCase[];
}

/** The module in which the expressions are evaluated. */
export const configurationFolder = path.join(__dirname, 'configuration');

const casesFolder = path.join(__dirname, 'cases');
const recordedFolder = path.join(__dirname, 'recorded');

/** Names of all files of cases, sorted. */
export function categories(): string[] {
  return fs
    .readdirSync(casesFolder)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => path.basename(file, '.txt'))
    .sort();
}

/** The expressions of one file: one a line; empty lines and lines that start with `#` say nothing. */
export function readCases(category: string): string[] {
  return fs
    .readFileSync(path.join(casesFolder, `${category}.txt`), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** @throws Error when the category was never recorded. */
export function readRecording(category: string): Recording {
  const file = path.join(recordedFolder, `${category}.json`);
  if (!fs.existsSync(file)) {
    throw new Error(
      `Nothing is recorded for cases/${category}.txt; run: node --import tsx test/cty/console/record.ts ${category}`,
    );
  }
  // The file is written below, by this same program.
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Recording;
}

/** One line per case, so that a change of one is a change of one line. */
export function writeRecording(category: string, recording: Recording): void {
  fs.mkdirSync(recordedFolder, { recursive: true });
  const lines = recording.cases.map((one) => `    ${JSON.stringify(one)}`);
  const text = `{\n  "terraform": ${JSON.stringify(recording.terraform)},\n  "cases": [\n${lines.join(',\n')}\n  ]\n}\n`;
  fs.writeFileSync(path.join(recordedFolder, `${category}.json`), text);
}
