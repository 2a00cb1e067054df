import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { BlockSchema } from '../../server/providers/schema';

interface Prose {
  readonly readDeclarations: (archive: string) => Promise<{ readonly package: string }>;
  readonly describeBlocks: (
    blocks: ReadonlyMap<string, BlockSchema>,
    declarations: unknown,
  ) => { readonly paired: number; readonly types: number; readonly described: number };
}

const instance = `/**
 * Provides an EC2 instance resource.
 *
 * ## Example Usage
 */
export declare class Instance extends pulumi.CustomResource {
}
export interface InstanceState {
    /**
     * Size. Needs \`launchTemplate\` or not, see \`aws.ec2.Instance\` and \`aws.rds.Instance\`.
     */
    instanceType?: pulumi.Input<string | undefined>;
    /**
     * Disks.
     *
     * @deprecated use volumes instead
     */
    ebsBlockDevices?: pulumi.Input<pulumi.Input<inputs.ec2.InstanceEbsBlockDevice>[] | undefined>;
    /**
     * Where to start from.
     */
    launchTemplate?: pulumi.Input<string | undefined>;
}
`;
const input = `export declare namespace ec2 {
    interface InstanceEbsBlockDevice {
        /**
         * ${'A sentence about the size of the volume. '.repeat(30).trim()}
         */
        volumeSize?: pulumi.Input<number | undefined>;
    }
}
`;

describe('descriptions from a second package', () => {
  let folder: string;
  let prose: Prose;

  before(async () => {
    const file = path.join(__dirname, '../../server/providers/data/prose.mjs');
    prose = (await import(pathToFileURL(file).href)) as Prose;
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-prose-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function archive(license: string): string {
    const files = {
      'package.json': JSON.stringify({ name: '@pulumi/aws', version: '7.0.0', license }),
      'ec2/instance.d.ts': instance,
      'types/input.d.ts': input,
      'ec2/instance.js': 'not read',
    };
    const file = path.join(folder, 'package.tgz');
    writeFileSync(file, gzipSync(tar(files)));
    return file;
  }

  it('go to the attributes and blocks of the same type, in the spelling of Terraform', async () => {
    const declarations = await prose.readDeclarations(archive('Apache-2.0'));
    assert.equal(declarations.package, '@pulumi/aws@7.0.0');
    const block: BlockSchema = {
      attributes: {
        instance_type: { type: 'string', optional: true },
        launch_template: { type: 'string', optional: true, description: 'Said before.' },
      },
      blocks: {
        ebs_block_device: {
          nesting: 'set',
          minItems: 0,
          maxItems: 0,
          block: { attributes: { volume_size: { type: 'number', optional: true } }, blocks: {} },
        },
      },
    };
    const other: BlockSchema = { attributes: { name: { type: 'string', optional: true } }, blocks: {} };
    const blocks = new Map([
      ['resource.aws_instance', block],
      ['resource.aws_other', other],
    ]);
    assert.deepEqual(prose.describeBlocks(blocks, declarations), { paired: 1, types: 2, described: 2 });
    assert.equal(block.description, 'Provides an EC2 instance resource.');
    assert.equal(
      block.attributes.instance_type?.description,
      'Size. Needs `launch_template` or not, see `aws_instance` and `aws.rds.Instance`.',
    );
    assert.equal(block.attributes.launch_template?.description, 'Said before.');
    const disks = block.blocks.ebs_block_device?.block;
    assert.equal(disks?.description, 'Disks.\n\nDeprecated: use volumes instead');
    assert.equal(disks.deprecated, true);
    const long = disks.attributes.volume_size?.description ?? '';
    assert.ok(long.length > 300 && long.length <= 700 && long.endsWith('.'), long);
    assert.deepEqual(other.attributes.name, { type: 'string', optional: true });
  });

  it('are refused under another licence than the notice names', async () => {
    await assert.rejects(prose.readDeclarations(archive('proprietary')), /another licence.*proprietary/);
  });
});

/** An archive as npm packs it: everything below `package/`. */
function tar(files: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(files).flatMap(([name, text]) => {
    const contents = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(`package/${name}`, 0);
    header.write(`${contents.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('0', 156);
    return [header, contents, Buffer.alloc((512 - (contents.length % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}
