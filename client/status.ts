import * as vscode from 'vscode';
import { setting } from './settings';

/** What the status bar says about targets, operations and trainings. */
export class Status implements vscode.Disposable {
  private readonly target = vscode.window.createStatusBarItem(
    'terratrain.target',
    vscode.StatusBarAlignment.Left,
    20,
  );
  private readonly operation = vscode.window.createStatusBarItem(
    'terratrain.operation',
    vscode.StatusBarAlignment.Left,
    19,
  );
  private readonly training = vscode.window.createStatusBarItem(
    'terratrain.training',
    vscode.StatusBarAlignment.Left,
    18,
  );

  constructor() {
    this.target.name = 'Terratrain Target';
    this.target.command = 'terratrain.selectTarget';
    this.operation.name = 'Terratrain Operation';
    this.operation.command = 'terratrain.stopOperation';
    this.training.name = 'Terratrain Training';
    this.training.command = 'terratrain.trainModel';
    this.showTarget();
  }

  /** Shows the target that plan and apply work on. */
  showTarget(): void {
    const target = setting('operations.target', vscode.workspace.workspaceFolders?.[0]?.uri);
    if (target === 'ask') {
      this.target.hide();
      return;
    }
    this.target.text = target === 'sandbox' ? '$(beaker) Sandbox (simulated)' : '$(cloud) Real';
    this.target.tooltip =
      target === 'sandbox'
        ? 'Terratrain plans and applies against simulated providers: nothing real is created. Click to change.'
        : 'Terratrain plans and applies against the real providers, with your credentials. Click to change.';
    this.target.backgroundColor = undefined;
    this.target.show();
  }

  /** @param text what runs, or `undefined` when nothing does */
  showOperation(text: string | undefined): void {
    if (text === undefined) {
      this.operation.hide();
      return;
    }
    this.operation.text = `$(sync~spin) ${text}`;
    this.operation.tooltip = 'A Terraform operation is running. Click to stop it.';
    this.operation.show();
  }

  /** @param text such as `epoch 2/5 · loss 0.41 · 38 s left`, or `undefined` when no training runs */
  showTraining(text: string | undefined): void {
    if (text === undefined) {
      this.training.hide();
      return;
    }
    this.training.text = `$(graph-line) ${text}`;
    this.training.tooltip = 'A training is running. Click to see it.';
    this.training.show();
  }

  dispose(): void {
    for (const item of [this.target, this.operation, this.training]) item.dispose();
  }
}
