import path from 'node:path';
import * as vscode from 'vscode';
import { setting } from './settings';

/** The training specs of the workspace. */
export function specFiles(): Thenable<vscode.Uri[]> {
  return vscode.workspace.findFiles(
    '**/{train.json,*.train.json}',
    '**/{node_modules,.terraform,.terratrain}/**',
  );
}

/** Where the runs of a spec are kept. */
export function runsFolderOf(specPath: string): string {
  return path.resolve(path.dirname(specPath), setting('training.runsFolder', vscode.Uri.file(specPath)));
}
