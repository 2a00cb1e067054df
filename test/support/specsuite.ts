import * as fs from 'node:fs';
import * as path from 'node:path';
import { convert } from '../../server/cty/convert';
import { readTypeConstraint } from '../../server/cty/typeConstraint';
import type { CtyType } from '../../server/cty/type';
import type { Value } from '../../server/cty/value';
import { parse } from '../../server/hcl/parser';
import type { Block, Body, Expression } from '../../server/hcl/syntax';
import { blocksOf, must, valueOf } from './hcldecSpec';

/** A place as HCL counts it: lines and columns from 1, columns in grapheme clusters, bytes of UTF-8 from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly byte: number;
}

export interface PlacedRange {
  readonly from: Place;
  readonly to: Place;
}

/** What a `.t` file of HCL's specification suite wants. */
export interface Expectation {
  readonly resultType: CtyType;
  readonly result: Value | undefined;
  /** Absent where traversals are not looked at. */
  readonly traversals: readonly (PlacedRange & { readonly ref: Expression })[] | undefined;
  readonly diagnostics: readonly (PlacedRange & { readonly severity: 'error' | 'warning' })[];
}

/** Paths of all tests in a folder in the suite's layout, without `.t`, sorted; hidden ones are none. */
export function testsIn(folder: string): string[] {
  const found: string[] = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const inner = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...testsIn(inner));
    else if (entry.name.endsWith('.t')) found.push(inner.slice(0, -'.t'.length));
  }
  return found.sort();
}

/** @throws Error for a file that is no test. */
export function readExpectation(text: string): Expectation {
  const { body, errors } = parse(text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`The test is wrong: ${error.message}`);
  const type = valueOf(body, 'result_type');
  const resultType = type === undefined ? 'dynamic' : readTypeConstraint(type).type;
  const result = valueOf(body, 'result');
  const [traversals] = blocksOf(body).filter((block) => block.type === 'traversals');
  const [diagnostics] = blocksOf(body).filter((block) => block.type === 'diagnostics');
  return {
    resultType,
    result: result === undefined ? undefined : convert(must(result), resultType),
    traversals: traversals && blocksOf(traversals.body).map(expectedTraversal),
    diagnostics: diagnostics === undefined ? [] : blocksOf(diagnostics.body).map(expectedDiagnostic),
  };
}

/** Where an offset is, in HCL's way of counting. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(before.slice(lineStart));
  return {
    line: before.split('\n').length,
    column: [...clusters].length + 1,
    byte: Buffer.byteLength(before),
  };
}

function expectedDiagnostic({ type, body }: Block): Expectation['diagnostics'][number] {
  if (type !== 'error' && type !== 'warning') throw new Error(`There are no diagnostics "${type}".`);
  return { severity: type, ...rangeIn(body) };
}

function expectedTraversal({ body }: Block): PlacedRange & { readonly ref: Expression } {
  const ref = valueOf(body, 'ref');
  const [range] = blocksOf(body).filter((block) => block.type === 'range');
  if (ref === undefined) throw new Error('An expected traversal needs a ref.');
  return { ref, ...rangeIn(range?.body ?? body) };
}

function rangeIn(body: Body): PlacedRange {
  const place = (type: string): Place => {
    const block = blocksOf(body).find((each) => each.type === type);
    const number = (name: string): number => {
      const value = block && valueOf(block.body, name);
      if (value?.kind !== 'literal' || typeof value.value !== 'object' || value.value === null) {
        throw new Error(`A range needs ${type}.${name}.`);
      }
      return Number(value.value.number);
    };
    return { line: number('line'), column: number('column'), byte: number('byte') };
  };
  return { from: place('from'), to: place('to') };
}
