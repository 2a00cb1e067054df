import { spawn } from 'node:child_process';
import path from 'node:path';
import { PNG } from 'pngjs';
import { loadTestImages } from '../training/dataset';
import type { LabelledImages } from '../training/dataset';
import { readRunSpec } from '../training/runFolder';
import { readModelFile } from './modelFile';

/*
 * The door of this room. Nothing here loads TensorFlow.js: a model runs in a process of its own, and this process talks
 * to it over HTTP as any other client does.
 */

export interface ModelDescription {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly input: readonly number[];
  readonly classes: readonly string[];
}

export interface InferenceOptions {
  /** A run folder, a folder of TensorFlow.js, or a Keras `.h5` file. */
  readonly model: string;
  /** The bundled `cli.js`, or the source with `execArgv` that makes Node understand it. */
  readonly cliEntry: string;
  readonly execArgv?: readonly string[];
  /** 0 or none: any free one. */
  readonly port?: number;
  readonly host?: string;
}

export interface InferenceProcess {
  /** `http://127.0.0.1:43121` */
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process is gone: with what went wrong, or with nothing when it was stopped. */
  readonly ended: Promise<string | undefined>;
  stop(): Promise<void>;
}

/** Loading a large model takes seconds. */
const START_SECONDS = 60;

/**
 * What a model takes and answers, read from its file.
 * @throws an Error that says what is wrong with the file
 */
export async function describeModel(model: string): Promise<ModelDescription> {
  const { name, path: file, input, classes } = await readModelFile(model);
  return { name, path: file, input, classes };
}

/**
 * One held-out image of each class that the model's run was measured on, as `data:` URLs. None for a model that is no
 * run, or whose data is gone.
 */
export function exampleImages(model: string): Promise<{ readonly image: string; readonly label: string }[]> {
  return new Promise((resolve) => {
    resolve(examplesOf(path.resolve(model)));
  });
}

/**
 * Starts an inference server as a child process, which ends when this process does.
 * @returns once it answers requests
 * @throws an Error with the server's own words when it does not start
 */
export function startInferenceProcess(options: InferenceOptions): Promise<InferenceProcess> {
  const { model, cliEntry, execArgv = [], port = 0, host = '127.0.0.1' } = options;
  const args = [...execArgv, cliEntry, 'serve', model, '--port', String(port), '--host', host, '--json'];
  const child = spawn(process.execPath, args, {
    // Inside VS Code the executable is Electron; this makes it Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    // The channel closes when this process ends, however it ends: that is when the server ends, too.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    windowsHide: true,
  });
  let stopping = false;
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4000);
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    // Not "close" alone: it never comes after the parent has closed the channel. Its last words may still be on
    // their way, so they get a moment.
    const end = (code: number | null, signal: NodeJS.Signals | null): void => {
      const how = signal === null ? `exit code ${code ?? 0}` : `signal ${signal}`;
      resolve(stopping ? undefined : words.trim() || `The inference server ended with ${how}.`);
    };
    child.once('close', end);
    child.once('exit', (code, signal) => setTimeout(end, 200, code, signal));
  });
  const stop = async (): Promise<void> => {
    stopping = true;
    if (child.connected) child.disconnect();
    const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(killer);
  };
  return new Promise((resolve, reject) => {
    let line = '';
    const onData = (chunk: Buffer): void => {
      line += chunk.toString();
      if (!line.includes('\n')) return;
      clearTimeout(late);
      child.stdout?.off('data', onData).resume();
      const { url } = JSON.parse(line.slice(0, line.indexOf('\n'))) as { url: string };
      resolve({ url, pid: child.pid ?? 0, ended, stop });
    };
    child.stdout?.on('data', onData);
    const late = setTimeout(() => {
      reject(new Error(`The inference server did not answer within ${START_SECONDS} s. ${words.trim()}`));
      void stop();
    }, START_SECONDS * 1000);
    void ended.then((error) => {
      clearTimeout(late);
      reject(new Error(error ?? 'The inference server was stopped before it answered.'));
    });
  });
}

function examplesOf(model: string): { image: string; label: string }[] {
  let images: LabelledImages;
  let classes: readonly string[];
  try {
    const spec = readRunSpec(model);
    classes = spec.data.classes;
    images = loadTestImages(spec);
  } catch (error) {
    // The examples are a convenience: a model without its data can still be served.
    if (error instanceof Error) return [];
    throw error;
  }
  return classes.flatMap((label, index) => {
    const position = images.labels.indexOf(index);
    return position === -1 ? [] : [{ image: dataUrl(images, position), label }];
  });
}

function dataUrl(images: LabelledImages, position: number): string {
  const [height, width, channels] = images.shape;
  const png = new PNG({ width, height });
  const start = position * height * width * channels;
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      png.data[4 * pixel + colour] =
        images.pixels[start + pixel * channels + (channels === 3 ? colour : 0)] ?? 0;
    }
    png.data[4 * pixel + 3] = 255;
  }
  return `data:image/png;base64,${PNG.sync.write(png).toString('base64')}`;
}
