import assert from 'node:assert/strict';
import type * as statuses from '../../client/status';
import { FakeEditor } from './fakeEditor';

describe('status', () => {
  it('says of the sandbox that it is simulated, and of the real target that it is real', () => {
    const said = (target: string): string | undefined => {
      const editor = new FakeEditor();
      editor.settings['terratrain.operations.target'] = target;
      const { Status } = editor.load('status.ts') as typeof statuses;
      new Status().dispose();
      return editor.status.at(-1);
    };
    assert.match(said('sandbox') ?? '', /Sandbox \(simulated\)$/);
    assert.match(said('real') ?? '', /Real$/);
    assert.equal(said('ask'), undefined);
  });
});
