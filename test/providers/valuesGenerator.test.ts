import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { openKnownValues } from '../../server/providers/knownValues';
import type { KnownValue } from '../../server/providers/schema';
import { checksum } from '../../server/providers/schemaWriter';

interface Found {
  readonly value: string;
  readonly text?: string;
  readonly isDefault?: boolean;
  readonly deprecated?: boolean;
}
interface Prose {
  readonly valuesInProse: (
    text: string,
    argument: { name: string; siblings: ReadonlySet<string>; numeric: boolean },
  ) => readonly Found[];
}
interface Spellings {
  readonly spellingOf: (provider: string, value: string, known?: ReadonlySet<string>) => string | undefined;
}
interface Respelling {
  readonly respell: (provider: string, text: string) => string;
}
interface Machines {
  readonly instanceTypes: (
    names: readonly string[],
    surrounding?: { prefix?: string; suffix?: string },
  ) => readonly KnownValue[];
}
interface Place {
  readonly kind: string;
  readonly type: string;
  readonly path: string;
  readonly values: readonly (KnownValue & { readonly isDefault?: boolean })[];
}
interface Format {
  readonly packValues: (
    places: readonly Place[],
    common: readonly Omit<Place, 'type'>[],
  ) => { bytes: Buffer };
}
interface Service {
  readonly enums: Map<string, readonly string[]>;
  readonly shapes: Map<string, Map<string, string>>;
  readonly words: Set<string>;
}
interface Matching {
  readonly enumerationOf: (
    argument: { kind: string; type: string; path: string; name: string },
    services: ReadonlyMap<string, Service>,
  ) => { name: string; by: string } | undefined;
}

/** The generator is plain JavaScript, so that it runs without a build. */
async function load<T>(name: string): Promise<T> {
  const file = path.join(__dirname, '../../server/providers/data/values', name);
  return (await import(pathToFileURL(file).href)) as T;
}

describe('values in descriptions', () => {
  let prose: Prose;
  before(async () => {
    prose = await load<Prose>('proseValues.mjs');
  });

  function read(text: string, { name = 'kind', siblings = ['other'], numeric = false } = {}): string {
    return prose
      .valuesInProse(text, { name, siblings: new Set([name, ...siblings]), numeric })
      .map(
        ({ value, isDefault = false, deprecated = false }) =>
          `${value}${isDefault ? '*' : ''}${deprecated ? '!' : ''}`,
      )
      .join(' ');
  }

  const named: Readonly<Record<string, string>> = {
    'The kind. Valid values are `a`, `b` and `c`.': 'a b c',
    'The kind. Valid values: `a`, `b`, or `c`. Defaults to `b`.': 'a b* c',
    'Possible values include `"A"` and `"B"`.': 'A B',
    'Default value: "ON" Possible values: ["ON", "OFF"]': 'ON* OFF',
    "Can be one of: 'all', 'none', or 'selected'.": 'all none selected',
    'Must be either "internal" or "external".': 'internal external',
    'Valid values are (case-insensitive): `HEX` | `BASE64`.': 'HEX BASE64',
    'Valid values are: INGRESS, EGRESS': 'INGRESS EGRESS',
    'The allowed values are session, transaction, and statement.': 'session transaction statement',
    'Valid values: `standard | large`.': 'standard large',
    'Valid values are `plain` (default) and `old` (deprecated).': 'plain* old!',
    'The only valid value is `ONE`.': 'ONE',
    'Possible values:\n* `LOW` - little\n* `HIGH` - much\n\nMore text.': 'LOW HIGH',
    'Valid values for `kind` are `a` and `b`.': 'a b',
    'Must be one of `logging.acme.com/kubernetes` or `none`.': 'logging.acme.com/kubernetes none',
  };
  for (const [text, values] of Object.entries(named)) {
    it(`${JSON.stringify(text)}: ${values}`, () => {
      assert.equal(read(text), values);
    });
  }

  const none = [
    'Exactly one of `name` or `id` must be specified.',
    'One of `other` or `kind` is required.',
    'Only valid when `other` is one of `a` or `b`.',
    'Must be between `1` and `10`.',
    'Valid values are letters, numbers and hyphens.',
    'Valid values for `other` are `a` and `b`.',
    'Valid values may be [found here](https://example.com/a).',
    'Valid values are between `0` and `100`.',
    'Valid values: `1` to `12`.',
    'The possible values can be found in the documentation of `service`.',
    'Valid values are `<name>` and `arn:${partition}`.',
    'Cannot be used with `a` or `b`.',
    'Must be unique.',
    'Valid values: `example.com` and `a`.',
  ];
  for (const text of none) {
    it(`${JSON.stringify(text)}: none`, () => {
      assert.equal(read(text), '');
    });
  }

  it('of a number are numbers', () => {
    assert.equal(read('Possible values are: 1, 3, 5, and 7.', { numeric: true }), '1 3 5 7');
    assert.equal(read('Valid values are `7` and `forever`.', { numeric: true }), '');
  });

  it('come with the sentence about each', () => {
    const [low] = prose.valuesInProse('Possible values:\n* `LOW` - little\n* `HIGH` - much', {
      name: 'kind',
      siblings: new Set(),
      numeric: false,
    });
    assert.equal(low?.text, 'little');
  });
});

describe('spellings of values', () => {
  it('are put right where the source of the description changed them', async () => {
    const { spellingOf } = await load<Spellings>('spellings.mjs');
    assert.equal(spellingOf('hashicorp/aws', 'lbCookie'), 'lb_cookie');
    assert.equal(spellingOf('hashicorp/aws', 'generalPurpose'), 'generalPurpose');
    assert.equal(spellingOf('hashicorp/aws', 'dualStack', new Set(['dual_stack'])), 'dual_stack');
    assert.equal(spellingOf('hashicorp/aws', 'scramSha1', new Set(['scram_sha_1'])), 'scram_sha_1');
    assert.equal(spellingOf('hashicorp/aws', 'activeActive', new Set(['activeActive'])), 'activeActive');
    assert.equal(spellingOf('digitalocean/digitalocean', 'cachingSha2Password'), 'caching_sha2_password');
  });

  it('are put right in the description itself, where they stand as code', async () => {
    const { respell } = await load<Respelling>('spellings.mjs');
    assert.equal(
      respell(
        'hashicorp/aws',
        'Either `lbCookie`, `"sourceIp"` or [`x8664`]; lbCookie is a word, `generalPurpose` a value.',
      ),
      'Either `lb_cookie`, `"source_ip"` or [`x86_64`]; lbCookie is a word, `generalPurpose` a value.',
    );
    assert.equal(respell('datadog/datadog', '`lbCookie`'), '`lbCookie`');
  });

  it('in doubt are none, and of other sources what they are', async () => {
    const { spellingOf } = await load<Spellings>('spellings.mjs');
    assert.equal(spellingOf('hashicorp/azurerm', 'somethingNew'), undefined);
    assert.equal(spellingOf('datadog/datadog', 'somethingNew'), 'somethingNew');
    assert.equal(spellingOf('hashicorp/azurerm', 'Standard_LRS'), 'Standard_LRS');
  });
});

describe('enumerations of an API', () => {
  const service: Service = {
    enums: new Map([
      ['LaunchKind', ['EC2', 'FARGATE']],
      ['VolumeKind', ['gp3', 'io2']],
      ['OtherKind', ['x']],
    ]),
    shapes: new Map([
      [
        'CreateServiceRequest',
        new Map([
          ['launchType', 'LaunchKind'],
          ['volumes', 'Volume'],
          ['name', 'string'],
          ['mode', 'OtherKind'],
        ]),
      ],
      ['Volume', new Map([['volumeKind', 'VolumeKind']])],
      [
        'Settings',
        new Map([
          ['sameEverywhere', 'OtherKind'],
          ['torn', 'OtherKind'],
          ['status', 'OtherKind'],
        ]),
      ],
      ['Others', new Map([['torn', 'VolumeKind']])],
    ]),
    words: new Set(),
  };

  async function match(at: string): Promise<string> {
    const { enumerationOf } = await load<Matching>('awsMatching.mjs');
    const argument = { kind: 'resource', type: 'aws_ecs_service', path: at, name: at.split('.').pop() ?? '' };
    const found = enumerationOf(argument, new Map([['ecs', service]]));
    return found === undefined ? '' : `${found.name} ${found.by}`;
  }

  it('belong to arguments by the path through what the operation takes', async () => {
    assert.equal(await match('launch_type'), 'LaunchKind path');
    assert.equal(await match('volume.volume_kind'), 'VolumeKind path');
    assert.equal(await match('mode'), 'OtherKind path');
  });

  it('or by a name that has one enumeration in the whole service', async () => {
    assert.equal(await match('nested.same_everywhere'), 'OtherKind field');
  });

  it('but not by a name that has several, says nothing, or is no enumeration', async () => {
    assert.equal(await match('torn'), '');
    assert.equal(await match('nested.status'), '');
    assert.equal(await match('name'), '');
    assert.equal(await match('nothing'), '');
  });
});

describe('machines', () => {
  it('are sorted by kind, generation and size, what is old last', async () => {
    const { instanceTypes } = await load<Machines>('instanceTypes.mjs');
    const given = [
      'm5.24xlarge',
      't1.micro',
      'm7i.xlarge',
      't3.2xlarge',
      'm5.large',
      't3.micro',
      'm7i.metal-24xl',
      'p3.2xlarge',
    ];
    assert.deepEqual(
      instanceTypes(given).map(({ value }) => value),
      [
        't3.micro',
        't3.2xlarge',
        'm7i.xlarge',
        'm7i.metal-24xl',
        'm5.large',
        'm5.24xlarge',
        't1.micro',
        'p3.2xlarge',
      ],
    );
  });

  it('keep what surrounds their name', async () => {
    const { instanceTypes } = await load<Machines>('instanceTypes.mjs');
    assert.deepEqual(instanceTypes(['db.t3.micro'], { prefix: 'db.' }), [
      { value: 'db.t3.micro', detail: '2 vCPU · 1 GiB' },
    ]);
  });
});

describe('the format of known values', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-format-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives back what was put in', async () => {
    const { packValues } = await load<Format>('format.mjs');
    const kinds: Place['values'] = [
      { value: 'a b', detail: 'first' },
      { value: 'c', documentation: 'One line.\nAnother.', deprecated: true },
      { value: '*', isDefault: true, detail: 'all of them' },
    ];
    const plain: Place['values'] = [{ value: 'x' }];
    const { bytes } = packValues(
      [
        { kind: 'provider', type: '', path: 'region', values: plain },
        { kind: 'resource', type: 'acme_thing', path: 'kind', values: kinds },
        { kind: 'resource', type: 'acme_thing', path: 'part.kind', values: plain },
        { kind: 'resource', type: 'acme_thing_else', path: 'kind', values: plain },
        { kind: 'ephemeral', type: 'acme_thing', path: 'kind', values: plain },
      ],
      [{ kind: 'resource', path: 'region', values: plain }],
    );
    writeFileSync(path.join(folder, 'acme-acme.tfv'), bytes);
    const known = openKnownValues(folder, (message) => assert.fail(message));
    const of = (
      kind: 'resource' | 'data' | 'ephemeral',
      type: string,
      ...names: string[]
    ): readonly KnownValue[] => known('acme/acme', kind, type, names);
    assert.deepEqual(of('resource', 'acme_thing', 'kind'), [
      { value: 'a b', detail: 'first' },
      { value: 'c', documentation: 'One line.\nAnother.', deprecated: true },
      { value: '*', detail: 'default · all of them' },
    ]);
    assert.deepEqual(of('resource', 'acme_thing', 'part', 'kind'), plain);
    assert.deepEqual(of('resource', 'acme_thing_else', 'kind'), plain);
    assert.deepEqual(of('ephemeral', 'acme_thing', 'kind'), plain);
    assert.deepEqual(of('resource', 'acme_new', 'region'), plain);
    assert.deepEqual(known('acme/acme', 'provider', 'ignored', ['region']), plain);
    assert.deepEqual(of('resource', 'acme_thing', 'region'), []);
    assert.deepEqual(of('data', 'acme_thing', 'kind'), []);
    assert.deepEqual(of('resource', 'acme_thing', 'kin'), []);
  });

  it('of another version is refused', () => {
    const packed = brotliCompressSync(Buffer.from('99 0\n'));
    writeFileSync(path.join(folder, 'acme-acme.tfv'), Buffer.concat([checksum(packed), packed]));
    const problems: string[] = [];
    const known = openKnownValues(folder, (message) => problems.push(message));
    assert.deepEqual(known('acme/acme', 'resource', 'acme_thing', ['kind']), []);
    assert.match(problems.join(), /format version 99 is not known/);
  });
});
