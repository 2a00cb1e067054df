import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { diagnose } from '../../server/features/diagnostics';
import type { Severity } from '../../server/features/severity';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { isConfigName } from '../../server/terraform/fileNames';
import { fixture, relativeName } from '../support/fixture';
import { readCases, record, recordedWith } from './verdicts/verdictCases';
import type { Verdict } from './verdicts/verdictCases';

const folder = path.join(__dirname, 'verdicts');
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

interface Ours {
  readonly file: string;
  readonly first: number;
  readonly last: number;
  readonly severity: Severity;
  readonly text: string;
}

/**
 * What Terraform says to some hundred small configurations of its built-in provider: what it accepts has no error, and
 * what it refuses has one on the same line. `RECORD_VERDICTS=1` asks the terraform on the PATH anew.
 */
describe(`what terraform ${recordedWith} says`, () => {
  const schemas = openBundledSchemas(providerDataFolder());

  function ours(drawn: string): Ours[] {
    const { snapshot: plain, files: texts } = fixture(drawn, schemas);
    const snapshot = { ...plain, terraform: { product: 'terraform', version: recordedWith } } as const;
    return [...texts.keys()]
      .filter((file) => isConfigName(path.basename(file)))
      .flatMap((file) => {
        const lineOf = (offset: number) => (texts.get(file) ?? '').slice(0, offset).split('\n').length;
        return diagnose(snapshot, file).map(({ range, severity, code, message }) => ({
          file: relativeName(file),
          first: lineOf(range.start),
          last: lineOf(range.end),
          severity,
          text: `${relativeName(file)}:${lineOf(range.start).toString()} ${code}: ${message}`,
        }));
      });
  }

  const isAt = (one: Ours, { file, line }: Verdict) =>
    line === 0 || (one.file === file && one.first <= line && line <= one.last);

  it('is about many configurations, of which few are not ours', () => {
    const cases = files.flatMap((file) => readCases(path.join(folder, file)));
    assert.ok(cases.length > 450, cases.length.toString());
    assert.ok(cases.filter(({ notOurs }) => notOurs !== '').length < 15);
    assert.deepEqual(
      cases.map(({ name }) => name).filter((name, index, all) => all.indexOf(name) !== index),
      [],
    );
  });

  for (const file of files) {
    describe(path.basename(file, '.txt'), () => {
      before(() => {
        if (process.env.RECORD_VERDICTS === '1') record(path.join(folder, file));
      });

      for (const { name, drawn, verdicts, notOurs } of readCases(path.join(folder, file))) {
        const refusals = verdicts.filter(({ kind }) => kind === 'refused');
        it(`${name} is ${refusals.length > 0 ? 'refused' : 'accepted'}`, () => {
          const found = ours(drawn);
          const errors = found.filter(({ severity }) => severity === 'error');
          const said = found.map(({ text }) => text).join('\n');
          if (refusals.length === 0) {
            const allowed = verdicts.some(({ kind }) => kind === 'unplannable');
            assert.ok(allowed || errors.length === 0, said);
            return;
          }
          const missed = refusals.filter((verdict) => !errors.some((error) => isAt(error, verdict)));
          if (notOurs !== '') assert.notDeepEqual(missed, [], 'It is ours by now: remove the note.');
          else assert.deepEqual(missed, [], said);
        });
      }
    });
  }
});
