import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root, startEditor, type Editor, type EditorOptions } from './codeServer';
import { Workbench } from './workbench';

/** A copy of the example, open in VS Code with the installed extension. */
export interface OpenedExample {
  /** Deleted when the suite ends; lies beside the workspace. */
  readonly folder: string;
  readonly workspace: string;
  readonly editor: Editor;
  readonly workbench: Workbench;
}

/**
 * Opens a copy of the example for a whole suite, and leaves a picture of each failure. Call it inside `describe`; what it
 * returns can be asked once the suite runs.
 *
 * @param prepare changes the copy before it is opened, and says how the editor is started
 */
export function openExample(
  name: string,
  prepare: (workspace: string, folder: string) => Partial<EditorOptions> | undefined = () => undefined,
): () => OpenedExample {
  let opened: OpenedExample | undefined;
  const get = (): OpenedExample => {
    if (opened === undefined) throw new Error('The example is opened when the suite begins.');
    return opened;
  };
  before(async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), `terratrain-${name}-`));
    const workspace = path.join(folder, 'image-classifier');
    cpSync(path.join(root, 'examples/image-classifier'), workspace, { recursive: true });
    rmSync(path.join(workspace, '.terratrain'), { recursive: true, force: true });
    const editor = await startEditor({ ...prepare(workspace, folder), name, folder: workspace });
    opened = { folder, workspace, editor, workbench: new Workbench(editor.page, name) };
  });
  after(async () => {
    const { editor, folder } = get();
    await editor.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await get().workbench.picture(`failed-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });
  return get;
}

/** The process of the installed extension's language server. */
export function languageServerOf({ home }: Editor): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const words = commandLine(pid);
    if (words.some((word) => word.startsWith(home) && word.endsWith(path.join('dist', 'server.js'))))
      return Number(pid);
  }
  throw new Error('No language server runs.');
}

function commandLine(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // It ended in the meantime.
    return [];
  }
}
