import * as vscode from 'vscode';
import { State, type LanguageClient } from 'vscode-languageclient/node';
import type { TerraformProgram } from '../server/lsp/protocol';
import { languages } from './languageServer';

/** Beside the name of the language in the status bar: how the language server is, and which terraform there is. */
export class ServerStatus implements vscode.Disposable {
  private readonly server = item('terratrain.server', 'Terratrain Language Server');
  private readonly terraform = item('terratrain.terraform', 'Terraform');

  constructor(client: LanguageClient) {
    this.server.command = { command: 'terratrain.showLog', title: 'Show Log' };
    this.show(client.state);
    this.showTerraform(undefined);
    client.onDidChangeState(({ newState }) => {
      this.show(newState);
    });
  }

  /** @param program the terraform that is run, or `undefined` where none was found */
  showTerraform(program: TerraformProgram | undefined): void {
    const { terraform } = this;
    terraform.text =
      program === undefined
        ? 'No terraform found'
        : `${program.product === 'terraform' ? 'Terraform' : 'OpenTofu'} ${program.version}`;
    terraform.detail =
      program === undefined ? 'Authoring works without it; plan and apply need it' : program.path;
    terraform.command = {
      command: 'workbench.action.openSettings',
      title: 'Choose',
      arguments: ['terratrain.terraform.path'],
    };
  }

  dispose(): void {
    this.server.dispose();
    this.terraform.dispose();
  }

  private show(state: State): void {
    const { server } = this;
    server.busy = state === State.Starting;
    server.text =
      state === State.Running ? 'Ready' : state === State.Starting ? 'Starting' : 'Language server stopped';
    server.severity =
      state === State.Stopped
        ? vscode.LanguageStatusSeverity.Error
        : vscode.LanguageStatusSeverity.Information;
    if (state === State.Stopped)
      server.command = { command: 'terratrain.restartLanguageServer', title: 'Start Again' };
    else server.command = { command: 'terratrain.showLog', title: 'Show Log' };
  }
}

function item(id: string, name: string): vscode.LanguageStatusItem {
  const made = vscode.languages.createLanguageStatusItem(id, [...languages]);
  made.name = name;
  return made;
}
