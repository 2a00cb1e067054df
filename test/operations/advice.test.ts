import assert from 'node:assert/strict';
import { adviceFor, lockFields } from '../../server/operations/advice';
import { asksForInit } from '../../server/operations/phaseReport';
import type { Diagnostic } from '../../server/operations/events';
import { transcriptEvents } from './transcripts';

function diagnosticsOf(name: string): readonly Diagnostic[] {
  return transcriptEvents(name).flatMap((event) => (event.type === 'diagnostic' ? [event.diagnostic] : []));
}

describe('advice', () => {
  for (const [name, expected] of [
    ['apply-stale-plan', /Plan again/],
    ['apply-other-lineage', /another workspace/],
    ['apply-errored-plan', /Planning failed/],
    ['plan-missing-variable', /TF_VAR_/],
    ['plan-prevent-destroy', /prevent_destroy/],
    ['lock-refused-plan', /^user@host holds it since 2026-11-22 12:15:11 \+0000 UTC \(apply\)/],
  ] as const) {
    it(`says what to do about ${name}`, () => {
      const [first] = diagnosticsOf(name);
      assert.ok(first);
      assert.match(adviceFor(first) ?? '', expected);
    });
  }

  it('reads all fields of a lock', () => {
    const [refused] = diagnosticsOf('lock-refused-plan');
    assert.deepEqual(Object.keys(lockFields(refused?.detail ?? '')), [
      'ID',
      'Path',
      'Operation',
      'Who',
      'Version',
      'Created',
      'Info',
    ]);
  });

  it('sees when init would help, and only then', () => {
    for (const name of ['plan-provider-missing', 'plan-module-not-installed']) {
      assert.equal(asksForInit(diagnosticsOf(name)), true, name);
    }
    for (const name of [
      'plan-undeclared-reference',
      'plan-missing-variable',
      'lock-refused-plan',
      'plan-cycle',
    ]) {
      assert.equal(asksForInit(diagnosticsOf(name)), false, name);
    }
  });
});
