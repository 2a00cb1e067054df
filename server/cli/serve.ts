import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadModel } from '../inference/model';
import { serveModel } from '../inference/server';
import { UsageError } from './command';
import type { Command, CommandIo } from './command';

const DEFAULT_PORT = 8501;

const help = `Usage: terratrain serve MODEL [--port N] [--host H] [--json]

Serves a model over HTTP until Ctrl-C. MODEL is a run folder, a folder with a model.json of TensorFlow.js, or a Keras .h5
file.

  POST /predict                    an image as the file "image" of a form, or as the body; answers {"predicted_label": n, …}
  POST /v1/models/NAME:predict     {"instances": […]}, as TensorFlow Serving
  GET  /v1/models/NAME             whether the model is ready, its input and its classes
  GET  /healthz, GET /metrics      for load balancers and Prometheus

Options:
  --port N   ${DEFAULT_PORT} unless given; 0 for any free one
  --host H   127.0.0.1 unless given; 0.0.0.0 lets other machines in
  --json     one line {"url": …} on stdout when it answers, and nothing else

Exit code: 130 stopped, 1 when it cannot start.

Example:
  terratrain serve .terratrain/runs/20261122-101500-image-classifier --port 8080
`;

export const serve: Command = {
  name: 'serve',
  summary: 'serve a trained model over HTTP',
  help,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        host: { type: 'string', default: '127.0.0.1' },
        json: { type: 'boolean', default: false },
      },
    });
    const [modelPath, ...more] = positionals;
    if (modelPath === undefined || more.length > 0) throw new UsageError('Give one model to serve.');
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65535) {
      throw new UsageError(`--port takes a number from 0 to 65535, not "${values.port}".`);
    }
    const model = await loadModel(path.resolve(io.cwd, modelPath));
    const server = await serveModel(model, { port, host: values.host });
    if (values.json) io.stdout.write(`${JSON.stringify({ url: server.url, model: model.name })}\n`);
    else {
      io.stdout.write(`Serving ${model.name} at ${server.url}. Stop with Ctrl-C.\n`);
      io.stdout.write(`Try: curl -F image=@IMAGE.png ${server.url}/predict\n`);
    }
    await untilStopped(io);
    await server.close();
    model.dispose();
    return 130;
  },
};

/** Ends by Ctrl-C, or when the process that started this one as its child is gone. */
function untilStopped(io: CommandIo): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      resolve();
    };
    if (io.signal.aborted) resolve();
    io.signal.addEventListener('abort', end, { once: true });
    if (process.connected) process.once('disconnect', end);
  });
}
