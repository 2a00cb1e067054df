// Speaks to a real provider of protocol 5 as terraform does, without terraform: thousands of plans in seconds.
import { spawn } from 'node:child_process';
import * as http2 from 'node:http2';
import net from 'node:net';
import { decodeMessage, encodeMessage } from '../../protobuf.ts';
import { methods, nestingNumbers } from '../../protocol.ts';
import { impliedType } from '../../impliedType.ts';
import { decodeValue, encodeValue } from '../../values.ts';

const nestings = Object.fromEntries(Object.entries(nestingNumbers).map(([name, number]) => [number, name]));
/** How protocol 5 calls what protocol 6 renamed. */
const oldNames = { GetProviderSchema: 'GetSchema', ConfigureProvider: 'Configure' };

/** @param binary the provider's program; it offers its socket when started with `-debug` */
export async function startProvider(binary) {
  const child = spawn(binary, ['-debug'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const socket = await new Promise((resolve, reject) => {
    let seen = '';
    const read = (part) => {
      seen += part;
      const found = /"Addr":\{"Network":"unix","String":"([^"]+)"/.exec(seen);
      if (!found) return;
      for (const stream of [child.stdout, child.stderr]) {
        stream.off('data', read);
        stream.resume();
      }
      resolve(found[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`the provider ended: ${seen}`)));
  });
  const session = http2.connect('http://localhost', { createConnection: () => net.connect(socket) });
  session.on('error', () => undefined);
  const call = (name, request) => callMethod(session, name, request);
  const schema = await call('GetProviderSchema', {});
  const blocks = (messages) =>
    Object.fromEntries(Object.entries(messages ?? {}).map(([name, each]) => [name, toBlock(each.block ?? {})]));
  return {
    call,
    provider: toBlock(schema.provider.block ?? {}),
    resources: blocks(schema.resourceSchemas),
    dataSources: blocks(schema.dataSourceSchemas),
    stop() {
      session.destroy();
      child.kill();
    },
  };
}

/** Plans one change; values are plain, `planned` and `replace` (dotted paths without indexes) come back. */
export async function plan(real, typeName, block, { prior, proposed, config }) {
  const type = impliedType(block);
  const wire = (value) => ({ msgpack: encodeValue(value, type) });
  const answer = await real.call('PlanResourceChange', {
    typeName,
    priorState: wire(prior),
    proposedNewState: wire(proposed),
    config: wire(config),
  });
  const errors = (answer.diagnostics ?? []).filter((each) => each.severity === 1);
  return {
    errors: errors.map((each) => `${each.summary}: ${each.detail ?? ''}`),
    planned: answer.plannedState?.msgpack ? decodeValue(answer.plannedState.msgpack, type) : null,
    replace: [...new Set((answer.requiresReplace ?? []).map(pathText))],
  };
}

function pathText(path) {
  return (path.steps ?? [])
    .filter((step) => step.attributeName !== undefined)
    .map((step) => step.attributeName)
    .join('.');
}

function callMethod(session, name, request) {
  return new Promise((resolve, reject) => {
    const body = Buffer.from(encodeMessage(methods[name].request, request));
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(body.length, 1);
    const stream = session.request({
      ':method': 'POST',
      ':path': `/tfplugin5.Provider/${oldNames[name] ?? name}`,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('error', reject);
    stream.on('trailers', (trailers) => {
      if (trailers['grpc-status'] !== '0') reject(new Error(`${name}: ${trailers['grpc-message']}`));
    });
    stream.on('end', () => {
      const bytes = Buffer.concat(parts);
      if (bytes.length < 5) reject(new Error(`${name}: no answer`));
      else resolve(decodeMessage(methods[name].response, bytes.subarray(5)));
    });
    stream.end(Buffer.concat([prefix, body]));
  });
}

function toBlock(message) {
  const attributes = {};
  for (const { name, type, nestedType, ...flags } of message.attributes ?? [])
    attributes[name] = {
      type: JSON.parse(Buffer.from(type).toString()),
      ...flags,
      // Protocol 5 has no nested attributes, and gives their number to this flag.
      ...(nestedType !== undefined && { writeOnly: true }),
    };
  const blocks = {};
  for (const { typeName, block, nesting, minItems = 0, maxItems = 0 } of message.blockTypes ?? [])
    blocks[typeName] = { nesting: nestings[nesting], minItems, maxItems, block: toBlock(block ?? {}) };
  return { attributes, blocks };
}
