import multipart from '@fastify/multipart';
import fastify from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ImageError } from './image';
import { Metrics } from './metrics';
import type { LoadedModel } from './model';

/** Largest request: a photograph, with room. */
const MOST_BYTES = 20 * 1024 * 1024;

export interface ListenOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
}

export interface RunningServer {
  /** `http://127.0.0.1:8501` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a model over HTTP until closed.
 * @throws an Error that names the port when it is taken
 */
export async function serveModel(model: LoadedModel, options: ListenOptions): Promise<RunningServer> {
  const server = await createServer(model);
  try {
    const url = await server.listen({ port: options.port, host: options.host });
    return { url, close: () => server.close() };
  } catch (error) {
    await server.close();
    throw listenError(error, options);
  }
}

/** The server before it listens; tests call it without a socket. */
export async function createServer(model: LoadedModel): Promise<FastifyInstance> {
  const server = fastify({ bodyLimit: MOST_BYTES, forceCloseConnections: true });
  const metrics = new Metrics();
  await server.register(multipart, { limits: { fileSize: MOST_BYTES, files: 1 } });
  server.addContentTypeParser(
    ['image/png', 'image/jpeg', 'application/octet-stream'],
    { parseAs: 'buffer' },
    (_, body, done) => {
      done(null, body);
    },
  );
  server.addHook('onResponse', (request, reply, done) => {
    metrics.record(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  server.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _, reply) => {
    const status = statusOf(error);
    return reply
      .status(status)
      .send({ error: status === 500 ? `The prediction failed: ${error.message}` : words(error) });
  });
  server.setNotFoundHandler((request, reply) =>
    reply.status(404).send({
      error: `There is no ${request.method} ${request.url}. Use POST /predict, POST /v1/models/${model.name}:predict, GET /v1/models/${model.name}, GET /healthz or GET /metrics.`,
    }),
  );
  addRoutes(server, model, metrics);
  return server;
}

function addRoutes(server: FastifyInstance, model: LoadedModel, metrics: Metrics): void {
  server.post('/predict', async (request) => {
    const { label, name, probabilities, milliseconds, preprocessing } = await model.predictImage(
      await imageOf(request),
    );
    return { predicted_label: label, class: name, probabilities, milliseconds, preprocessing };
  });
  // The doubled colon is a colon: TensorFlow Serving's address is /v1/models/NAME:predict.
  server.post(`/v1/models/${model.name}::predict`, async (request) => {
    const { values, count } = instancesOf(request.body, model.input);
    return { predictions: await model.predictValues(values, count) };
  });
  server.get(`/v1/models/${model.name}`, () => ({
    model_version_status: [
      { version: '1', state: 'AVAILABLE', status: { error_code: 'OK', error_message: '' } },
    ],
    input: model.input,
    classes: model.classes,
  }));
  server.get('/healthz', () => ({ status: 'ok', model: model.name, backend: model.backend }));
  server.get('/metrics', (_, reply) => reply.type('text/plain; version=0.0.4').send(metrics.text()));
}

/** A mistake of whoever sent the request. */
class RequestError extends Error {
  override readonly name = 'RequestError';
}

async function imageOf(request: FastifyRequest): Promise<Uint8Array> {
  if (request.isMultipart()) {
    for await (const part of request.parts()) {
      if (part.fieldname === 'image' && part.type === 'file') return part.toBuffer();
      if (part.type === 'file') await part.toBuffer();
    }
    throw new RequestError(
      'The form has no file named "image". Send one: curl -F image=@FILE.png URL/predict',
    );
  }
  if (Buffer.isBuffer(request.body)) return request.body;
  throw new RequestError(
    'Send a PNG or JPEG, as the file "image" of a form (curl -F image=@FILE.png URL/predict) or as the whole body with the type image/png or image/jpeg.',
  );
}

function instancesOf(body: unknown, input: readonly number[]): { values: Float32Array; count: number } {
  const instances = (body as { instances?: unknown } | null | undefined)?.instances;
  if (!Array.isArray(instances) || instances.length === 0) {
    throw new RequestError(`Send {"instances": [...]}, a list of samples of the shape ${input.join('×')}.`);
  }
  const size = input.reduce((product, each) => product * each, 1);
  const flat = instances.flat(Infinity) as unknown[];
  if (
    flat.length !== instances.length * size ||
    !flat.every((value) => typeof value === 'number' && Number.isFinite(value))
  ) {
    throw new RequestError(
      `Each of the "instances" must be ${size} finite numbers in the shape ${input.join('×')}.`,
    );
  }
  return { values: Float32Array.from(flat as number[]), count: instances.length };
}

function statusOf(error: Error & { statusCode?: number }): number {
  if (error instanceof ImageError || error instanceof RequestError) return 400;
  return error.statusCode ?? 500;
}

function words(error: Error & { statusCode?: number }): string {
  switch (error.statusCode) {
    case 413:
      return `The request is larger than ${MOST_BYTES / 1024 / 1024} MiB. Send a smaller image.`;
    case 415:
      return 'This type of content is not read. Send a form with the file "image", image/png, image/jpeg, or JSON.';
    default:
      return error.message;
  }
}

function listenError(error: unknown, { port, host }: ListenOptions): Error {
  const code = (error as NodeJS.ErrnoException).code;
  const what = {
    EADDRINUSE: 'is taken by another program',
    EACCES: 'may not be used without more rights',
    EADDRNOTAVAIL: 'is no address of this machine',
  }[code ?? ''];
  if (what === undefined) return error instanceof Error ? error : new Error(String(error));
  const place = code === 'EADDRNOTAVAIL' ? `The host ${host}` : `Port ${port} on ${host}`;
  return new Error(`${place} ${what}. Choose another with --port (0: any free one) or --host.`, {
    cause: error,
  });
}
