import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Editor } from './codeServer';
import { languageServerOf, openExample } from './openExample';
import type { Workbench } from './workbench';

/** A module that needs no provider, with a test and a template. */
const sizes = {
  'sizes.tf': `variable "size" {
  type    = number
  default = 1
}

output "double" {
  value = var.size * 2
}

output "page" {
  value = templatefile("\${path.module}/page.txt.tftpl", { title = "Sizes", sizes = [var.size] })
}
`,
  'page.txt.tftpl': '',
  'sizes.tftest.hcl': `run "doubles" {
  command = plan

  assert {
    condition     = output.double == 2
    error_message = "It is not double."
  }
}
`,
};

/** What a person meets who writes Terraform in VS Code with the installed extension. */
describe('authoring', () => {
  const opened = openExample('authoring', (workspace) => {
    mkdirSync(path.join(workspace, '.vscode'));
    mkdirSync(path.join(workspace, 'sizes'));
    for (const [name, text] of Object.entries(sizes))
      writeFileSync(path.join(workspace, 'sizes', name), text);
    return undefined;
  });
  let workspace: string;
  let editor: Editor;
  let workbench: Workbench;

  before(() => {
    ({ workspace, editor, workbench } = opened());
  });

  it('opens the example without any problem and colours it', async () => {
    await workbench.openFile('main.tf');
    const comment = editor.page
      .locator('.view-line > span > span', { hasText: 'One bucket for the data set' })
      .first();
    await comment.waitFor();
    const plain = editor.page.locator('.view-line > span > span', { hasText: 'aws_instance' }).first();
    const colour = async (target: typeof plain): Promise<string> =>
      target.evaluate((node) => getComputedStyle(node).color);
    // Grammars are loaded after the text is drawn.
    let isColoured = false;
    for (let attempt = 0; attempt < 100 && !isColoured; attempt += 1) {
      isColoured = (await colour(comment)) !== (await colour(plain));
      if (!isColoured) await editor.page.waitForTimeout(100);
    }
    assert.ok(isColoured, 'a comment looks like all other text');
    await workbench.picture('example');
  });

  it('completes resource types from the bundled schema', async () => {
    await workbench.goToLine(500);
    await workbench.type('\n\nresource "aws_s3_bucket_ver');
    await workbench.completion('aws_s3_bucket_versioning');
    await workbench.picture('complete-type');
    await editor.page.keyboard.press('Enter');
    await workbench.textIs(/resource "aws_s3_bucket_versioning/);
  });

  it('completes arguments with documentation', async () => {
    await workbench.replaceAll('resource "aws_instance" "extra" {\n  inst\n}\n');
    await workbench.goToLine(2);
    await workbench.completion('instance_type');
    await workbench.showDetails();
    await workbench.picture('complete-argument');
    await editor.page.keyboard.press('Escape');
  });

  it('offers the values that an argument is known to take', async () => {
    await workbench.replaceAll('resource "aws_instance" "extra" {\n  instance_type = "p5"\n}\n');
    await workbench.goToLine(2);
    await editor.page.keyboard.press('ArrowLeft');
    await workbench.completion('p5.48xlarge');
    await workbench.showDetails();
    await workbench.picture('complete-value');
    await editor.page.keyboard.press('Escape');
  });

  it('completes names and attributes of other files', async () => {
    await workbench.replaceAll('locals {\n  cluster = aws_ecs_cluster.\n}\n');
    await workbench.goToLine(2);
    await workbench.completion('main');
    await editor.page.keyboard.press('Escape');
    await workbench.type('main.');
    await workbench.completion('arn');
    await workbench.picture('complete-reference');
    await editor.page.keyboard.press('Escape');
  });

  it('underlines an unknown argument and a syntax error as one types', async () => {
    const squiggle = editor.page.locator('.squiggly-error').first();
    const sound = 'resource "aws_ecs_cluster" "other" {\n  name = "other"\n}\n';
    for (const broken of [
      sound.replace('}', '  nmae = 1\n}'),
      // Left as it is for the picture.
      sound.replace('name =', 'name = ='),
    ]) {
      // What is underlined afterwards comes from this mistake and no earlier one.
      await workbench.replaceAll(sound);
      await squiggle.waitFor({ state: 'detached' });
      await workbench.replaceAll(broken);
      await squiggle.waitFor();
    }
    await workbench.picture('diagnostics');
    await workbench.revert();
    await squiggle.waitFor({ state: 'detached' });
  });

  it('shows documentation on hover and goes to a definition in another file', async () => {
    await workbench.openFile('serving.tf');
    await workbench.placeCursor('aws_ecs_cluster.main.id', 4);
    await workbench.command('Show or Focus Hover');
    await editor.page.locator('.monaco-hover', { hasText: 'aws_ecs_cluster' }).first().waitFor();
    // The hover fades in.
    await editor.page.waitForTimeout(500);
    await workbench.picture('hover');
    await editor.page.keyboard.press('Escape');
    await workbench.placeCursor('var.subnet_ids', 6);
    await editor.page.keyboard.press('F12');
    await editor.page.locator('.tab.active[data-resource-name="variables.tf"]').waitFor();
  });

  it('mends a mistake with a quick fix', async () => {
    await workbench.openFile('outputs.tf');
    await workbench.replaceAll('output "region" {\n  value = var.regoin\n}\n');
    await editor.page.locator('.squiggly-error').first().waitFor();
    await workbench.placeCursor('var.regoin', 6);
    const fix = await workbench.quickFix('Change to "var.region"');
    await workbench.picture('quick-fix');
    await fix.click();
    await editor.page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    await workbench.textIs(/value = var\.region/);
    await workbench.revert();
  });

  it('renames a resource everywhere, and tells Terraform that it moved', async () => {
    await workbench.openFile('serving.tf');
    await workbench.placeCursor('aws_ecs_cluster.main.id', 17);
    await editor.page.keyboard.press('F2');
    const box = editor.page.locator('.rename-box input.rename-input, .rename-box .rename-input').first();
    await box.waitFor();
    await workbench.picture('rename');
    await box.fill('service');
    await editor.page.keyboard.press('Enter');
    await workbench.textIs(/aws_ecs_cluster\.service\.id/);
    await workbench.textIs(/from = aws_ecs_cluster\.main/);
    await workbench.revert();
  });

  it('shows what expressions give, once that is wanted', async () => {
    await workbench.openFile('outputs.tf');
    await workbench.replaceAll(
      'locals {\n  bucket = "${var.project}-data"\n}\noutput "bucket" {\n  value = upper(local.bucket)\n}\n',
    );
    writeFileSync(
      path.join(workspace, '.vscode', 'settings.json'),
      JSON.stringify({ 'terratrain.inlayHints.values': true }),
    );
    await editor.page.locator('.view-line', { hasText: 'IMAGE-CLASSIFIER-DATA' }).first().waitFor();
    await workbench.picture('inlay-hints');
    rmSync(path.join(workspace, '.vscode', 'settings.json'));
    await workbench.revert();
  });

  it('puts a block into a module of its own', async () => {
    await workbench.openFile('serving.tf');
    await workbench.placeCursor('resource "aws_ecr_repository"', 3);
    await workbench.command('Refactor...');
    const action = editor.page.locator('.action-widget .monaco-list-row', { hasText: /module/i });
    await action.first().waitFor();
    await workbench.picture('refactor');
    await action.first().click();
    await workbench.textIs(/module "\w+" \{/);
    await workbench.picture('extract-module');
    // It is one step for undo too, in all files.
    await editor.page.keyboard.press('Control+Z');
    await workbench.textIs(/resource "aws_ecr_repository"/);
    // VS Code saves what a refactoring changed, but not what takes it back.
    await workbench.command('File: Save All');
    await editor.page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
  });

  it('completes templates with the variables of the call that names them', async () => {
    await workbench.openFile('page.txt.tftpl');
    await workbench.type('Welcome to ${');
    await workbench.completion('title');
    await workbench.picture('template');
    await editor.page.keyboard.press('Escape');
    await workbench.revert();
  });

  it('runs the tests of a module from above them', async () => {
    await workbench.openFile('sizes.tftest.hcl');
    const lens = editor.page.locator('.codelens-decoration a', { hasText: 'Run tests' });
    await lens.first().click();
    await workbench.terminal([/run "doubles"\.\.\. pass/, /1 passed, 0 failed/]);
    await workbench.picture('run-tests');
    await workbench.command('View: Toggle Panel Visibility');
  });

  it('offers to plan the root module and to show its graph, above the code', async () => {
    await workbench.openFile('versions.tf');
    const lens = editor.page.locator('.codelens-decoration a');
    await lens.filter({ hasText: 'Plan' }).first().waitFor();
    await lens.filter({ hasText: 'Graph' }).first().click();
    const view = await workbench.webview('graph');
    await view.locator('.box').first().waitFor();
    await workbench.picture('lenses');
    await workbench.command('View: Close All Editors');
  });

  it('starts its language server again when that dies, says so, and answers as before', async () => {
    await workbench.openFile('outputs.tf');
    const first = languageServerOf(editor);
    process.kill(first, 'SIGKILL');
    await editor.page
      .locator('.notification-toast', { hasText: 'ended unexpectedly and was started again' })
      .first()
      .waitFor();
    await workbench.picture('server-restarted');
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.openFile('outputs.tf');
    await workbench.replaceAll('output "region" {\n  value = var.regoin\n}\n');
    await editor.page.locator('.squiggly-error').first().waitFor();
    assert.notEqual(languageServerOf(editor), first);
    await workbench.revert();
  });
});
