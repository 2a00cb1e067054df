import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadModel } from '../inference/model';
import type { ImagePrediction } from '../inference/model';
import { UsageError } from './command';
import type { Command } from './command';

const help = `Usage: terratrain predict MODEL IMAGE… [--json]

One prediction for each image. MODEL is a run folder, a folder with a model.json of TensorFlow.js, or a Keras .h5 file;
IMAGE is a PNG or JPEG of any size.

Options:
  --json   one JSON document, a list, and nothing else, on stdout

Exit code: 0, or 1 when the model or an image cannot be used (the other images are answered all the same).

Example:
  terratrain predict image_classifier.h5 shirt.png
`;

export const predict: Command = {
  name: 'predict',
  summary: 'classify images with a trained model',
  help,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [modelPath, ...inputs] = positionals;
    if (modelPath === undefined || inputs.length === 0)
      throw new UsageError('Give a model and at least one image.');
    const model = await loadModel(path.resolve(io.cwd, modelPath));
    const answers: unknown[] = [];
    let failed = false;
    for (const input of inputs) {
      try {
        const prediction = await model.predictImage(readImage(path.resolve(io.cwd, input)));
        answers.push(answer(input, prediction));
        if (!values.json) io.stdout.write(`${input}: ${line(prediction)}\n`);
      } catch (error) {
        failed = true;
        const reason = error instanceof Error ? error.message : String(error);
        answers.push({ input, error: reason });
        if (!values.json) io.stderr.write(`${input}: ${reason}\n`);
      }
    }
    model.dispose();
    if (values.json) io.stdout.write(`${JSON.stringify(answers, null, 2)}\n`);
    return failed ? 1 : 0;
  },
};

function readImage(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new Error('There is no such file.', { cause: error });
    if (code === 'EISDIR') throw new Error('This is a folder; name the images in it.', { cause: error });
    throw error;
  }
}

function answer(
  input: string,
  { label, name, probabilities, milliseconds, preprocessing }: ImagePrediction,
): unknown {
  return { input, predicted_label: label, class: name, probabilities, milliseconds, preprocessing };
}

function line({ label, name, probabilities, preprocessing }: ImagePrediction): string {
  const percent = (100 * (probabilities[label] ?? 0)).toFixed(1);
  return `${name} (${label}), ${percent} %${preprocessing === 'none' ? '' : `; image ${preprocessing}`}`;
}
