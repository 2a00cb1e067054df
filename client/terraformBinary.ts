import * as vscode from 'vscode';
import {
  findTerraform,
  MissingTerraformError,
  NotTerraformError,
  type Place,
} from '../server/operations/operations';
import { setting } from './settings';

/** Terraform for a root module; where there is none, says so with a way out and answers `undefined`. */
export async function terraformFor(directory: string): Promise<Place['binary'] | undefined> {
  try {
    return await findTerraform({
      configured: setting('terraform.path', vscode.Uri.file(directory)),
      env: process.env,
    });
  } catch (error) {
    if (!(error instanceof MissingTerraformError) && !(error instanceof NotTerraformError)) throw error;
    const choice = await vscode.window.showErrorMessage(error.message, 'Open Setting', 'How to Install');
    if (choice === 'Open Setting') {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'terratrain.terraform.path');
    } else if (choice === 'How to Install') {
      await vscode.env.openExternal(vscode.Uri.parse('https://developer.hashicorp.com/terraform/install'));
    }
    return undefined;
  }
}
