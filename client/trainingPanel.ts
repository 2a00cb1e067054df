import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  describeLayers,
  listRuns,
  readSpec,
  problemLines,
  resumeRun,
  setSpecField,
  specFields,
  startRun,
  stopRun,
  type Run,
} from '../server/training/training';
import type { TrainingState, TrainingToHost, TrainingToPage } from '../webview/protocol';
import type { Installation } from './installation';
import { log, report } from './log';
import { isRestored, Page } from './page';
import type { RunsView } from './runsView';
import { setting } from './settings';
import { runsFolderOf, specFiles } from './specs';
import type { Status } from './status';
import { TrainingSession } from './trainingSession';

/** The training panels that are open, one for each spec. */
export class TrainingPanels implements vscode.Disposable {
  private readonly panels = new Map<string, TrainingPanel>();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly installation: Installation,
    private readonly status: Status,
    private readonly runs: RunsView,
    private readonly infer: (model: string) => void,
  ) {}

  /** Opens the panel of a spec: the one given, the one in the editor, the only one, or the one the person picks. */
  async show(argument?: unknown): Promise<void> {
    const spec = await pickSpec(argument);
    if (spec !== undefined) this.open(spec.fsPath);
  }

  /** Opens the panel of a run's spec with that run in it. */
  showRun(argument: unknown): void {
    const run = runOf(argument);
    if (run !== undefined) this.open(run.record.specPath, run);
  }

  /** Takes over a panel of the window before its reload. */
  restore(panel: vscode.WebviewPanel, specPath: string): boolean {
    if (this.panels.has(specPath) || !existsSync(specPath) || !vscode.workspace.isTrusted) return false;
    this.open(specPath, undefined, panel);
    return true;
  }

  /** Opens the panels of runs that went on while the window was closed, where the window does not bring them back. */
  async reattach(): Promise<void> {
    if (isRestored('training')) return;
    for (const spec of await specFiles()) {
      const running = listRuns(runsFolderOf(spec.fsPath)).find(isRunning);
      if (running !== undefined) this.open(running.record.specPath, running);
    }
  }

  dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
  }

  private open(specPath: string, run?: Run, restored?: vscode.WebviewPanel): void {
    let panel = this.panels.get(specPath);
    if (panel === undefined) {
      panel = new TrainingPanel(this.context.extensionUri, specPath, {
        trainerEntry: this.installation.trainerEntry,
        status: this.status,
        changed: () => {
          this.runs.refresh();
        },
        infer: this.infer,
        closed: () => this.panels.delete(specPath),
        restored,
      });
      this.panels.set(specPath, panel);
      const shown = run ?? newestRun(specPath);
      if (shown !== undefined) panel.follow(shown.folder, shown.id);
    } else {
      if (run !== undefined) panel.follow(run.folder, run.id);
      panel.reveal();
    }
  }
}

interface PanelParts {
  readonly trainerEntry: string;
  readonly status: Status;
  changed(): void;
  infer(model: string): void;
  closed(): void;
  readonly restored: vscode.WebviewPanel | undefined;
}

class TrainingPanel implements vscode.Disposable {
  private readonly page: Page<TrainingToPage, TrainingToHost>;
  private readonly watcher: vscode.Disposable;
  private session: TrainingSession | undefined;
  /** Why the last start failed before there was a run. */
  private startError: string | undefined;
  private starting = false;

  constructor(
    extensionUri: vscode.Uri,
    private readonly specPath: string,
    private readonly parts: PanelParts,
  ) {
    this.page = new Page<TrainingToPage, TrainingToHost>(
      extensionUri,
      {
        name: 'training',
        title: `Train: ${path.basename(path.dirname(specPath))}`,
        subject: specPath,
        column: vscode.ViewColumn.Beside,
      },
      (message) => {
        this.receive(message).catch((error: unknown) => {
          report('The training panel failed', error);
        });
      },
      () => {
        this.watcher.dispose();
        this.session?.dispose();
        parts.status.showTraining(undefined);
        parts.closed();
      },
      parts.restored,
    );
    this.watcher = vscode.workspace.onDidChangeTextDocument((change) => {
      if (change.document.uri.fsPath === specPath) this.refresh();
    });
  }

  reveal(): void {
    this.page.reveal();
  }

  /** Shows a run, running or ended. */
  follow(folder: string, id: string): void {
    this.session?.dispose();
    const session: TrainingSession = new TrainingSession(folder, id, (points, change, fresh) => {
      if (this.session !== session) return;
      if (fresh) this.refresh();
      else this.page.post({ type: 'progress', points, change });
      if (change.status === 'running') this.parts.status.showTraining(session.summary());
    });
    this.session = session;
    this.refresh();
    session
      .follow()
      .then((status) => {
        if (this.session !== session) return;
        this.parts.status.showTraining(undefined);
        this.parts.changed();
        log().info(`Run ${id}: ${status}`);
      })
      .catch((error: unknown) => {
        report('The run could not be followed', error);
      });
  }

  dispose(): void {
    this.page.dispose();
  }

  private async receive(message: TrainingToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.send();
      case 'start':
        return this.start();
      case 'resume':
        return this.resume();
      case 'stop':
        return this.stop();
      case 'edit':
        return this.edit(message.key, message.value);
      case 'openSpec':
        await vscode.window.showTextDocument(vscode.Uri.file(this.specPath), {
          viewColumn: vscode.ViewColumn.One,
        });
        return;
      case 'openFolder':
        if (this.session !== undefined) {
          await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(this.session.folder));
        }
        return;
      case 'infer':
        if (this.session !== undefined) this.parts.infer(this.session.folder);
        return;
    }
  }

  private async start(): Promise<void> {
    if (this.starting) return;
    this.starting = true;
    this.startError = undefined;
    this.session?.dispose();
    this.session = undefined;
    await this.send();
    try {
      const document = await this.document();
      await document.save();
      const reading = readSpec(document.getText(), this.specPath);
      if (!reading.ok) throw new Error(problemLines(document.getText(), this.specPath, reading.problems));
      const chosen = setting('training.backend', vscode.Uri.file(this.specPath));
      const spec = reading.spec.backend === 'auto' ? { ...reading.spec, backend: chosen } : reading.spec;
      const { trainerEntry } = this.parts;
      const run = await startRun({
        spec,
        specPath: this.specPath,
        runsFolder: runsFolderOf(this.specPath),
        trainerEntry,
      });
      this.starting = false;
      this.parts.changed();
      this.follow(run.folder, run.id);
    } catch (error) {
      this.starting = false;
      this.startError = error instanceof Error ? error.message : String(error);
      await this.send();
    }
  }

  private async resume(): Promise<void> {
    const session = this.session;
    if (session === undefined) return;
    const run = await resumeRun(session.folder, { trainerEntry: this.parts.trainerEntry });
    this.follow(run.folder, run.id);
  }

  private async stop(): Promise<void> {
    const session = this.session;
    if (session === undefined) return;
    session.markStopping();
    await stopRun(session.folder);
  }

  private async edit(key: string, value: string | number): Promise<void> {
    const document = await this.document();
    const text = document.getText();
    const changed = setSpecField(text, key, value);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(
      document.uri,
      new vscode.Range(document.positionAt(0), document.positionAt(text.length)),
      changed,
    );
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await this.send();
  }

  private async document(): Promise<vscode.TextDocument> {
    return vscode.workspace.openTextDocument(this.specPath);
  }

  /** Sends the whole state; a spec that is gone meanwhile is reported. */
  private refresh(): void {
    this.send().catch((error: unknown) => {
      report('The spec could not be read', error);
    });
  }

  /** Sends the whole state. */
  private async send(): Promise<void> {
    const text = (await this.document()).getText();
    const reading = readSpec(text, this.specPath);
    const spec: TrainingState['spec'] = {
      name: path.basename(path.dirname(this.specPath)),
      path: vscode.workspace.asRelativePath(this.specPath),
      fields: specFields(text, this.specPath),
      layers: reading.ok ? describeLayers(reading.spec) : [],
    };
    this.page.post({
      type: 'state',
      state: {
        spec,
        ...this.runState(reading.ok ? undefined : problemLines(text, this.specPath, reading.problems)),
      },
    });
  }

  private runState(specError: string | undefined): Omit<TrainingState, 'spec'> {
    if (this.session !== undefined) return this.session.state();
    const error = this.startError ?? specError;
    const status = this.starting ? 'starting' : this.startError === undefined ? 'idle' : 'failed';
    return { status, points: [], validations: [], ...(error === undefined ? {} : { error }) };
  }
}

function isRunning(run: Run): boolean {
  return run.status === 'starting' || run.status === 'running' || run.status === 'stopping';
}

function newestRun(specPath: string): Run | undefined {
  return listRuns(runsFolderOf(specPath)).find((run) => run.record.specPath === specPath);
}

/** The run behind an item of the Runs view. */
function runOf(argument: unknown): Run | undefined {
  return typeof argument === 'object' && argument !== null && 'run' in argument
    ? (argument as { readonly run: Run }).run
    : undefined;
}

async function pickSpec(argument: unknown): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri && argument.fsPath.endsWith('train.json')) return argument;
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active?.fsPath.endsWith('train.json') === true) return active;
  const specs = await specFiles();
  if (specs.length === 0) {
    const choice = await vscode.window.showWarningMessage(
      'There is no train.json in the open folders.',
      'Open Example',
    );
    if (choice !== undefined) await vscode.commands.executeCommand('terratrain.openExample');
    return undefined;
  }
  if (specs.length === 1) return specs[0];
  const items = specs.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(items, { title: 'Which spec?' }))?.uri;
}
