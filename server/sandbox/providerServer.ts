import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { headerBlock } from './headerCompression';
import { serveHttp2 } from './http2Connection';
import type { Http2Answer, Http2Service } from './http2Connection';
import { decodeMessage, encodeMessage } from './protobuf';
import { methods, severity } from './protocol';
import type { MethodName } from './protocol';
import type { AsyncHandlers } from './scenarioProvider';
import type { Connection } from './simulatedProvider';

/** gRPC's own codes for a call that gets no answer. */
const unimplemented = 12;
const internal = 13;
const framePrefixBytes = 5;

/** A provider, ready to be asked. */
export interface ServedProvider {
  readonly handlers: AsyncHandlers;
  /** The answer to GetProviderSchema: asked for by every command, and the same each time. */
  readonly schemaAnswer: () => Buffer;
}

export interface ProviderServer {
  /** As `Addr` in TF_REATTACH_PROVIDERS. */
  readonly address: { readonly Network: 'unix' | 'tcp'; readonly String: string };
  /** Connections that made at least one call and are still open. */
  readonly connections: number;
  close(): void;
}

/**
 * Serves one provider over gRPC without TLS. The calls do not name the provider, so each needs a server of its own.
 *
 * @param socketPath a short path that does not exist; undefined for TCP on the loopback, which Windows needs
 */
export async function serveProvider(
  provider: ServedProvider,
  socketPath: string | undefined,
): Promise<ProviderServer> {
  const sockets = new Set<Socket>();
  const used = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    // Terraform closes connections in the middle of what it no longer wants to know.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      used.delete(socket);
    });
    // Whoever looks for a listener connects and hangs up, so a connection counts from its first call.
    serveHttp2(
      socket,
      serviceOf(provider, () => used.add(socket)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (socketPath === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(socketPath, resolve);
  });
  return {
    address:
      socketPath === undefined
        ? { Network: 'tcp', String: `127.0.0.1:${String((server.address() as AddressInfo).port)}` }
        : { Network: 'unix', String: socketPath },
    get connections() {
      return used.size;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** gRPC, as far as calls with one request and one answer need it. */
function serviceOf(provider: ServedProvider, onCall: () => void): Http2Service {
  const connection: Connection = { configuration: {} };
  return {
    refuse(path) {
      onCall();
      return methodOf(path) === undefined ? failure(unimplemented, `${path} is not simulated`) : undefined;
    },
    answer(path, body) {
      const name = methodOf(path);
      const request = readFrame(body);
      const answer =
        name === undefined || request === undefined
          ? undefined
          : callMethod(provider, connection, name, request);
      if (answer === undefined) return failure(internal, `the request ${path} cannot be read`);
      if (!(answer instanceof Promise)) return success(answer);
      return answer.then(success, (error: unknown) => failure(internal, String(error)));
    },
  };
}

function methodOf(path: string): MethodName | undefined {
  if (!path.startsWith(servicePrefix)) return undefined;
  const name = path.slice(servicePrefix.length);
  return isMethod(name) ? name : undefined;
}

const servicePrefix = '/tfplugin6.Provider/';

function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

function readFrame(bytes: Buffer): Buffer | undefined {
  if (bytes.length < framePrefixBytes) return undefined;
  const length = bytes.readUInt32BE(1);
  return bytes.length < framePrefixBytes + length
    ? undefined
    : bytes.subarray(framePrefixBytes, framePrefixBytes + length);
}

/** An error becomes a diagnostic in a normal answer, which Terraform shows with address and source line. */
function callMethod(
  provider: ServedProvider,
  connection: Connection,
  name: MethodName,
  request: Buffer,
): Buffer | Promise<Buffer> | undefined {
  const { request: requestType, response } = methods[name];
  let decoded: object;
  try {
    decoded = decodeMessage(requestType, request);
  } catch {
    return undefined;
  }
  try {
    if (name === 'GetProviderSchema') return provider.schemaAnswer();
    const answer = provider.handlers[name](decoded, connection);
    return answer instanceof Promise
      ? answer.then((value) => encodeMessage(response, value)).catch((error: unknown) => problem(name, error))
      : encodeMessage(response, answer);
  } catch (error) {
    return problem(name, error);
  }
}

function problem(name: MethodName, error: unknown): Buffer {
  const detail = error instanceof Error ? error.message : String(error);
  const diagnostic = { severity: severity.error, summary: 'The sandbox could not simulate this', detail };
  return encodeMessage(methods[name].response, { diagnostics: [diagnostic] });
}

function success(body: Buffer): Http2Answer {
  const frame = Buffer.allocUnsafe(framePrefixBytes + body.length);
  frame.writeUInt8(0);
  frame.writeUInt32BE(body.length, 1);
  frame.set(body, framePrefixBytes);
  return { headers: answerHeaders, body: frame, trailers: answerTrailers };
}

const answerHeaders = headerBlock([
  [':status', '200'],
  ['content-type', 'application/grpc'],
]);
const answerTrailers = headerBlock([['grpc-status', '0']]);

function failure(status: number, text: string): Http2Answer {
  const headers = headerBlock([
    [':status', '200'],
    ['content-type', 'application/grpc'],
    ['grpc-status', String(status)],
    ['grpc-message', encodeURIComponent(text)],
  ]);
  return { headers };
}
