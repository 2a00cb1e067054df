import * as vscode from 'vscode';

/** Files that hold a training spec. */
export const specSelector: vscode.DocumentSelector = [
  { scheme: 'file', pattern: '**/train.json' },
  { scheme: 'file', pattern: '**/*.train.json' },
];

/** Puts "Train" above a spec. */
export class TrainSpecLens implements vscode.CodeLensProvider {
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    return [
      new vscode.CodeLens(top, {
        title: '$(play) Train',
        tooltip: 'Open the training panel of this spec',
        command: 'terratrain.trainModel',
        arguments: [document.uri],
      }),
    ];
  }
}
