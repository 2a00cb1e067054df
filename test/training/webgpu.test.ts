import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  openRun,
  probeBackends,
  readEvents,
  startRun,
  trainerProgram,
  watchRun,
} from '../../server/training/training';
import type { TrainSpec } from '../../server/training/training';
import { TinyWorkspace } from './tinyRun';

/** A graphics adapter in software, which a distribution's Chromium brings along. */
const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** What finds drivers: Debian's package libvulkan1. */
const loader = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib']
  .map((folder) => path.join(folder, 'libvulkan.so.1'))
  .find((file) => existsSync(file));

if (!existsSync(driver) || loader === undefined) {
  const missing = existsSync(driver) ? 'libvulkan.so.1' : driver;
  process.stdout.write(`  webgpu: not run, there is no ${missing}\n`);
} else {
  describe('WebGPU on a software adapter', function () {
    this.timeout(120_000);
    let workspace: TinyWorkspace;
    let runtime: string;
    const environment = { ...process.env };
    before(() => {
      workspace = new TinyWorkspace();
      runtime = mkdtempSync(path.join(os.tmpdir(), 'terratrain-runtime-'));
      process.env.VK_ICD_FILENAMES = driver;
      process.env.XDG_RUNTIME_DIR = runtime;
    });
    after(() => {
      for (const name of ['VK_ICD_FILENAMES', 'XDG_RUNTIME_DIR']) {
        const value = environment[name];
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
      rmSync(runtime, { recursive: true, force: true });
      workspace.dispose();
    });

    async function train(
      backend: TrainSpec['backend'],
    ): Promise<{ losses: number[]; device: string | undefined }> {
      const spec = workspace.spec({ backend, epochs: 2 });
      const run = await startRun({
        spec,
        specPath: workspace.specPath,
        runsFolder: workspace.runsFolder,
        ...trainerProgram(),
      });
      const status = await watchRun(run.folder, () => undefined);
      assert.equal(status, 'completed', readFileSync(path.join(run.folder, 'events.jsonl'), 'utf8'));
      const losses = readEvents(run.folder).flatMap((event) => (event.type === 'batch' ? [event.loss] : []));
      return { losses, device: openRun(run.folder).record.device };
    }

    it('is shown as software and trains with the losses of WebAssembly when asked for', async () => {
      const webgpu = await train('webgpu');
      assert.match(webgpu.device ?? '', /software/);
      const wasm = await train('wasm');
      assert.equal(webgpu.losses.length, 10);
      wasm.losses.forEach((loss, step) => {
        assert.ok(Math.abs(loss - (webgpu.losses[step] ?? NaN)) < 1e-4, `step ${step + 1}`);
      });
    });

    it('is never chosen by itself', async () => {
      const probes = await probeBackends(trainerProgram());
      assert.deepEqual(
        probes.map(({ name }) => name),
        ['cuda', 'webgpu', 'wasm', 'cpu'],
      );
      const webgpu = probes.find(({ name }) => name === 'webgpu');
      assert.equal(webgpu?.software, true);
      const { device } = await train('auto');
      assert.match(device ?? '', /WebAssembly/);
    });
  });
}
