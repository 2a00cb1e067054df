import assert from 'node:assert/strict';
import type { CommandName, CommandTable } from '../../client/commands';
import type * as commands from '../../client/commands';
import { FakeEditor } from './fakeEditor';

/** Every command of a window, and the names of those that did something. */
async function runAll(trusted: boolean): Promise<{ ran: readonly string[]; editor: FakeEditor }> {
  const editor = new FakeEditor();
  editor.trusted = trusted;
  const { commandNames, registerCommands } = editor.load('commands.ts') as typeof commands;
  const ran: string[] = [];
  const table = Object.fromEntries(
    commandNames.map((name) => [
      name,
      () => {
        ran.push(name);
      },
    ]),
  ) as unknown as CommandTable;
  registerCommands({ subscriptions: [] } as never, table);
  for (const command of editor.commands.values()) await command();
  return { ran, editor };
}

/** Whatever starts terraform, a provisioner or a model of the workspace. */
const dangerous: readonly CommandName[] = [
  'plan',
  'apply',
  'destroy',
  'runProvisioners',
  'init',
  'validate',
  'runTests',
  'trainModel',
  'openRun',
  'openModel',
];

describe('the commands', () => {
  it('run nothing of a workspace that is not trusted, and say why', async () => {
    const { ran, editor } = await runAll(false);
    assert.deepEqual(
      dangerous.filter((name) => ran.includes(name)),
      [],
    );
    assert.ok(ran.includes('showGraph'), 'what only reads stays');
    assert.equal(editor.questions.length, dangerous.length);
    for (const { text } of editor.questions) assert.match(text, /this workspace is not trusted yet/);
  });

  it('all run in a trusted one', async () => {
    const { ran, editor } = await runAll(true);
    assert.deepEqual([...ran].sort(), [...editor.commands.keys()].map((name) => name.slice(11)).sort());
    assert.deepEqual(editor.questions, []);
  });
});
