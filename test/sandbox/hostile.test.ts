import assert from 'node:assert/strict';
import { Workspace, describeWithTerraform } from './realTerraform';

const deep = (levels: number): string =>
  levels === 0 ? '"x"' : `{ a = ${deep(levels - 1)}, "ключ-${levels}" = [1, 2] }`;

describeWithTerraform('configurations nobody writes by hand', function () {
  this.timeout(60_000);

  it('are applied and settle: long texts, names in other scripts, deep values, many equal objects', async () => {
    const work = new Workspace({
      'main.tf': `
resource "aws_ssm_parameter" "long" {
  name  = "/模型/${'n'.repeat(900)}"
  type  = "String"
  value = "${'é'.repeat(10_000)}"
  tags  = { "ключ" = "значение \\"quoted\\"", "emoji 🚀" = "../../etc" }
}
resource "kubernetes_manifest" "deep" {
  manifest = { apiVersion = "v1", kind = "ConfigMap", metadata = { name = "x" }, data = ${deep(12)} }
}
resource "aws_sns_topic" "same" { count = 40 }
resource "random_id" "same" {
  count       = 40
  byte_length = 4
}
output "topics" { value = length(distinct(aws_sns_topic.same[*].arn)) }
output "ids" { value = length(distinct(random_id.same[*].hex)) }
`,
    });
    try {
      const apply = await work.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      assert.match(apply.stdout, /topics = 40/);
      assert.match(apply.stdout, /ids = 40/);
      const settled = await work.terraform('plan', '-detailed-exitcode');
      assert.equal(settled.code, 0, settled.stdout.slice(-2000) + settled.stderr);
    } finally {
      await work.dispose();
    }
  });

  it('import, move and change: nothing is replaced that only was not known', async () => {
    const bucket = (rest: string): string => `resource "aws_s3_bucket" "b" {\n  bucket = "data"\n${rest}}\n`;
    const work = new Workspace({
      'main.tf': `import {\n  to = aws_s3_bucket.b\n  id = "data"\n}\n${bucket('')}`,
    });
    try {
      const imported = await work.terraform('apply', '-auto-approve');
      assert.equal(imported.code, 0, imported.stderr);
      assert.match(imported.stdout, /1 imported, 0 added, \d changed, 0 destroyed/);
      assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0);
      await work.close();
      work.write({
        'main.tf': `${bucket('  force_destroy = true\n').replace('"b"', '"c"')}moved {\n  from = aws_s3_bucket.b\n  to   = aws_s3_bucket.c\n}\n`,
      });
      const moved = await work.terraform('apply', '-auto-approve');
      assert.match(moved.stdout, /0 added, 1 changed, 0 destroyed/, moved.stderr);
      assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0);
      await work.close();
      work.write({ 'main.tf': bucket('').replace('"b"', '"c"') });
      const removed = await work.terraform('apply', '-auto-approve');
      assert.match(removed.stdout, /force_destroy += true -> false/, removed.stderr);
      assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0);
    } finally {
      await work.dispose();
    }
  });

  it('use write-only arguments, ephemeral values and write nothing of them into the state', async () => {
    const work = new Workspace({
      'main.tf': `
ephemeral "random_password" "p" { length = 20 }
resource "aws_secretsmanager_secret" "s" { name = "s" }
resource "aws_secretsmanager_secret_version" "v" {
  secret_id                = aws_secretsmanager_secret.s.id
  secret_string_wo         = ephemeral.random_password.p.result
  secret_string_wo_version = 1
}
`,
    });
    try {
      const apply = await work.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0);
      const { stdout } = await work.terraform('state', 'pull');
      assert.match(stdout, /"secret_string_wo": null/);
    } finally {
      await work.dispose();
    }
  });
});
