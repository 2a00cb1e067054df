import assert from 'node:assert/strict';
import { parse } from '../../server/hcl/parser';
import { Goldens } from '../support/golden';
import { ACCEPTED } from './acceptedProbes';
import { generateFile } from './generateFile';
import { mutate } from './mutate';
import { Random } from './random';
import { REJECTED } from './rejectedProbes';
import { formatAll, terraformVersion } from './terraformFmt';

const MUTANTS = 1000;

describe('the syntax Terraform accepts', () => {
  const version = terraformVersion();

  for (const [group, texts] of Object.entries(ACCEPTED)) {
    it(`accepts what is valid: ${group}`, () => {
      for (const text of texts) assert.deepEqual(parse(text).errors, [], JSON.stringify(text));
    });
  }

  for (const [group, texts] of Object.entries(REJECTED)) {
    it(`rejects what is not: ${group}`, () => {
      for (const text of texts) assert.notEqual(parse(text).errors.length, 0, JSON.stringify(text));
    });
  }

  it('has tables that terraform agrees with', () => {
    if (version === undefined) return;
    const accepted = Object.values(ACCEPTED).flat();
    const rejected = Object.values(REJECTED).flat();
    const verdicts = formatAll([...accepted, ...rejected]);
    accepted.forEach((text, order) => {
      assert.ok(verdicts[order]?.accepted, JSON.stringify(text));
    });
    rejected.forEach((text, order) => {
      assert.ok(verdicts[accepted.length + order]?.accepted === false, JSON.stringify(text));
    });
  });

  it(`agrees with terraform on ${MUTANTS} mutants of valid files`, () => {
    const mutants = makeMutants();
    const ours = mutants.map((text) => parse(text).errors.length === 0);
    if (version !== undefined) {
      formatAll(mutants).forEach((verdict, order) => {
        assert.equal(ours[order], verdict.accepted, JSON.stringify(mutants[order]));
      });
    }
    const record = ours.map((accepted) => (accepted ? 'a' : 'r')).join('');
    assert.ok(record.includes('a') && record.includes('r'));
    assert.ok(version !== undefined || process.env.UPDATE_GOLDENS !== '1', 'Recording needs terraform.');
    const goldens = new Goldens('hcl/verdicts');
    goldens.expect('mutants.txt', `${record.replace(/.{100}/g, '$&\n')}\n`);
    goldens.expectNoOthers();
  });
});

function makeMutants(): string[] {
  const random = new Random(20261122);
  const short = Object.values(ACCEPTED).flat();
  const long = Array.from({ length: 100 }, () => generateFile(random));
  return Array.from({ length: MUTANTS }, () => {
    const source = random.chance(0.4) ? short : long;
    const once = mutate(random, source[random.below(source.length)] ?? '');
    return random.chance(0.3) ? mutate(random, once) : once;
  });
}
