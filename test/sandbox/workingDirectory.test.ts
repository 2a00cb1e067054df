import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parse } from '../../server/hcl/parser';
import { overrideName, quote } from '../../server/sandbox/overrides';
import { SandboxError } from '../../server/sandbox/sandbox';
import { literalString } from '../../server/terraform/values';
import { Workspace, describeWithTerraform, snapshot } from './realTerraform';

describe('the override file', () => {
  it('has the last name of all, whatever others are called', () => {
    for (const other of [
      'main.tf',
      'zzz_override.tf',
      '~~_override.tf',
      'ÿ_override.tf.json',
      'override.tf',
    ]) {
      const name = overrideName([other], false);
      if (other.includes('override'))
        assert.ok(Buffer.compare(Buffer.from(other), Buffer.from(name)) < 0, name);
      assert.match(name, /_override\.tf$/);
    }
  });

  it('quotes every text so that HCL reads it back', () => {
    for (const text of [
      'plain',
      'a"b\\c',
      '${x} %{y} $${',
      'line\nend\r\t\b\f\0',
      '\u2028é😀',
      "it's `so`",
    ]) {
      const { body, errors } = parse(`a = ${quote(text)}\n`);
      assert.deepEqual(errors, []);
      const [item] = body.items;
      assert.equal(item?.kind === 'attribute' ? literalString(item.value) : undefined, text);
    }
  });
});

describeWithTerraform('the shadow of a folder', () => {
  const withWork = async (
    files: Readonly<Record<string, string>>,
    body: (work: Workspace) => Promise<void>,
    root = '.',
    folder = 'work',
  ): Promise<void> => {
    const work = new Workspace(files, root, folder);
    try {
      await body(work);
    } finally {
      await work.dispose();
    }
  };

  it('gives files, templates and names of folders as they are', async () => {
    const files = {
      'main.tf': `
output "text" {
  value = [
    file("\${path.module}/a.txt"), templatefile("t/hello.tftpl", { name = "you" }), fileexists("no.txt"),
    sort(fileset(path.root, "t/*")), basename(path.cwd), basename(abspath(path.root)), file(".git/HEAD"),
    filesha1("a.txt"), yamldecode(file("t/x.yaml")).a,
  ]
}
`,
      'a.txt': 'text',
      't/hello.tftpl': 'hello ${name}',
      't/x.yaml': 'a: 1\n',
      '.git/HEAD': 'ref',
    };
    await withWork(files, async (work) => {
      const apply = await work.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      const text = JSON.parse((await work.terraform('output', '-json', 'text')).stdout) as unknown[];
      assert.deepEqual(text.slice(0, 7), [
        'text',
        'hello you',
        false,
        ['t/hello.tftpl', 't/x.yaml'],
        'work',
        'work',
        'ref',
      ]);
    });
  });

  it('writes plans into folders of its own, where the person has folders', async () => {
    const files = { 'main.tf': 'output "a" { value = file("plans/note.txt") }\n', 'plans/note.txt': 'noted' };
    await withWork(files, async (work) => {
      const before = snapshot(work.folder);
      const session = await work.open();
      await work.terraform('init');
      session.prepareOutput('plans/deep/../new.tfplan');
      assert.equal((await work.terraform('plan', '-out=plans/new.tfplan')).code, 0);
      await work.open();
      const apply = await work.terraform('apply', 'plans/new.tfplan');
      assert.equal(apply.code, 0, apply.stderr);
      assert.match(apply.stdout, /a = "noted"/);
      assert.deepEqual(snapshot(work.folder), before);
      assert.throws(() => {
        session.prepareOutput('../../../outside.tfplan');
      }, SandboxError);
    });
  });

  it('is never written through a link that became a module, nor through one of its parents', async () => {
    await withWork({ 'main.tf': 'output "a" { value = 1 }\n', 'sub/deep/main.tf': '' }, async (work) => {
      assert.equal((await work.terraform('plan')).code, 0);
      work.write({ 'main.tf': 'module "m" { source = "./sub/deep" }\n' });
      const before = snapshot(work.folder);
      await work.close();
      assert.equal((await work.terraform('plan')).code, 0);
      assert.deepEqual(snapshot(work.folder), before);
    });
  });

  it('overrides last, also where the person overrides with a name from the end of the alphabet', async () => {
    const files = {
      'main.tf': 'terraform {\n  backend "s3" {}\n}\nresource "null_resource" "r" {}\n',
      'zzzz_override.tf':
        'terraform {\n  backend "gcs" {}\n}\nresource "null_resource" "r" {\n  provisioner "local-exec" { command = "touch ../../../../../ran" }\n}\n',
    };
    await withWork(files, async (work) => {
      const session = await work.open();
      assert.deepEqual(session.silencedProvisioners, ['null_resource.r']);
      assert.equal((await work.terraform('init')).code, 0);
      const apply = await work.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      assert.deepEqual(filesNamed(work.top, 'ran'), []);
    });
  });

  it('replaces every backend by a state of its own', async () => {
    const backends = [
      'backend "s3" {}',
      'backend "gcs" { bucket = "b" }',
      'backend "azurerm" {}',
      'backend "http" { address = "https://state.invalid" }',
      'backend "remote" {\n organization = "o"\n workspaces { name = "w" }\n }',
      'backend "consul" { path = "p" }',
      'backend "kubernetes" { secret_suffix = "s" }',
      'backend "pg" {}',
      'backend "local" { path = "../mine.tfstate" }',
      'cloud {\n organization = "o"\n workspaces { name = "w" }\n }',
    ];
    await withWork({ 'main.tf': '' }, async (work) => {
      for (const backend of backends) {
        work.write({
          'main.tf': `terraform {\n${backend}\n}\noutput "b" { value = ${JSON.stringify(backend)} }\n`,
        });
        await work.close();
        const apply = await work.terraform('apply', '-auto-approve');
        assert.equal(apply.code, 0, `${backend}\n${apply.stderr}`);
      }
      assert.deepEqual(readdirSync(work.folder), ['main.tf']);
    });
  }).timeout(40_000);

  it('blanks provisioners of removed blocks, and runs the removal', async () => {
    const created = 'resource "null_resource" "r" {}\n';
    const removed = `removed {
  from = null_resource.r
  lifecycle { destroy = true }
  provisioner "local-exec" {
    when    = destroy
    command = "touch ../../../../../ran"
  }
}
output "wrong" { value = nothing.at.all }
`;
    await withWork({ 'main.tf': created }, async (work) => {
      assert.equal((await work.terraform('apply', '-auto-approve')).code, 0);
      work.write({ 'main.tf': removed });
      await work.close();
      assert.match((await work.terraform('plan')).stderr, /on main\.tf line 9/, 'lines stay where they are');
      work.write({ 'main.tf': removed.replace(/output.*\n/, '') });
      await work.close();
      const apply = await work.terraform('apply', '-auto-approve');
      assert.match(apply.stdout, /1 destroyed/, apply.stderr);
      assert.deepEqual(filesNamed(work.top, 'ran'), []);
    });
  });

  it('runs provisioners that were agreed to, in a shadow of their own and with the same state', async () => {
    const files = {
      'main.tf':
        'resource "null_resource" "r" {\n  provisioner "local-exec" { command = "echo ran > ran.txt" }\n}\n',
    };
    await withWork(files, async (work) => {
      const before = snapshot(work.folder);
      const quiet = await work.open();
      await work.terraform('init');
      const agreed = await work.open({ allowProvisioners: true });
      assert.deepEqual(agreed.silencedProvisioners, []);
      assert.notEqual(agreed.workingDirectory, quiet.workingDirectory);
      await work.terraform('init');
      const plan = path.join(work.top, 'agreed.tfplan');
      assert.equal((await work.terraform('plan', `-out=${plan}`)).code, 0);
      agreed.checkPlan(plan);
      assert.throws(() => {
        quiet.checkPlan(plan);
      }, /--allow-provisioners/);
      assert.equal((await work.terraform('apply', plan)).code, 0);
      assert.equal(readFileSync(path.join(agreed.workingDirectory, 'ran.txt'), 'utf8'), 'ran\n');
      assert.deepEqual(snapshot(work.folder), before);
      await work.open();
      assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0, 'the state is the same one');
    });
  });

  it('has no effect outside for files, programs and requests of providers', async () => {
    const files = {
      'main.tf': `
resource "local_file" "f" {
  filename = "\${path.module}/../../../../../../written.txt"
  content  = "x"
}
resource "local_sensitive_file" "s" {
  filename = "written.txt"
  content  = "x"
}
data "external" "e" { program = ["sh", "-c", "touch ../../../../../ran; echo '{}'"] }
data "http" "h" { url = "http://127.0.0.1:9/" }
`,
    };
    await withWork(files, async (work) => {
      const apply = await work.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      assert.deepEqual(filesNamed(work.top, 'ran'), []);
      for (const file of filesNamed(work.top, 'written.txt')) assert.match(file, /^home[/\\]/);
    });
  });

  it('stays inside for folders with hostile names', async () => {
    const nasty = 'it\'s "${a}" %{b} é😀 \\ $(x)';
    const files = {
      [`${nasty}/main.tf`]: `module "m" { source = "./${'x'.repeat(120)}" }\noutput "a" { value = module.m.a }\n`,
      [`${nasty}/${'x'.repeat(120)}/main.tf`]: 'output "a" { value = file("${path.module}/t") }\n',
      [`${nasty}/${'x'.repeat(120)}/t`]: 'read',
    };
    const run = async (work: Workspace): Promise<void> => {
      const apply = await work.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      assert.match(apply.stdout, /a = "read"/);
      for (const name of readdirSync(path.join(work.top, 'home'))) assert.match(name, /^[A-Za-z0-9._-]+$/);
    };
    await withWork(files, run, nasty);
  });

  it('stays inside for addresses with hostile keys', async () => {
    const files = {
      'main.tf': `
locals { keys = ["../../../../up", "a\\"b", "\${"$"}{x}", "é😀", "${'long'.repeat(100)}", " "] }
resource "aws_s3_bucket" "b" {
  for_each = toset(local.keys)
  bucket   = each.key
}
resource "local_file" "f" {
  for_each = { for key in local.keys : key => key if length(key) < 50 }
  filename = each.key
  content  = "x"
}
`,
    };
    await withWork(files, async (work) => {
      const before = readdirSync(work.top);
      const apply = await work.terraform('apply', '-auto-approve');
      assert.match(apply.stdout, /11 added/, apply.stderr);
      assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0);
      assert.deepEqual(readdirSync(work.top), [...before, 'home'].sort());
    });
  });

  it('does for configuration in JSON what it does for the native syntax', async () => {
    const command = 'touch ../../../../../ran';
    const root = {
      terraform: { backend: { s3: { bucket: 'b', key: 'k' } } },
      variable: { size: { default: 2 } },
      resource: {
        null_resource: {
          run: [
            {
              count: '${var.size}',
              provisioner: [{ 'local-exec': { command } }, { 'local-exec': { command } }],
            },
          ],
        },
        aws_instance: {
          web: { ami: 'ami-1', instance_type: 't3.micro', root_block_device: [{ volume_size: 10 }] },
        },
      },
      data: {
        terraform_remote_state: {
          net: { backend: 's3', config: { bucket: 'b', key: 'net', region: 'us-east-1' } },
        },
      },
      module: { inner: { source: './inner' } },
      output: { id: { value: '${data.terraform_remote_state.net.outputs.vpc_id}' } },
    };
    const inner = { resource: { null_resource: { deep: { provisioner: { 'local-exec': { command } } } } } };
    const files = { 'main.tf.json': JSON.stringify(root), 'inner/main.tf.json': JSON.stringify(inner) };
    await withWork(files, async (work) => {
      const before = snapshot(work.folder);
      const session = await work.open();
      assert.deepEqual(session.silencedProvisioners, [
        'null_resource.run',
        'module.inner.null_resource.deep',
      ]);
      assert.equal((await work.terraform('init')).code, 0);
      const apply = await work.terraform('apply', '-auto-approve');
      assert.match(apply.stdout, /4 added/, apply.stderr);
      assert.match(apply.stdout, /id = "vpc-[0-9a-f]{17}"/);
      assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0);
      assert.deepEqual(filesNamed(work.top, 'ran'), []);
      assert.deepEqual(snapshot(work.folder), before);
    });
  });

  it('says which removed block in JSON it cannot silence', async () => {
    const removed = {
      removed: [
        { from: 'null_resource.x', provisioner: { 'local-exec': { command: 'true', when: 'destroy' } } },
      ],
    };
    await withWork({ 'main.tf.json': JSON.stringify(removed) }, async (work) => {
      await assert.rejects(work.open(), /main\.tf\.json holds a provisioner in a "removed" block/);
    });
  });

  it('leaves out links that lead nowhere and follows those that lead somewhere', async () => {
    await withWork(
      { 'main.tf': 'output "a" { value = file("linked.txt") }\n', 'real/x.txt': 'there' },
      async (work) => {
        symlinkSync(path.join(work.folder, 'real/x.txt'), path.join(work.folder, 'linked.txt'));
        symlinkSync(path.join(work.folder, 'gone.txt'), path.join(work.folder, 'dangling.txt'));
        symlinkSync(work.folder, path.join(work.folder, 'real/loop'));
        const apply = await work.terraform('apply', '-auto-approve');
        assert.equal(apply.code, 0, apply.stderr);
        assert.match(apply.stdout, /a = "there"/);
      },
    );
  });

  it('keeps the state and lock file of real runs out, and leaves them alone', async () => {
    const files = {
      'main.tf': 'resource "random_id" "a" { byte_length = 2 }\n',
      'terraform.tfstate': '{"broken": ',
      '.terraform.lock.hcl': 'provider "registry.terraform.io/hashicorp/random" {\n  version = "9.9.9"\n}\n',
      '.terraform/terraform.tfstate': '{"broken": ',
      '.terraform/environment': 'production',
    };
    await withWork(files, async (work) => {
      const before = snapshot(work.folder);
      const apply = await work.terraform('apply', '-auto-approve');
      assert.match(apply.stdout, /1 added/, apply.stderr);
      assert.match((await work.terraform('workspace', 'show')).stdout, /^default/);
      assert.deepEqual(snapshot(work.folder), before);
      const { workingDirectory } = await work.open();
      assert.equal(existsSync(path.join(workingDirectory, 'terraform.tfstate')), false);
      mkdirSync(path.join(workingDirectory, 'own'));
      writeFileSync(path.join(workingDirectory, 'own.tfplan'), '');
      await work.open();
      assert.ok(lstatSync(path.join(workingDirectory, 'own.tfplan')).isFile(), 'what terraform wrote stays');
    });
  });
});

function filesNamed(folder: string, name: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => path.basename(file) === name,
  );
}
