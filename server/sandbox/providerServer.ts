import * as http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { decodeMessage, encodeMessage } from './protobuf';
import { methods, severity } from './protocol';
import type { MethodName } from './protocol';
import type { AsyncHandlers } from './scenarioProvider';
import type { Connection } from './simulatedProvider';

/** gRPC's own codes for a call that gets no answer. */
const unimplemented = 12;
const internal = 13;
/** Room for large requests without waiting for window updates. */
const windowBytes = 8 * 1024 * 1024;
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
  const server = http2.createServer({ settings: { initialWindowSize: windowBytes } });
  const connections = new Map<http2.Http2Session, Connection>();
  server.on('session', (session) => {
    session.on('error', ignoreAbruptEnd);
    session.on('close', () => connections.delete(session));
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', ignoreAbruptEnd);
    const session = stream.session;
    if (session === undefined) return;
    // Whoever looks for a listener connects and hangs up, so a connection counts from its first call.
    const connection = connections.get(session) ?? { configuration: {} };
    connections.set(session, connection);
    answerCall(provider, connection, stream, headers[':path'] ?? '');
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
      return connections.size;
    },
    close() {
      server.close();
      for (const session of connections.keys()) session.destroy();
    },
  };
}

function answerCall(
  provider: ServedProvider,
  connection: Connection,
  stream: http2.ServerHttp2Stream,
  path: string,
): void {
  const [, service, name = ''] = path.split('/');
  if (service !== 'tfplugin6.Provider' || !isMethod(name)) {
    failCall(stream, unimplemented, `${path} is not simulated`);
    return;
  }
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => {
    const request = readFrame(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts));
    const answer = request === undefined ? undefined : callMethod(provider, connection, name, request);
    if (answer instanceof Promise) {
      answer.then(
        (body) => {
          sendAnswer(stream, body);
        },
        (error: unknown) => {
          failCall(stream, internal, String(error));
        },
      );
    } else if (answer === undefined) failCall(stream, internal, `the request ${name} cannot be read`);
    else sendAnswer(stream, answer);
  });
}

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
      ? answer.then((value) => encodeMessage(response, value)).catch((error: unknown) => failure(name, error))
      : encodeMessage(response, answer);
  } catch (error) {
    return failure(name, error);
  }
}

function failure(name: MethodName, error: unknown): Buffer {
  const detail = error instanceof Error ? error.message : String(error);
  const diagnostic = { severity: severity.error, summary: 'The sandbox could not simulate this', detail };
  return encodeMessage(methods[name].response, { diagnostics: [diagnostic] });
}

function sendAnswer(stream: http2.ServerHttp2Stream, body: Buffer): void {
  if (stream.destroyed) return;
  // One frame instead of two: each write costs more than copying the bytes.
  const frame = Buffer.allocUnsafe(framePrefixBytes + body.length);
  frame.writeUInt8(0);
  frame.writeUInt32BE(body.length, 1);
  frame.set(body, framePrefixBytes);
  stream.respond(answerHeaders, { waitForTrailers: true });
  stream.once('wantTrailers', () => {
    stream.sendTrailers(answerTrailers);
  });
  stream.end(frame);
}

const answerHeaders = { ':status': 200, 'content-type': 'application/grpc' };
const answerTrailers = { 'grpc-status': '0' };

function failCall(stream: http2.ServerHttp2Stream, status: number, text: string): void {
  if (stream.destroyed) return;
  const headers = {
    ':status': 200,
    'content-type': 'application/grpc',
    'grpc-status': String(status),
    'grpc-message': encodeURIComponent(text),
  };
  stream.respond(headers, { endStream: true });
}

/** Terraform closes connections in the middle of what it no longer wants to know. */
function ignoreAbruptEnd(): void {
  return undefined;
}
