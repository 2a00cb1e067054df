import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { followEvents, LineSplitter, readEvents } from '../../server/operations/eventStream';
import type { TerraformEvent } from '../../server/operations/events';
import { transcriptBytes } from './transcripts';

const whole = transcriptBytes('apply-sigint-group.jsonl');

describe('eventStream', () => {
  it('finds the same lines whatever the pieces are', () => {
    const text = 'first\nzweite Zeile äöü 👩‍💻\r\n\nlast without end';
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size += 1) {
      const splitter = new LineSplitter();
      const lines: string[] = [];
      for (let start = 0; start < bytes.length; start += size) {
        lines.push(...splitter.push(bytes.subarray(start, start + size)));
      }
      assert.deepEqual([...lines, splitter.rest()], ['first', 'zweite Zeile äöü 👩‍💻', '', 'last without end']);
      assert.equal(splitter.rest(), undefined);
    }
  });

  it('reads a line of many megabytes', () => {
    const message = 'x'.repeat(5_000_000);
    const splitter = new LineSplitter();
    const bytes = Buffer.from(`{"type":"log","@message":"${message}"}\n`);
    const lines: string[] = [];
    for (let start = 0; start < bytes.length; start += 65_536) {
      lines.push(...splitter.push(bytes.subarray(start, start + 65_536)));
    }
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.length, bytes.length - 1);
  });

  it('reads every prefix of a recording', () => {
    for (let length = 0; length <= whole.length; length += 7) {
      const events = readEvents(whole.subarray(0, length));
      const complete = events.slice(0, -1);
      assert.ok(complete.every((event) => event.type !== 'raw'));
    }
  });

  describe('followEvents', () => {
    let folder = '';
    beforeEach(() => {
      folder = fs.mkdtempSync(path.join(os.tmpdir(), 'terratrain-events-'));
    });
    afterEach(() => {
      fs.rmSync(folder, { recursive: true, force: true });
    });

    it('hears what is written while it follows, and the rest when the writer ends', async () => {
      const file = path.join(folder, 'events.jsonl');
      fs.writeFileSync(file, '');
      const heard: TerraformEvent[] = [];
      let end = (): void => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      const following = followEvents(file, ended, (event) => heard.push(event));
      const half = Math.floor(whole.length / 2);
      fs.appendFileSync(file, whole.subarray(0, half));
      const before = readEvents(whole.subarray(0, half)).length - 1;
      while (heard.length < before) await new Promise((resolve) => setTimeout(resolve, 5));
      fs.appendFileSync(file, whole.subarray(half));
      fs.appendFileSync(file, '{"type":"log","@message":"cut');
      end();
      await following;
      assert.deepEqual(heard.slice(0, -1), readEvents(whole));
      assert.equal(heard.at(-1)?.type, 'raw');
    });
  });
});
