import assert from 'node:assert/strict';
import { describeSimulation } from '../../server/operations/simulation';

describe('simulation', () => {
  const words = { providers: 'aws 6.66.0', howToRun: 'the button runs them' };
  const plain = { providers: ['aws'], notices: [], scenarioFiles: [], silencedProvisioners: [] };

  it('says what is simulated, and no more where there is no more', () => {
    assert.deepEqual(describeSimulation(plain, words), [
      'sandbox: simulated aws 6.66.0. Nothing real is created or changed.',
    ]);
    assert.deepEqual(
      describeSimulation({ ...plain, providers: [], scenarioFiles: ['a.sandbox.json'] }, words),
      [
        'sandbox: no provider is needed. Nothing real is created or changed.',
        'sandbox: scenario a.sandbox.json is played.',
      ],
    );
  });

  it('says which scenarios play, which provisioners are silent and how to run them', () => {
    const lines = describeSimulation(
      {
        ...plain,
        notices: ['module.net is a stand-in for a/b/c.'],
        scenarioFiles: ['slow.sandbox.json', 'full.sandbox.json'],
        silencedProvisioners: ['a.x', 'module.m.a.y'],
      },
      words,
    );
    assert.deepEqual(lines.slice(1), [
      'sandbox: module.net is a stand-in for a/b/c.',
      'sandbox: scenarios slow.sandbox.json, full.sandbox.json are played.',
      'sandbox: provisioners do not run (a.x, module.m.a.y); the button runs them.',
    ]);
  });
});
