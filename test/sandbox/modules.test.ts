import assert from 'node:assert/strict';
import { SandboxError } from '../../server/sandbox/sandbox';
import { Workspace, describeWithTerraform, snapshot } from './realTerraform';

const withWork = async (
  files: Readonly<Record<string, string>>,
  body: (work: Workspace) => Promise<void>,
): Promise<void> => {
  const work = new Workspace(files);
  try {
    await body(work);
  } finally {
    await work.dispose();
  }
};

describeWithTerraform('modules that are not on this machine', () => {
  const main = `
provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "far"
  region = "eu-west-1"
}
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.1, != 5.1.0"
  name    = "net"
  azs     = ["a", "b"]
  providers = {
    aws     = aws
    aws.far = aws.far
  }
}
module "git" {
  source   = "github.com/example/things//inner?ref=v1"
  for_each = toset(["x", "y"])
  name     = each.key
}
module "ssh" { source = "git::ssh://git@example.com/things.git" }
module "file" { source = "https://example.com/things.zip" }
resource "aws_instance" "one" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = module.vpc.private_subnets[0]
  vpc_security_group_ids = [module.vpc.default_security_group_id]
}
resource "aws_subnet" "each" {
  for_each   = module.git
  vpc_id     = module.vpc.vpc_id
  cidr_block = each.value.cidr
}
resource "aws_eip" "all" {
  for_each = toset(module.vpc.public_subnets)
  domain   = each.key
}
output "zones" { value = join(",", module.ssh.zones) }
output "port" { value = module.file.port + 1 }
output "enabled" { value = module.file.enabled ? 1 : 2 }
`;

  it('are named, with the ways on', async () => {
    await withWork({ 'main.tf': main }, async (work) => {
      await assert.rejects(work.open(), (error: unknown) => {
        assert.ok(error instanceof SandboxError);
        assert.match(
          error.message,
          /^module\.vpc \(.*main\.tf\) is not on this machine.*terraform get.*--stub-modules/,
        );
        return true;
      });
    });
  });

  it('get stand-ins when the person says so: any argument goes in, what is used comes out', async () => {
    await withWork({ 'main.tf': main }, async (work) => {
      const before = snapshot(work.folder);
      const session = await work.open({ stubModules: true });
      assert.equal(session.notices.length, 4);
      assert.match(
        session.notices[0] ?? '',
        /^module\.vpc is a stand-in for terraform-aws-modules\/vpc\/aws/,
      );
      const init = await work.terraform('init');
      assert.equal(init.code, 0, init.stderr);
      const apply = await work.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      assert.match(apply.stdout, /6 added/);
      assert.match(apply.stdout, /zones = "us-east-1a,us-east-1b,us-east-1c"/);
      await work.open({ stubModules: true });
      assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0);
      assert.deepEqual(snapshot(work.folder), before);
    });
  });

  it('may lie below modules that are', async () => {
    const files = {
      'main.tf': 'module "a" { source = "./a" }\noutput "id" { value = module.a.id }\n',
      'a/main.tf':
        'module "b" {\n  source = "example/b/aws"\n  x = 1\n}\noutput "id" { value = module.b.id }\n',
    };
    await withWork(files, async (work) => {
      await work.open({ stubModules: true });
      const init = await work.terraform('init');
      assert.equal(init.code, 0, init.stderr);
      assert.match((await work.terraform('plan')).stdout, /\+ id = "simulated-/);
    });
  });

  it('are not invented where a local source is wrong', async () => {
    await withWork({ 'main.tf': 'module "a" { source = "./a" }\n' }, async (work) => {
      await assert.rejects(work.open({ stubModules: true }), /"\.\/a" is no folder with configuration/);
    });
  });

  it('keep those beside them that were downloaded, nested ones too', async () => {
    const module = (source: string): string =>
      `module "in" { source = "${source}" }\noutput "id" { value = module.in.id }\n`;
    const dir = '.terraform/modules';
    const files = {
      'main.tf':
        'module "net" {\n  source  = "example/net/aws"\n  version = "1.2.3"\n}\nmodule "other" { source = "example/other/aws" }\noutput "id" { value = module.net.id }\noutput "other" { value = module.other.id }\n',
      [`${dir}/net/main.tf`]: module('example/deep/aws'),
      [`${dir}/net.in/main.tf`]: module('./own'),
      [`${dir}/net.in/own/main.tf`]:
        'resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }\noutput "id" { value = aws_vpc.v.id }\n',
      [`${dir}/modules.json`]: JSON.stringify({
        Modules: [
          { Key: '', Source: '', Dir: '.' },
          {
            Key: 'net',
            Source: 'registry.terraform.io/example/net/aws',
            Version: '1.2.3',
            Dir: `${dir}/net`,
          },
          {
            Key: 'net.in',
            Source: 'registry.terraform.io/example/deep/aws',
            Version: '2.0.0',
            Dir: `${dir}/net.in`,
          },
          { Key: 'net.in.in', Source: './own', Dir: `${dir}/net.in/own` },
        ],
      }),
    };
    await withWork(files, async (work) => {
      const before = snapshot(work.folder);
      await work.open({ stubModules: true });
      const init = await work.terraform('init');
      assert.equal(init.code, 0, init.stderr);
      const apply = await work.terraform('apply', '-auto-approve');
      assert.match(apply.stdout, /id = "vpc-[0-9a-f]{17}"/, apply.stderr);
      assert.match(apply.stdout, /other = "simulated-/);
      assert.deepEqual(snapshot(work.folder), before);
    });
  });
});
