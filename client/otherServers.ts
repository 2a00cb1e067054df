import * as vscode from 'vscode';
import { saveSettingForPerson } from './settings';

/** Extensions that answer in the same files, and how theirs is switched off. */
const others = [
  { id: 'hashicorp.terraform', name: 'HashiCorp Terraform', section: 'terraform' },
  { id: 'opentofu.vscode-opentofu', name: 'OpenTofu', section: 'opentofu' },
  { id: 'gamunu.opentofu', name: 'OpenTofu', section: 'opentofu' },
] as const;

const theirSetting = 'languageServer.enable';

/** Remembered for the person, over all windows. */
const askedKey = 'terratrain.otherServersAsked';

/**
 * Where another extension with a language server for Terraform is installed, asks once which of the two answers, and
 * switches the other off: two of every completion and every problem help nobody. Nothing changes without an answer, and
 * a person who closes the question is asked again in the next window.
 */
export async function askWhichAnswers(memory: vscode.Memento): Promise<void> {
  const asked = memory.get<readonly string[]>(askedKey, []);
  const other = others.find(
    ({ id, section }) =>
      !asked.includes(id) &&
      vscode.extensions.getExtension(id) !== undefined &&
      vscode.workspace.getConfiguration(section).get<boolean>(theirSetting) !== false,
  );
  if (other === undefined) return;
  const choice = await vscode.window.showInformationMessage(
    `${other.name} is installed too. Which of the two should answer in Terraform files? The other one's language server is switched off; everything else of both stays.`,
    'Terratrain',
    other.name,
  );
  if (choice === undefined) return;
  await memory.update(askedKey, [...asked, other.id]);
  if (choice === other.name) {
    await saveSettingForPerson('languageServer.enable', false);
    return;
  }
  await vscode.workspace
    .getConfiguration(other.section)
    .update(theirSetting, false, vscode.ConfigurationTarget.Global);
  await saveSettingForPerson('languageServer.enable', true);
}
