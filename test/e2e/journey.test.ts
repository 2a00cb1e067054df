import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import type { Editor } from './codeServer';
import { openExample } from './openExample';
import type { Workbench } from './workbench';

/**
 * The journey of a newcomer through the installed extension, in one VS Code: graph, plan, apply, train, infer.
 * Each step builds on the one before it, and leaves a screenshot.
 */
describe('the journey', () => {
  const opened = openExample('journey', (workspace, folder) => {
    useOnlyBundledImages(path.join(workspace, 'train.json'));
    return { env: { TERRATRAIN_SANDBOX_HOME: path.join(folder, 'sandbox') } };
  });
  let folder: string;
  let workspace: string;
  let editor: Editor;
  let workbench: Workbench;

  before(() => {
    ({ folder, workspace, editor, workbench } = opened());
  });

  describe('graph', () => {
    it('draws the modules and both kinds of edge beside the editor', async () => {
      await workbench.openFile('serving.tf');
      await workbench.command('Terratrain: Show Dependency Graph');
      await workbench.command('View: Toggle Primary Side Bar Visibility');
      const view = await workbench.webview('graph');
      await view.locator('.box[data-id="aws_ecs_service.server"]').waitFor();
      assert.ok((await view.locator('.line.explicit').count()) >= 1);
      assert.ok((await view.locator('.line.implicit').count()) >= 5);
      await view.getByRole('button', { name: 'Show the whole graph (0)' }).click();
      await workbench.picture('graph');
    });

    it('follows edits and opens the block that is clicked', async () => {
      await editor.page.locator('.tab[data-resource-name="serving.tf"]').first().click();
      await workbench.goToLine(500);
      await workbench.type('\n\nresource "aws_sqs_queue" "jobs" {\n');
      const view = await workbench.webview('graph');
      const box = view.locator('.box[data-id="aws_sqs_queue.jobs"]');
      await box.waitFor();
      await workbench.picture('graph-live');
      await view.locator('.box[data-id="aws_ecr_repository.server"]').click();
      await editor.page.locator('.statusbar-item', { hasText: /^Ln 3,/ }).waitFor();
      await workbench.revert('serving.tf');
      await box.waitFor({ state: 'detached' });
    });
  });

  describe('views', () => {
    it('lists root modules, called modules and resources', async () => {
      await workbench.command('Terratrain: Focus on Infrastructure View');
      await editor.page
        .locator('.pane-body .monaco-list-row', { hasText: 'aws_ecs_service' })
        .first()
        .waitFor();
      await workbench.picture('infrastructure');
    });
  });

  describe('plan and apply', () => {
    it('asks once for the target, then plans in the sandbox', async () => {
      await workbench.openFile('serving.tf');
      await workbench.command('Terratrain: Plan');
      await workbench.pick('Sandbox');
      await workbench.terminal([/Plan: 11 to create/]);
      await workbench.picture('plan');
    });

    it('applies exactly the reviewed plan', async () => {
      await workbench.command('Terratrain: Apply');
      await workbench.dialogButton('Apply');
      await workbench.terminal([/Applied in .* 11 added/]);
      await workbench.picture('apply');
    });

    it('leaves nothing in the folder of the person', () => {
      const left = readdirSync(workspace).filter((name) => /^\.terraform|tfstate|lock\.hcl$/.test(name));
      assert.deepEqual(left, []);
    });
  });

  describe('training', () => {
    it('draws the curves of a run, survives a reload of the window, and saves the model', async function () {
      this.timeout(420_000);
      await workbench.command('View: Hide Panel');
      await workbench.openFile('train.json');
      await editor.page.locator('.codelens-decoration', { hasText: 'Train' }).first().waitFor();
      await workbench.command('Terratrain: Train Model');
      let view = await workbench.webview('training');
      await view.getByText('Learning rate').first().waitFor();
      await workbench.picture('train-panel');
      await view.getByRole('button', { name: 'Start Training' }).click();
      await view
        .getByText(/samples\/s/)
        .first()
        .waitFor();
      await view
        .getByText(/epoch 2 of 5/)
        .first()
        .waitFor({ timeout: 90_000 });
      await workbench.picture('training');

      await editor.reload();
      // The run went on; its panel comes back by itself.
      view = await workbench.webview('training');
      await view
        .getByText(/samples\/s/)
        .first()
        .waitFor();
      await workbench.picture('training-after-reload');

      await view.getByText('image_classifier.h5').first().waitFor({ timeout: 300_000 });
      await workbench.picture('trained');
      const runs = path.join(workspace, '.terratrain/runs');
      const [run] = readdirSync(runs);
      assert.ok(run !== undefined && existsSync(path.join(runs, run, 'image_classifier.h5')));
      const events = readFileSync(path.join(runs, run, 'events.jsonl'), 'utf8')
        .trim()
        .split('\n');
      const last = JSON.parse(events.at(-1) ?? '{}') as {
        type: string;
        status: string;
        test_accuracy: number;
      };
      assert.equal(last.status, 'completed');
      assert.ok(last.test_accuracy >= 0.8, String(last.test_accuracy));
    });
  });

  describe('inference', () => {
    it('predicts an example image in the panel', async () => {
      const training = await workbench.webview('training');
      await training.getByRole('button', { name: 'Try the Model' }).click();
      const view = await workbench.webview('inference');
      await view
        .getByText(/127\.0\.0\.1:\d+\/predict/)
        .first()
        .waitFor();
      await view.getByRole('button', { name: 'Example: Ankle boot' }).click();
      await view.locator('.bars li.best', { hasText: 'Ankle boot' }).waitFor();
      await workbench.picture('inference');
    });

    it('predicts what is drawn, and a picture of another size from a file', async () => {
      const view = await workbench.webview('inference');
      const example = await view.locator('img.subject').getAttribute('src');
      await view.locator('.pad').scrollIntoViewIfNeeded();
      await view.locator('.pad').click({ position: { x: 40, y: 60 } });
      await view.locator('.pad').click({ position: { x: 80, y: 60 } });
      await view.locator('.result:not(.waiting) .bars li.best').waitFor();
      const drawn = await view.locator('img.subject').getAttribute('src');
      assert.notEqual(drawn, example);
      const file = path.join(folder, 'picture.png');
      writeFileSync(file, PNG.sync.write(greyPicture()));
      await view.locator('input[type=file]').setInputFiles(file);
      await view
        .getByText(/resized/)
        .first()
        .waitFor();
      await workbench.picture('inference-file');
    });

    it('answers the same address for any other client', async () => {
      const text =
        (await (
          await workbench.webview('inference')
        )
          .getByText(/127\.0\.0\.1:\d+\/predict/)
          .first()
          .textContent()) ?? '';
      const [address] = /http:\/\/127\.0\.0\.1:\d+\/predict/.exec(text) ?? [];
      assert.ok(address, text);
      const answer = await fetch(address, { method: 'POST', body: imageForm() });
      const prediction = (await answer.json()) as { predicted_label: number };
      assert.ok(Number.isInteger(prediction.predicted_label), JSON.stringify(prediction));
    });
  });

  describe('faults', () => {
    it('keeps what a killed trainer had saved, says so, and goes on from there', async function () {
      this.timeout(180_000);
      await editor.page.locator('.tab', { hasText: 'Train: image-classifier' }).first().click();
      const view = await workbench.webview('training');
      await view.getByRole('button', { name: 'Train Again' }).click();
      await view
        .getByText(/epoch 2 of 5/)
        .first()
        .waitFor({ timeout: 90_000 });
      process.kill(trainerOf(workspace), 'SIGKILL');
      await view
        .getByText(/killed/)
        .first()
        .waitFor();
      await workbench.picture('trainer-killed');
      await view.getByRole('button', { name: 'Resume' }).click();
      await view.getByRole('button', { name: 'Stop' }).waitFor();
      await view
        .getByText(/epoch 2 of 5|epoch 3 of 5/)
        .first()
        .waitFor();
      await view.getByRole('button', { name: 'Stop' }).click();
      await view.getByText('Stopped').first().waitFor();
    });

    it('says what to do when there is no terraform', async () => {
      const settings = path.join(workspace, '.vscode/settings.json');
      const before = readFileSync(settings, 'utf8');
      const text = before.replace('{', '{ "terratrain.terraform.path": "/nowhere/terraform",');
      writeFileSync(settings, text);
      try {
        await workbench.openFile('serving.tf');
        await workbench.command('Terratrain: Plan');
        await workbench.notification('terratrain.terraform.path');
        await workbench.picture('no-terraform');
      } finally {
        writeFileSync(settings, before);
      }
    });

    it('destroys what it applied after asking', async () => {
      await workbench.command('Terratrain: Destroy');
      await workbench.dialogButton('Apply and Destroy 11');
      await workbench.terminal([/Applied in .* 11 destroyed/]);
      await workbench.picture('destroy');
      // Plans may hold secrets: none is kept once it is done with.
      const kept = path.join(editor.home, 'data/User/globalStorage/terratrain.terratrain/operations');
      await until(
        () => readdirSync(kept).length === 0,
        () => `${kept} holds ${readdirSync(kept).join(' ')}`,
      );
    });
  });
});

async function until(holds: () => boolean, complaint: () => string): Promise<void> {
  for (let attempt = 0; attempt < 50 && !holds(); attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(holds(), complaint());
}

/** Process id of the trainer of the newest run. */
function trainerOf(workspace: string): number {
  const runs = path.join(workspace, '.terratrain/runs');
  const newest = readdirSync(runs).sort().at(-1) ?? '';
  return (JSON.parse(readFileSync(path.join(runs, newest, 'run.json'), 'utf8')) as { pid: number }).pid;
}

/** A picture of another size than the model's. */
function greyPicture(): PNG {
  const png = new PNG({ width: 60, height: 40 });
  png.data.fill(128);
  return png;
}

/** The picture as a person would post it. */
function imageForm(): FormData {
  const bytes = new Uint8Array(PNG.sync.write(greyPicture()));
  const form = new FormData();
  form.append('image', new Blob([bytes], { type: 'image/png' }), 'picture.png');
  return form;
}

/** The full data set of some machines takes minutes to train on; the journey is the same on all of them. */
function useOnlyBundledImages(spec: string): void {
  const text = readFileSync(spec, 'utf8');
  writeFileSync(spec, text.replace('"format": "idx",', '"format": "idx",\n    "use": "path",'));
}
