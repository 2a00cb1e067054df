import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  describeModel,
  exampleImages,
  startInferenceProcess,
  type InferenceProcess,
} from '../server/inference/inference';
import type { InferenceState, InferenceToHost, InferenceToPage, Prediction } from '../webview/protocol';
import type { Installation } from './installation';
import { messageOf, report } from './log';
import { Page } from './page';
import { setting } from './settings';

/** The models that are open, one panel for each. */
export class InferencePanels implements vscode.Disposable {
  private readonly panels = new Map<string, InferencePanel>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly installation: Installation,
  ) {}

  /** Opens the model of a run, or a model that the person chooses. */
  async open(argument?: unknown): Promise<void> {
    const model = modelOf(argument) ?? (await chooseModel());
    if (model !== undefined) this.show(model);
  }

  /** @param model a run folder, a tfjs model folder, or a Keras `.h5` file */
  show(model: string): void {
    const known = this.panels.get(model);
    if (known === undefined) this.openPanel(model);
    else known.reveal();
  }

  /** Takes over a panel of the window before its reload. */
  restore(panel: vscode.WebviewPanel, model: string): boolean {
    // Showing a model starts its server, which only a trusted workspace may do.
    if (this.panels.has(model) || !existsSync(model) || !vscode.workspace.isTrusted) return false;
    this.openPanel(model, panel);
    return true;
  }

  private openPanel(model: string, restored?: vscode.WebviewPanel): void {
    const panel = new InferencePanel(
      this.extensionUri,
      this.installation.cliEntry,
      model,
      () => this.panels.delete(model),
      restored,
    );
    this.panels.set(model, panel);
  }

  dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
  }
}

class InferencePanel implements vscode.Disposable {
  private readonly page: Page<InferenceToPage, InferenceToHost>;
  private process: InferenceProcess | undefined;
  private server: InferenceState['server'] = { status: 'stopped' };
  private model: InferenceState['model'];
  private examples: InferenceState['examples'] = [];

  constructor(
    extensionUri: vscode.Uri,
    private readonly cliEntry: string,
    private readonly modelPath: string,
    onDispose: () => void,
    restored?: vscode.WebviewPanel,
  ) {
    this.model = { name: path.basename(modelPath), path: modelPath, input: [], classes: [] };
    this.page = new Page<InferenceToPage, InferenceToHost>(
      extensionUri,
      {
        name: 'inference',
        title: `Model: ${path.basename(modelPath)}`,
        subject: modelPath,
        column: vscode.ViewColumn.Active,
      },
      (message) => {
        this.receive(message).catch((error: unknown) => {
          report('The model panel failed', error);
        });
      },
      () => {
        void this.process?.stop();
        onDispose();
      },
      restored,
    );
  }

  reveal(): void {
    this.page.reveal();
  }

  dispose(): void {
    this.page.dispose();
  }

  private async receive(message: InferenceToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        await this.load();
        if (this.server.status === 'stopped') await this.start();
        return;
      case 'start':
        return this.start();
      case 'stop':
        return this.stop();
      case 'predict':
        return this.predict(message.id, message.data);
      case 'copy':
        return vscode.env.clipboard.writeText(message.text);
    }
  }

  private async load(): Promise<void> {
    try {
      this.model = await describeModel(this.modelPath);
      this.examples = await exampleImages(this.modelPath);
      this.page.title = `Model: ${this.model.name}`;
    } catch (error) {
      this.server = { status: 'failed', error: messageOf(error) };
    }
    this.send();
  }

  private async start(): Promise<void> {
    if (this.process !== undefined || this.server.status === 'starting') return;
    this.server = { status: 'starting' };
    this.send();
    try {
      const started = await startInferenceProcess({
        model: this.modelPath,
        cliEntry: this.cliEntry,
        port: setting('inference.port'),
        host: setting('inference.host'),
      });
      this.process = started;
      this.server = { status: 'running', url: started.url };
      void started.ended.then((error) => {
        if (this.process !== started) return;
        this.process = undefined;
        this.server = error === undefined ? { status: 'stopped' } : { status: 'failed', error };
        this.send();
      });
    } catch (error) {
      this.server = { status: 'failed', error: messageOf(error) };
    }
    this.send();
  }

  private async stop(): Promise<void> {
    const running = this.process;
    this.process = undefined;
    this.server = { status: 'stopped' };
    this.send();
    await running?.stop();
  }

  private async predict(id: number, data: string): Promise<void> {
    const url = this.process?.url;
    if (url === undefined) {
      this.page.post({ type: 'refused', id, reason: 'The server is not running: start it first.' });
      return;
    }
    try {
      const form = new FormData();
      form.append('image', new Blob([Buffer.from(data, 'base64')]), 'image');
      const response = await fetch(`${url}/predict`, { method: 'POST', body: form });
      const answer = (await response.json()) as ServerAnswer;
      if (!response.ok || answer.predicted_label === undefined)
        throw new Error(answer.error ?? `the server answered ${response.status}`);
      this.page.post({ type: 'prediction', id, prediction: toPrediction(answer) });
    } catch (error) {
      this.page.post({ type: 'refused', id, reason: messageOf(error) });
    }
  }

  private send(): void {
    this.page.post({
      type: 'state',
      state: { model: this.model, server: this.server, examples: this.examples },
    });
  }
}

/** What `POST /predict` answers. */
interface ServerAnswer {
  readonly predicted_label?: number;
  readonly class?: string;
  readonly probabilities?: readonly number[];
  readonly milliseconds?: number;
  readonly preprocessing?: string;
  readonly error?: string;
}

function toPrediction(answer: ServerAnswer): Prediction {
  const label = answer.predicted_label ?? 0;
  return {
    label,
    name: answer.class ?? String(label),
    probabilities: answer.probabilities ?? [],
    milliseconds: answer.milliseconds ?? 0,
    preprocessing: answer.preprocessing === 'none' ? 'used as it is' : (answer.preprocessing ?? ''),
  };
}

/** The run behind an item of the Runs view, or a file. */
function modelOf(argument: unknown): string | undefined {
  if (argument instanceof vscode.Uri) return argument.fsPath;
  if (typeof argument !== 'object' || argument === null || !('run' in argument)) return undefined;
  return (argument as { readonly run: { readonly folder: string } }).run.folder;
}

async function chooseModel(): Promise<string | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: 'Open a model: a run folder, or a Keras .h5 file',
      canSelectFiles: true,
      canSelectFolders: true,
      openLabel: 'Open Model',
      filters: { 'Keras models': ['h5', 'hdf5'], 'All files': ['*'] },
    })) ?? [];
  return chosen?.fsPath;
}
