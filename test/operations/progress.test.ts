import assert from 'node:assert/strict';
import { ProgressTracker } from '../../server/operations/progress';
import type { Progress } from '../../server/operations/operation';
import { transcriptEvents } from './transcripts';

function progressOf(name: string): Progress {
  const tracker = new ProgressTracker();
  for (const event of transcriptEvents(name)) tracker.take(event);
  return tracker.progress();
}

describe('progress', () => {
  it('knows the failed one and the siblings that went on', () => {
    assert.deepEqual(progressOf('apply-one-resource-fails'), {
      completed: ['terraform_data.net', 'terraform_data.slow', 'terraform_data.after_slow'],
      failed: ['terraform_data.bad'],
      inFlight: [],
    });
  });

  it('does not take half a replacement for a whole one', () => {
    assert.deepEqual(progressOf('apply-sigkill'), {
      completed: [],
      failed: [],
      inFlight: ['terraform_data.slow'],
    });
  });

  it('knows what was in flight when terraform was killed', () => {
    assert.deepEqual(progressOf('apply-sighup').inFlight, ['terraform_data.slow']);
  });
});
