import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { diagnosticCodes } from '../../server/features/diagnosticCodes';
import { syntaxCodes } from '../../server/features/syntaxCodes';

const project = path.resolve(__dirname, '..', '..');

/** The texts of all sources of the server but the tables of codes. */
function sources(): string[] {
  const server = path.join(project, 'server');
  return readdirSync(server, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/(diagnostic|syntax)Codes\.ts$/.test(name))
    .map((name) => readFileSync(path.join(server, name), 'utf8'));
}

describe('the documentation of diagnostics', () => {
  const page = readFileSync(path.join(project, 'docs', 'diagnostics.md'), 'utf8').replace(/\r\n/g, '\n');
  const sections = page.split(/^### /m).slice(1);
  const headings = sections.map((section) => section.split('\n')[0] ?? '');

  it('has one section for each code, and none for others', () => {
    assert.deepEqual([...headings].sort(), Object.keys(diagnosticCodes).sort());
  });

  it('says something in each', () => {
    for (const section of sections) assert.match(section, /^[a-z0-9-]+\n\n(?!#|```)\S[^\n]{8}/);
  });

  it('is about codes that something reports', () => {
    const all = sources();
    const silent = Object.keys(diagnosticCodes).filter(
      (code) => !Object.hasOwn(syntaxCodes, code) && !all.some((text) => text.includes(`'${code}'`)),
    );
    assert.deepEqual(silent, []);
  });

  it('explains how to silence', () => {
    assert.match(page, /# terratrain: ignore unused-declaration/);
    assert.match(page, /# terratrain: ignore-file/);
    assert.match(page, /terratrain\.diagnostics\.ignore/);
  });
});
