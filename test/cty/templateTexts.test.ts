import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BigFloat } from '../../server/cty/bigFloat';
import type { Value } from '../../server/cty/value';
import { valueOf } from './evaluateText';

/** Heredocs and quoted strings, and what terraform 1.11.4 makes of them, as recorded from `terraform console`. */
const recorded = JSON.parse(
  fs.readFileSync(path.join(__dirname, 'templateTexts.json'), 'utf8'),
) as readonly (readonly [string, unknown])[];

describe('the text of a template', () => {
  for (const [text, expected] of recorded) {
    it(`of ${JSON.stringify(text)}`, () => {
      assert.deepEqual(plain(valueOf(text.trimEnd())), expected);
    });
  }
});

function plain(value: Value): unknown {
  if (value.kind !== 'known') return null;
  const { content } = value;
  if (content instanceof BigFloat) return content.toNumber();
  return Array.isArray(content) ? (content as readonly Value[]).map(plain) : content;
}
