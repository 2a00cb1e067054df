import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as http2 from 'node:http2';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { headerBlock } from '../../server/sandbox/headerCompression';
import { serveHttp2 } from '../../server/sandbox/http2Connection';
import type { Http2Service } from '../../server/sandbox/http2Connection';

const headers = headerBlock([
  [':status', '200'],
  ['content-type', 'application/grpc'],
]);
const trailers = headerBlock([['grpc-status', '0']]);
/** Answers with what was sent, `/slow` later, and never waits for the body of `/refused`. */
const echo: Http2Service = {
  refuse: (path) =>
    path === '/refused'
      ? {
          headers: headerBlock([
            [':status', '200'],
            ['grpc-status', '12'],
          ]),
        }
      : undefined,
  answer: (path, body) => {
    const told = path.startsWith('/path') ? Buffer.from(path) : body;
    const answer = { headers, body: told, trailers };
    return path === '/slow' ? new Promise((resolve) => setImmediate(resolve, answer)) : answer;
  },
};

interface Answer {
  readonly headers: http2.IncomingHttpHeaders;
  readonly trailers: http2.IncomingHttpHeaders;
  readonly body: Buffer;
}

describe('HTTP/2 for gRPC, with the client of Node', () => {
  let server: Server;
  let client: http2.ClientHttp2Session;
  let port: number;

  beforeEach(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      serveHttp2(socket, echo);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    client = http2.connect(`http://127.0.0.1:${String(port)}`);
  });

  afterEach(async () => {
    client.destroy();
    server.close();
    await once(server, 'close');
  });

  async function call(path: string, body: Buffer, more: http2.OutgoingHttpHeaders = {}): Promise<Answer> {
    const stream = client.request({ ':method': 'POST', ':path': path, ...more });
    const seen = { headers: {}, trailers: {} };
    stream.on('response', (given: http2.IncomingHttpHeaders) => (seen.headers = given));
    stream.on('trailers', (given: http2.IncomingHttpHeaders) => (seen.trailers = given));
    stream.end(body);
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return { ...seen, body: Buffer.concat(parts) };
  }

  it('answers with headers, body and trailers, at once and later', async () => {
    for (const path of ['/now', '/slow']) {
      const answer = await call(path, Buffer.from('digits'));
      assert.equal(answer.headers[':status'], 200);
      assert.equal(answer.headers['content-type'], 'application/grpc');
      assert.equal(answer.body.toString(), 'digits');
      assert.equal(answer.trailers['grpc-status'], '0');
    }
    assert.equal((await call('/now', Buffer.alloc(0))).body.length, 0);
  });

  it('keeps many calls at once apart', async () => {
    const paths = Array.from({ length: 300 }, (_, index) => (index % 3 === 0 ? '/slow' : '/now'));
    const answers = await Promise.all(paths.map((path, index) => call(path, Buffer.from(`call ${index}`))));
    assert.deepEqual(
      answers.map(({ body }) => body.toString()),
      paths.map((_, index) => `call ${index}`),
    );
  });

  it('sends and takes more than any window holds', async () => {
    const body = Buffer.alloc(20 * 1024 * 1024);
    for (let at = 0; at < body.length; at += 4096) body.writeUInt32BE(at, at);
    const [first, second] = await Promise.all([call('/now', body), call('/slow', body)]);
    assert.ok(first.body.equals(body));
    assert.ok(second.body.equals(body));
  });

  it('reads every letter of headers, compressed or not, also after the table has overflowed', async () => {
    const letters = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join('');
    for (let index = 0; index < 150; index++) {
      const path = `/path/${String(index)}/${letters.slice(index % 94)}${letters.slice(0, index % 94)}`;
      const answer = await call(path, Buffer.alloc(0), { [`x-${String(index % 7)}`]: `${letters}${index}` });
      assert.equal(answer.body.toString(), path);
      // Most of these repeat, and are sent as a number.
      assert.equal((await call('/path/again', Buffer.alloc(0))).body.toString(), '/path/again');
    }
  });

  it('reads bytes beyond ASCII in headers without losing its place', async () => {
    const odd = Array.from({ length: 128 }, (_, index) => String.fromCharCode(0x80 + index)).join('');
    // Only long runs of common letters make it worth compressing.
    for (const path of [`/path/${odd}`, `/path/${'e'.repeat(3000)}${odd}`])
      assert.equal((await call(path, Buffer.alloc(0))).body.toString(), path);
    assert.equal((await call('/path/2', Buffer.alloc(0))).body.toString(), '/path/2');
  });

  it('reads headers that need more than one frame', async () => {
    const long = { 'x-long': 'ÿ'.repeat(40_000) };
    assert.equal((await call('/path/long', Buffer.alloc(0), long)).body.toString(), '/path/long');
  });

  it('refuses a call before its body has ended', async () => {
    const stream = client.request({ ':method': 'POST', ':path': '/refused' });
    const [given] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
    assert.equal(given['grpc-status'], '12');
    stream.destroy();
    assert.equal((await call('/now', Buffer.from('still here'))).body.toString(), 'still here');
  });

  it('goes on after a call was cancelled', async () => {
    const stream = client.request({ ':method': 'POST', ':path': '/now' });
    stream.on('error', () => undefined);
    stream.end(Buffer.alloc(1_000_000));
    await once(stream, 'data');
    stream.close(http2.constants.NGHTTP2_CANCEL);
    await once(stream, 'close');
    assert.equal((await call('/now', Buffer.from('still here'))).body.toString(), 'still here');
  });

  it('answers pings, and goes by a window that changes', async () => {
    const payload = Buffer.from('12345678');
    await once(client, 'connect');
    const echoed = await new Promise<Buffer>((resolve, reject) =>
      client.ping(payload, (error, _, bytes) => {
        if (error === null) resolve(bytes);
        else reject(error);
      }),
    );
    assert.ok(echoed.equals(payload));
    client.settings({ initialWindowSize: 100 });
    assert.equal((await call('/now', Buffer.alloc(5000))).body.length, 5000);
    client.settings({ initialWindowSize: 1_000_000, maxFrameSize: 100_000 });
    assert.equal((await call('/now', Buffer.alloc(500_000))).body.length, 500_000);
  });

  const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  const broken: readonly (readonly [string, Buffer, number])[] = [
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 1],
    ['a frame larger than agreed', frame(0x7fffff, 0, 0, 1), 6],
    ['data of a call that never began', frame(0, 0, 1, 1), 1],
    ['headers that refer to nothing', frame(2, 1, 5, 1, 0xff, 0x7f), 9],
    ['a number without end in headers', frame(7, 1, 5, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01), 9],
    ['compressed text that is none', frame(7, 1, 5, 1, 0x00, 0x84, 0xff, 0xff, 0xff, 0xff, 0x00), 9],
    ['text longer than its headers', frame(3, 1, 5, 1, 0x00, 0x7e, 0x61), 9],
    ['a frame between headers', Buffer.concat([frame(1, 1, 0, 1, 0x83), frame(0, 4, 0, 0)]), 1],
    ['padding beyond the end', frame(2, 1, 0x0d, 1, 9, 0), 1],
    ['a window update without a number', frame(1, 8, 0, 0, 1), 1],
  ];
  for (const [what, bytes, code] of broken) {
    it(`ends the connection after ${what}, and only that`, async () => {
      const socket = connect(port, '127.0.0.1');
      socket.write(what === 'another protocol' ? bytes : Buffer.concat([preface, frame(0, 4, 0, 0), bytes]));
      const parts: Buffer[] = [];
      for await (const part of socket) parts.push(part as Buffer);
      const said = Buffer.concat(parts);
      // The last frame is the farewell: 9 bytes of header, the last stream and the reason.
      assert.equal(said.readUInt8(said.length - 17 + 3), 7);
      assert.equal(said.readUInt32BE(said.length - 4), code);
      assert.equal((await call('/now', Buffer.from('still here'))).body.toString(), 'still here');
    });
  }

  it('takes what comes in single bytes', async () => {
    const socket = connect(port, '127.0.0.1');
    const request = Buffer.concat([
      preface,
      frame(0, 4, 0, 0),
      // POST /, in two frames, and a body in two.
      frame(1, 1, 0, 1, 0x83),
      frame(1, 9, 4, 1, 0x84),
      frame(2, 0, 0, 1, 0x68, 0x69),
      frame(4, 0, 0x09, 1, 1, 0x21, 0x3f, 0),
    ]);
    socket.setNoDelay(true);
    for (const byte of request) {
      socket.write(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    let said = Buffer.alloc(0);
    for await (const part of socket) {
      said = Buffer.concat([said, part as Buffer]);
      if (said.includes(trailers)) break;
    }
    assert.ok(said.includes(Buffer.concat([frame(4, 0, 0, 1), Buffer.from('hi!?')])));
  });
});

function frame(length: number, type: number, flags: number, stream: number, ...payload: number[]): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUIntBE(length, 0, 3);
  bytes.writeUInt8(type, 3);
  bytes.writeUInt8(flags, 4);
  bytes.writeUInt32BE(stream, 5);
  return Buffer.concat([bytes, Buffer.from(payload)]);
}
