import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { attachDetached, startDetached } from '../../server/operations/detachedProcess';
import type { DetachedProcess } from '../../server/operations/detachedProcess';
import { processIdentity } from '../../server/operations/processIdentity';

describe('detachedProcess', () => {
  let folder = '';
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'terratrain-process-'));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const node = (script: string): Promise<DetachedProcess> =>
    startDetached({ program: process.execPath, args: ['-e', script], cwd: folder, env: process.env, folder });
  const written = async (child: DetachedProcess, text: string): Promise<void> => {
    while (!fs.readFileSync(child.eventsFile, 'utf8').includes(text)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it('keeps output, errors and exit code in files', async () => {
    const child = await node(
      'console.log("out $HOME \\"quoted\\""); console.error("err"); process.exitCode = 7',
    );
    assert.deepEqual(await child.ended, { exitCode: 7 });
    assert.equal(fs.readFileSync(child.eventsFile, 'utf8'), 'out $HOME "quoted"\n');
    assert.equal(fs.readFileSync(child.errorsFile, 'utf8'), 'err\n');
    assert.equal(fs.readFileSync(path.join(folder, 'rc'), 'utf8').trim(), '7');
  });

  it('rejects when the program does not start', async () => {
    const start = startDetached({
      program: process.execPath,
      args: [],
      cwd: path.join(folder, 'gone'),
      env: process.env,
      folder,
    });
    await assert.rejects(start, /ENOENT/);
  });

  it('can be taken over while it runs and after it ended', async () => {
    const child = await node('console.log("up"); setTimeout(() => process.exit(5), 300)');
    const taken = await attachDetached(folder);
    assert.ok(taken);
    assert.equal(taken.pid, child.pid);
    assert.deepEqual(await taken.ended, { exitCode: 5 });
    const late = await attachDetached(folder);
    assert.deepEqual(await late?.ended, { exitCode: 5 });
  });

  it('takes nothing over where nothing was started', async () => {
    assert.equal(await attachDetached(folder), undefined);
  });

  if (process.platform !== 'win32') {
    it('interrupts the whole group once, and still learns the exit code', async () => {
      // A child of the child is what a provisioner is.
      const script = `
        const { spawn } = require('node:child_process');
        const inner = spawn(process.execPath, ['-e', 'console.log("inner up"); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'inherit', 'inherit'] });
        inner.on('exit', (code, signal) => { console.log('inner ended by ' + signal); process.exit(3); });
        process.on('SIGINT', () => {});`;
      const child = await node(script);
      await written(child, 'inner up');
      const taken = await attachDetached(folder);
      await taken?.interrupt();
      assert.deepEqual(await child.ended, { exitCode: 3 });
      assert.match(fs.readFileSync(child.eventsFile, 'utf8'), /inner ended by SIGINT/);
      assert.equal(fs.readFileSync(path.join(folder, 'rc'), 'utf8').trim(), '3');
    });

    it('keeps its output in files when somebody gives it a terminal', async () => {
      const terminal: string[] = [];
      const child = await startDetached({
        program: process.execPath,
        args: ['-e', 'console.log("out"); console.error("err"); process.exitCode = 4'],
        cwd: folder,
        env: process.env,
        folder,
        launch: (program, args, options) => {
          const shell = spawn(program, [...args], { ...options, detached: true });
          shell.stdout.on('data', (text: Buffer) => terminal.push(text.toString()));
          return Promise.resolve(shell.pid);
        },
      });
      assert.deepEqual(await child.ended, { exitCode: 4 });
      assert.equal(fs.readFileSync(child.eventsFile, 'utf8'), 'out\n');
      assert.equal(fs.readFileSync(child.errorsFile, 'utf8'), 'err\n');
      assert.deepEqual(terminal, []);
    });

    it('does without a terminal where there is none', async () => {
      const child = await startDetached({
        program: process.execPath,
        args: ['-e', 'console.log("out")'],
        cwd: folder,
        env: process.env,
        folder,
        launch: () => Promise.resolve(undefined),
      });
      assert.deepEqual(await child.ended, { exitCode: 0 });
      assert.equal(fs.readFileSync(child.eventsFile, 'utf8'), 'out\n');
    });

    it('outlives the hang-up of its terminal', async () => {
      const child = await startDetached({
        // Not Node, which takes back the signals that it was told to ignore; terraform leaves them.
        program: '/bin/sh',
        args: ['-c', 'echo up; sleep 0.3; echo done'],
        cwd: folder,
        env: process.env,
        folder,
        launch: (program, args, options) => {
          const shell = spawn(program, [...args], { ...options, detached: true, stdio: 'ignore' });
          return Promise.resolve(shell.pid);
        },
      });
      await written(child, 'up');
      process.kill(-child.pid, 'SIGHUP');
      assert.deepEqual(await child.ended, { exitCode: 0 });
      assert.equal(fs.readFileSync(child.eventsFile, 'utf8'), 'up\ndone\n');
    });

    it('kills the group, and then nobody knows an exit code', async () => {
      const child = await node('console.log("up"); setInterval(() => {}, 1000)');
      await written(child, 'up');
      await child.kill();
      assert.deepEqual(await child.ended, { exitCode: undefined });
      const late = await attachDetached(folder);
      assert.deepEqual(await late?.ended, { exitCode: undefined });
    });

    it('does not touch a process that only has the same number', async () => {
      const child = await node('process.exit(0)');
      await child.ended;
      const file = path.join(folder, 'process.json');
      const record = JSON.parse(fs.readFileSync(file, 'utf8')) as object;
      fs.writeFileSync(file, JSON.stringify({ ...record, pid: process.pid }));
      const taken = await attachDetached(folder);
      await taken?.kill();
      assert.deepEqual(await taken?.ended, { exitCode: 0 });
    });
  }

  it('identifies a process by more than its number', async () => {
    const own = await processIdentity(process.pid);
    assert.ok(own);
    assert.equal(await processIdentity(process.pid), own);
    assert.equal(await processIdentity(2 ** 22 + 1), undefined);
  });
});
