import assert from 'node:assert/strict';
import type * as restarts from '../../client/restarts';
import { FakeEditor } from './fakeEditor';

describe('a language server that ends', () => {
  let editor: FakeEditor;
  let time: number;
  const did: string[] = [];
  const make = () => {
    const { Restarts } = editor.load('restarts.ts') as typeof restarts;
    return new Restarts(
      () => did.push('log'),
      () => did.push('start'),
      () => time,
    );
  };

  beforeEach(() => {
    editor = new FakeEditor();
    time = 0;
    did.length = 0;
  });

  it('is started again, and the person hears of it', async () => {
    editor.answers.push(['ended unexpectedly', 'Show Log']);
    assert.equal(make().died(), true);
    await new Promise(setImmediate);
    assert.match(editor.questions[0]?.text ?? '', /started again/);
    assert.deepEqual(did, ['log']);
  });

  it('is given up when it cannot live, until the person wants it again', async () => {
    const one = make();
    const lives = Array.from({ length: 5 }, () => {
      time += 1000;
      return one.died();
    });
    assert.deepEqual(lives, [true, true, true, true, false]);
    assert.match(editor.questions.at(-1)?.text ?? '', /stays stopped/);
    editor.answers.push(['stays stopped', 'Start Again']);
    for (let times = 0; times < 5; times += 1) one.died();
    await new Promise(setImmediate);
    assert.deepEqual(did, ['start']);
  });

  it('may end now and then for as long as it wants', () => {
    const one = make();
    for (let times = 0; times < 20; times += 1) {
      time += 60_000;
      assert.equal(one.died(), true);
    }
  });
});
