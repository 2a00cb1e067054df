import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type * as controllers from '../../client/operationsController';
import type * as statuses from '../../client/status';
import { installedSandbox } from '../../server/sandbox/installation';
import { hasTerraform } from '../operations/realTerraform';
import { FakeEditor } from './fakeEditor';

/** A window with one root module, whose sandbox lies beside it. */
class Window {
  readonly root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'terratrain-client-')));
  readonly directory = path.join(this.root, 'infra');
  readonly editor = new FakeEditor();
  readonly controller: controllers.OperationsController;
  readonly #home = process.env.TERRATRAIN_SANDBOX_HOME;

  constructor(configuration: string) {
    fs.mkdirSync(this.directory);
    this.write('main.tf', configuration);
    process.env.TERRATRAIN_SANDBOX_HOME = path.join(this.root, 'sandbox');
    this.editor.settings['terratrain.operations.target'] = 'sandbox';
    const { Status } = this.editor.load('status.ts') as typeof statuses;
    const { OperationsController } = this.editor.load('operationsController.ts') as typeof controllers;
    const context = {
      globalStorageUri: { fsPath: path.join(this.root, 'storage') },
      workspaceState: { get: () => undefined, update: () => Promise.resolve() },
    };
    const installation = { sandbox: installedSandbox(), trainerEntry: '', cliEntry: '', example: '' };
    this.controller = new OperationsController(context as never, installation, new Status());
  }

  write(name: string, text: string): void {
    fs.writeFileSync(path.join(this.directory, name), text);
  }

  /** What the terminals show, without colours and the terminal's carriage returns. */
  get screen(): string {
    return stripVTControlCharacters(this.editor.screen).replaceAll('\r', '');
  }

  dispose(): void {
    this.controller.dispose();
    if (this.#home === undefined) delete process.env.TERRATRAIN_SANDBOX_HOME;
    else process.env.TERRATRAIN_SANDBOX_HOME = this.#home;
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}

const provisioned = `
resource "terraform_data" "hook" {
  provisioner "local-exec" {
    command = "echo did-run"
  }
}
output "answer" { value = 42 }
`;

if (hasTerraform) {
  describe('operationsController in the sandbox', function () {
    this.timeout(120_000);
    let window: Window | undefined;
    const open = (configuration: string): Window => (window = new Window(configuration));
    afterEach(() => {
      window?.dispose();
      window = undefined;
    });

    it('says before the plan what is simulated, and labels all that is', async () => {
      const { editor, controller, directory } = open(provisioned);
      window?.write('slow.sandbox.json', '{ "rules": [] }');
      editor.answers.push(['Apply this simulated plan of infra in the sandbox?', 'Apply']);
      await controller.apply(directory);
      const screen = window?.screen ?? '';
      const said = [
        /^sandbox: no provider is needed\. Nothing real is created or changed\.$/m,
        /^sandbox: scenario slow\.sandbox\.json is played\.$/m,
        /^sandbox: provisioners do not run \(terraform_data\.hook\); the command "Terratrain: Run Provisioners This Time" runs them\.$/m,
        /^Planning infra \(sandbox: simulated, nothing real is touched\)$/m,
        /^Plan: 1 to create \(simulated\)\.$/m,
        /^Applying infra \(sandbox: simulated, nothing real is touched\)$/m,
        /provisioner does not run in the sandbox$/m,
        /^Applied in .* \(simulated\): 1 added/m,
        /^Outputs \(simulated\)$/m,
      ];
      for (const pattern of said) assert.match(screen, pattern);
      assert.ok(screen.search(said[1] ?? /$/) < screen.search(said[4] ?? /$/), 'before the plan');
      assert.doesNotMatch(screen, /did-run|Initialising|terraform init/);
      assert.match(editor.logged.join('\n'), /infra: sandbox: scenario slow\.sandbox\.json is played\./);
      assert.ok(editor.status.some((text) => text.includes('Planning infra (simulated)')));
      assert.ok(editor.status.some((text) => text.includes('Applying infra (simulated)')));
      const [question] = editor.questions;
      assert.match(
        question?.detail ?? '',
        /\(simulated\)\.\nProvisioners do not run:\nterraform_data\.hook$/,
      );
      assert.deepEqual(question?.buttons, ['Apply', 'Run Provisioners This Time']);
      assert.deepEqual(fs.readdirSync(directory).sort(), ['main.tf', 'slow.sandbox.json']);
    });

    it('runs provisioners after a consent that names them, for one plan only', async () => {
      const { editor, controller, directory } = open(provisioned);
      editor.answers.push(
        ['Apply this simulated plan', 'Run Provisioners This Time'],
        ['Really run the provisioners of infra', 'Run Provisioners This Time'],
        ['Apply this simulated plan', 'Apply'],
      );
      await controller.apply(directory);
      const [, consent, last] = editor.questions;
      assert.match(consent?.detail ?? '', /^terraform_data\.hook\n/);
      assert.match(last?.detail ?? '', /Provisioners really run, with your rights:\nterraform_data\.hook$/);
      assert.match(window?.screen ?? '', /terraform_data\.hook \| did-run$/m);

      const left = fs.readdirSync(path.join(window?.root ?? '', 'storage', 'operations'));
      editor.questions.length = 0;
      window?.write('main.tf', provisioned.replace('"hook"', '"other"'));
      editor.answers.push(['Apply this simulated plan', 'Apply and Destroy 1']);
      await controller.apply(directory);
      assert.equal((window?.screen ?? '').match(/\| did-run$/gm)?.length, 1, 'not the second time');
      assert.match(window?.screen ?? '', /terraform_data\.other \| provisioner does not run in the sandbox/);
      assert.deepEqual(left, [], 'no plan is left behind');
    });

    it('runs none when the consent is refused', async () => {
      const { editor, controller, directory } = open(provisioned);
      editor.answers.push(['Apply this simulated plan', 'Run Provisioners This Time']);
      await controller.apply(directory);
      assert.equal(editor.questions.length, 2);
      assert.doesNotMatch(window?.screen ?? '', /did-run|Applying/);

      editor.answers.push(['Really run', 'Run Provisioners This Time'], ['Apply this simulated', 'Apply']);
      await controller.runProvisioners(directory);
      assert.match(window?.screen ?? '', /\| did-run$/m, 'the command asks again and runs them');
    });

    it('asks about provisioners that a destroy would run, and leaves no plan of it behind', async () => {
      const { editor, controller, directory, root } = open(
        provisioned.replace('local-exec" {', 'local-exec" {\n    when    = destroy'),
      );
      editor.answers.push(['Apply this simulated plan', 'Apply']);
      await controller.apply(directory);
      editor.answers.push(
        ['Apply this simulated plan', 'Run Provisioners This Time'],
        ['Really run', 'Run Provisioners This Time'],
      );
      await controller.destroy(directory);
      assert.doesNotMatch(window?.screen ?? '', /did-run/, 'the last question was not answered');
      assert.deepEqual(fs.readdirSync(path.join(root, 'storage', 'operations')), []);

      editor.answers.push(
        ['Apply this simulated plan', 'Run Provisioners This Time'],
        ['Really run', 'Run Provisioners This Time'],
        ['Apply this simulated plan', 'Apply and Destroy 1'],
      );
      await controller.destroy(directory);
      assert.match(window?.screen ?? '', /terraform_data\.hook \| did-run$/m);
      assert.deepEqual(fs.readdirSync(path.join(root, 'storage', 'operations')), []);
    });

    it('labels a failure as simulated', async () => {
      const { editor, controller, directory } = open('variable "size" {}');
      assert.equal(await controller.plan(directory), undefined);
      assert.deepEqual(
        editor.questions.map(({ text }) => text),
        ['infra: plan failed (simulated). The terminal says why.'],
      );
    });

    it('says so when there is no provisioner to run, and on the real target', async () => {
      const { editor, controller, directory } = open('output "a" { value = 1 }');
      await controller.runProvisioners(directory);
      editor.settings['terratrain.operations.target'] = 'real';
      await controller.runProvisioners(directory);
      const [none, real] = editor.questions;
      assert.equal(none?.text, 'infra has no provisioners.');
      assert.match(real?.text ?? '', /^On the real target every apply runs provisioners\./);
      assert.equal(window?.screen, '');
    });

    it('offers stand-ins for missing modules, once in a window', async () => {
      const { editor, controller, directory } = open(
        'module "net" {\n  source = "example/net/aws"\n}\noutput "id" { value = module.net.id }',
      );
      editor.answers.push(['is not on this machine', 'Show Log']);
      assert.equal(await controller.plan(directory), undefined);
      assert.equal(editor.logShown, 1);
      assert.deepEqual(editor.questions[0]?.buttons, ['Use Stand-ins', 'Show Log']);
      assert.doesNotMatch(editor.questions[0].text, /--stub-modules/);

      editor.answers.push(['is not on this machine', 'Use Stand-ins']);
      assert.notEqual(await controller.plan(directory), undefined);
      assert.match(window?.screen ?? '', /^sandbox: module\.net is a stand-in for /m);
      await controller.plan(directory);
      assert.equal(editor.questions.length, 2, 'the word holds for the window');
    });
  });
}
