import assert from 'node:assert/strict';
import type * as otherServers from '../../client/otherServers';
import { FakeEditor } from './fakeEditor';

describe('beside another extension for Terraform', () => {
  let editor: FakeEditor;
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string, fallback: unknown) => kept.get(key) ?? fallback,
    update: (key: string, value: unknown) => Promise.resolve(kept.set(key, value)),
  };
  const ask = () => (editor.load('otherServers.ts') as typeof otherServers).askWhichAnswers(memory as never);

  beforeEach(() => {
    editor = new FakeEditor();
    kept.clear();
  });

  it('nothing is asked where there is none', async () => {
    await ask();
    assert.deepEqual(editor.questions, []);
  });

  it('the person is asked once which of the two answers, and the other is switched off', async () => {
    editor.extensions.add('hashicorp.terraform');
    editor.answers.push(['HashiCorp Terraform is installed too', 'Terratrain']);
    await ask();
    assert.equal(editor.settings['terraform.languageServer.enable'], false);
    assert.equal(editor.settings['terratrain.languageServer.enable'], true);
    await ask();
    assert.equal(editor.questions.length, 1);
  });

  it('the other one may answer', async () => {
    editor.extensions.add('hashicorp.terraform');
    editor.answers.push(['HashiCorp Terraform is installed too', 'HashiCorp Terraform']);
    await ask();
    assert.equal(editor.settings['terraform.languageServer.enable'], undefined);
    assert.equal(editor.settings['terratrain.languageServer.enable'], false);
  });

  it('without an answer nothing changes, and the next window asks again', async () => {
    editor.extensions.add('opentofu.vscode-opentofu');
    await ask();
    await ask();
    assert.equal(editor.questions.length, 2);
    assert.deepEqual(editor.settings, {});
  });

  it('nothing is asked where the other one is switched off already', async () => {
    editor.extensions.add('hashicorp.terraform');
    editor.settings['terraform.languageServer.enable'] = false;
    await ask();
    assert.deepEqual(editor.questions, []);
  });
});
