import assert from 'node:assert/strict';
import { parseEvent } from '../../server/operations/events';
import { transcriptBytes, transcriptEvents, transcriptNames } from './transcripts';

describe('events', () => {
  for (const name of transcriptNames()) {
    it(`understands every line of ${name}`, () => {
      const events = transcriptEvents(name.replace('.jsonl', ''));
      assert.equal(events.length, transcriptBytes(name).toString('utf8').trim().split('\n').length);
      const strange = events.filter((event) => event.type === 'unknown' || event.type === 'raw');
      assert.deepEqual(strange, []);
    });
  }

  it('never throws, wherever a line is cut', () => {
    for (const line of transcriptBytes('apply-sigint-group.jsonl').toString('utf8').split('\n')) {
      for (let length = 0; length < line.length; length += 1) {
        const event = parseEvent(line.slice(0, length));
        assert.equal(event.type, 'raw');
      }
    }
  });

  it('keeps a type that it does not know', () => {
    const event = parseEvent(
      '{"@level":"info","@message":"Policy ok","type":"policy_result","policy":{"x":1}}',
    );
    assert.deepEqual(event, {
      level: 'info',
      message: 'Policy ok',
      timestamp: '',
      type: 'unknown',
      name: 'policy_result',
    });
  });

  it('survives fields of the wrong kind', () => {
    for (const type of [
      'apply_start',
      'diagnostic',
      'planned_change',
      'change_summary',
      'outputs',
      'version',
    ]) {
      for (const wrong of ['null', '3', '"x"', '[]', '{}']) {
        const line = `{"type":"${type}","hook":${wrong},"diagnostic":${wrong},"change":${wrong},"changes":${wrong},"outputs":${wrong}}`;
        assert.equal(parseEvent(line).type, type);
      }
    }
  });

  it('does not take over a state that terraform could not save', () => {
    const event = parseEvent(
      '{"@message":"Failed to save","type":"log","state":{"outputs":{"pw":"hunter22"}}}',
    );
    assert.equal(event.type === 'log' && event.holdsState, true);
    assert.ok(!JSON.stringify(event).includes('hunter22'));
  });

  it('drops control sequences that somebody else wrote', () => {
    const output = '\\u001b[31mred\\u001b[0m \\u001b]0;title\\u0007done\\u0008';
    const event = parseEvent(`{"type":"provision_progress","hook":{"output":"${output}"}}`);
    assert.equal('output' in event && event.output, 'red done');
  });

  it('reads the place of a diagnostic', () => {
    const found = transcriptEvents('plan-undeclared-reference').find((event) => event.type === 'diagnostic');
    assert.ok(found?.type === 'diagnostic');
    assert.equal(found.diagnostic.range?.file, 'bad.tf');
    assert.deepEqual(found.diagnostic.range.start, { line: 1, column: 41, byte: 40 });
    assert.equal(found.diagnostic.snippet?.context, 'resource "terraform_data" "x"');
  });
});
