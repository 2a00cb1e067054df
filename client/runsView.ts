import * as vscode from 'vscode';
import { listRuns, readEvents, type Run, type RunStatus } from '../server/training/training';
import { runsFolderOf, specFiles } from './specs';

interface Item {
  readonly run: Run;
}

/** The trainings of the workspace, the newest first. */
export class RunsView implements vscode.TreeDataProvider<Item> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  refresh(): void {
    this.changed.fire(undefined);
  }

  getTreeItem({ run }: Item): vscode.TreeItem {
    const item = new vscode.TreeItem(new Date(run.record.startedAt).toLocaleString());
    item.id = run.folder;
    item.description = describe(run);
    item.tooltip = run.folder;
    item.iconPath = icons[run.status];
    item.contextValue = run.status === 'completed' ? 'run model' : 'run';
    item.command = { command: 'terratrain.openRun', title: 'Open Run', arguments: [{ run }] };
    return item;
  }

  async getChildren(item?: Item): Promise<Item[]> {
    if (item !== undefined) return [];
    const specs = await specFiles();
    const folders = new Set(specs.map((spec) => runsFolderOf(spec.fsPath)));
    const runs = [...folders].flatMap((folder) => listRuns(folder));
    return runs
      .sort((one, other) => other.record.startedAt.localeCompare(one.record.startedAt))
      .map((run) => ({ run }));
  }

  /** Shows the folder of a run in the system's file manager. */
  async reveal(argument: unknown): Promise<void> {
    if (typeof argument !== 'object' || argument === null || !('run' in argument)) return;
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file((argument as Item).run.folder));
  }
}

const icons: Readonly<Record<RunStatus, vscode.ThemeIcon>> = {
  starting: new vscode.ThemeIcon('sync~spin'),
  running: new vscode.ThemeIcon('sync~spin'),
  stopping: new vscode.ThemeIcon('sync~spin'),
  completed: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  stopped: new vscode.ThemeIcon('debug-stop'),
  failed: new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed')),
  lost: new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground')),
};

function describe(run: Run): string {
  const parts: string[] = [run.status];
  if (run.status === 'completed') {
    const last = readEvents(run.folder).at(-1);
    if (last?.type === 'finished' && last.test_accuracy !== undefined)
      parts.push(`accuracy ${last.test_accuracy.toFixed(3)}`);
  }
  if (run.record.backend !== undefined) parts.push(run.record.backend);
  return parts.join(' · ');
}
