import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { codeActions } from '../../../server/features/actions/codeActions';
import { diagnose } from '../../../server/features/diagnostics';
import { format } from '../../../server/hcl/format';
import { openBundledSchemas } from '../../../server/providers/bundled';
import { providerDataFolder } from '../../../server/providers/dataFolder';
import { applyEdits } from '../../../server/text/edit';
import { fixture, relativeName } from '../../support/fixture';
import { readCases } from '../verdicts/verdictCases';

const folder = path.join(__dirname, '..', 'verdicts');

/** What Terraform accepts, without what our own checks would say to it. */
const accepted = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readCases(path.join(folder, name)))
  .filter(({ verdicts }) => verdicts.length === 0);

describe('every refactoring of what Terraform accepts', () => {
  const schemas = openBundledSchemas(providerDataFolder());

  const errorsIn = (drawn: string): string[] => {
    const { snapshot, files } = fixture(drawn, schemas);
    return [...files.keys()].flatMap((file) =>
      diagnose(snapshot, file).flatMap(({ severity, code }) => (severity === 'error' ? [code] : [])),
    );
  };

  /** The files after each action at each third word, by what was done. */
  function* results(drawn: string): Generator<readonly [string, string]> {
    const { snapshot, files } = fixture(drawn, schemas);
    for (const [file, text] of files) {
      for (const [order, word] of [...text.matchAll(/[\w"]+/g)].entries()) {
        if (order % 3 !== 0) continue;
        const at = word.index + 1;
        for (const action of codeActions(snapshot, file, { start: at, end: at }, ['refactor'])) {
          const edits = action.edits();
          const paths = new Set([...files.keys(), ...edits.map((edit) => edit.path)]);
          const after = [...paths].map((each) => {
            const own = edits.filter((edit) => edit.path === each);
            return `//- ${relativeName(each)}\n${applyEdits(files.get(each) ?? '', own)}`;
          });
          if (edits.length > 0) yield [`${action.title} at ${at.toString()}`, after.join('')];
        }
      }
    }
  }

  it('gives what has no error either, and stays formatted', () => {
    let count = 0;
    for (const { name, drawn } of accepted) {
      const before = errorsIn(drawn);
      const wasFormatted = isFormatted(drawn);
      const seen = new Set<string>();
      for (const [title, after] of results(drawn)) {
        if (seen.has(after)) continue;
        seen.add(after);
        count += 1;
        assert.deepEqual(errorsIn(after), before, `${name}: ${title}\n${after}`);
        assert.ok(!wasFormatted || isFormatted(after), `${name}: ${title} is not formatted\n${after}`);
      }
    }
    assert.ok(count > 300, count.toString());
  });

  function isFormatted(drawn: string): boolean {
    return [...fixture(drawn, schemas).files.values()].every((text) => {
      const result = format(text);
      return result.ok && result.text === text;
    });
  }
});
