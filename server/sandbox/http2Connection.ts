import type { Socket } from 'node:net';
import { HeaderReader } from './headerCompression';

/** An answer to one call. The blocks are as `headerBlock` makes them. */
export interface Http2Answer {
  readonly headers: Buffer;
  readonly body?: Buffer;
  readonly trailers?: Buffer;
}

/** What answers the calls of one connection. */
export interface Http2Service {
  /** The answer to a call that is not waited for any longer; undefined when its body is wanted. */
  refuse(path: string): Http2Answer | undefined;
  answer(path: string, body: Buffer): Http2Answer | Promise<Http2Answer>;
}

/**
 * Serves HTTP/2 without TLS (RFC 9113, "prior knowledge") to one client: as much of it as gRPC needs. That is much less
 * work for each call than what `node:http2` does for streams, headers as objects and events: with hundreds of small
 * calls the simulator needs less than half the processor time, which terraform wants for itself.
 *
 * To be called once for a socket, before anything is read from it.
 */
export function serveHttp2(socket: Socket, service: Http2Service): void {
  const connection = new Http2Connection(socket, service);
  socket.on('data', (part) => {
    connection.receive(part);
  });
}

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const frameHeaderBytes = 9;
/** What a client may send in one frame, and in the headers of one call. */
const mostFrameBytes = 16_384;
const mostHeaderBytes = 65_536;
/** Room for large requests without waiting for window updates. */
const receiveWindow = 8 * 1024 * 1024;
const initialWindow = 65_535;
const largestWindow = 2 ** 31 - 1;

const frame = {
  data: 0,
  headers: 1,
  resetStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;
const flag = { endStream: 1, acknowledged: 1, endHeaders: 4, padded: 8, priority: 32 } as const;
const setting = { initialWindowSize: 4, maxFrameSize: 5 } as const;
const errorCode = { none: 0, protocol: 1, flowControl: 3, frameSize: 6, compression: 9 } as const;

/** What a client did that ends its connection. */
class ConnectionError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** A call that is not answered completely. */
interface Stream {
  readonly id: number;
  readonly path: string;
  readonly parts: Buffer[];
  /** Bytes that came and of which the client was not told that there is room for more. */
  received: number;
  complete: boolean;
  /** Bytes that the client still takes. */
  window: number;
  /** What has to be sent yet, once there is an answer. */
  rest?: { body: Buffer; readonly trailers: Buffer | undefined };
}

interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

class Http2Connection {
  private readonly headers = new HeaderReader();
  private readonly streams = new Map<number, Stream>();
  private unread: Buffer = Buffer.alloc(0);
  private begun = false;
  private lastStream = 0;
  /** Headers of which the end did not come yet. */
  private opening: { readonly stream: number; readonly flags: number; block: Buffer } | undefined;
  private received = 0;
  private window = initialWindow;
  private streamWindow = initialWindow;
  private frameBytes = mostFrameBytes;
  private readonly unsent: Buffer[] = [];

  constructor(
    private readonly socket: Socket,
    private readonly service: Http2Service,
  ) {
    const settings = Buffer.alloc(6);
    settings.writeUInt16BE(setting.initialWindowSize, 0);
    settings.writeUInt32BE(receiveWindow, 2);
    this.send(frame.settings, 0, 0, settings);
    this.send(frame.windowUpdate, 0, 0, number32(receiveWindow - initialWindow));
  }

  receive(part: Buffer): void {
    try {
      this.unread = this.unread.length === 0 ? part : Buffer.concat([this.unread, part]);
      if (!this.begun && !this.readPreface()) return;
      for (let next = this.nextFrame(); next !== undefined; next = this.nextFrame()) this.handle(next);
    } catch (error) {
      const code = error instanceof ConnectionError ? error.code : errorCode.protocol;
      this.send(frame.goAway, 0, 0, Buffer.concat([number32(this.lastStream), number32(code)]));
      this.flush();
      this.streams.clear();
      this.socket.removeAllListeners('data').destroySoon();
    }
  }

  private readPreface(): boolean {
    const part = this.unread.subarray(0, preface.length);
    if (!preface.subarray(0, part.length).equals(part))
      throw new ConnectionError(errorCode.protocol, 'this is not HTTP/2');
    if (part.length < preface.length) return false;
    this.unread = this.unread.subarray(preface.length);
    this.begun = true;
    return true;
  }

  private nextFrame(): Frame | undefined {
    const bytes = this.unread;
    if (bytes.length < frameHeaderBytes) return undefined;
    const end = frameHeaderBytes + bytes.readUIntBE(0, 3);
    if (end > frameHeaderBytes + mostFrameBytes)
      throw new ConnectionError(errorCode.frameSize, 'a frame is too large');
    if (bytes.length < end) return undefined;
    this.unread = bytes.subarray(end);
    return {
      type: bytes.readUInt8(3),
      flags: bytes.readUInt8(4),
      stream: bytes.readUInt32BE(5) & largestWindow,
      payload: bytes.subarray(frameHeaderBytes, end),
    };
  }

  private handle(next: Frame): void {
    if (
      this.opening !== undefined &&
      (next.type !== frame.continuation || next.stream !== this.opening.stream)
    )
      throw new ConnectionError(errorCode.protocol, 'headers are interrupted');
    switch (next.type) {
      case frame.data:
        this.takeData(next);
        return;
      case frame.headers:
        this.takeHeaders(next);
        return;
      case frame.continuation:
        this.continueHeaders(next);
        return;
      case frame.settings:
        this.takeSettings(next);
        return;
      case frame.windowUpdate:
        this.takeWindowUpdate(next);
        return;
      case frame.ping:
        if ((next.flags & flag.acknowledged) === 0) this.send(frame.ping, flag.acknowledged, 0, next.payload);
        return;
      case frame.resetStream:
        this.streams.delete(next.stream);
        return;
      case frame.pushPromise:
        throw new ConnectionError(errorCode.protocol, 'a client cannot push');
      default:
      // Priorities, the client's farewell (it closes the connection itself) and what later versions add.
    }
  }

  private takeHeaders({ stream, flags, payload }: Frame): void {
    if (stream % 2 === 0) throw new ConnectionError(errorCode.protocol, 'a client uses odd streams');
    const start = ((flags & flag.padded) === 0 ? 0 : 1) + ((flags & flag.priority) === 0 ? 0 : 5);
    this.opening = { stream, flags, block: withoutPadding(flags, payload, start) };
    if ((flags & flag.endHeaders) !== 0) this.openStream(this.opening);
  }

  private continueHeaders({ flags, payload }: Frame): void {
    const { opening } = this;
    if (opening === undefined) throw new ConnectionError(errorCode.protocol, 'no headers to be continued');
    opening.block = Buffer.concat([opening.block, payload]);
    if (opening.block.length > mostHeaderBytes)
      throw new ConnectionError(errorCode.protocol, 'headers are too large');
    if ((flags & flag.endHeaders) !== 0) this.openStream(opening);
  }

  private openStream({ stream: id, flags, block }: { stream: number; flags: number; block: Buffer }): void {
    this.opening = undefined;
    const complete = (flags & flag.endStream) !== 0;
    // Also where nobody needs them: later ones refer to them.
    const fields = this.readHeaders(block);
    if (id <= this.lastStream) {
      const known = this.streams.get(id);
      if (known !== undefined && complete) this.answer(known);
      return;
    }
    this.lastStream = id;
    const path = fields.find(([name]) => name === ':path')?.[1] ?? '';
    const stream: Stream = { id, path, parts: [], received: 0, complete: false, window: this.streamWindow };
    this.streams.set(id, stream);
    const refusal = this.service.refuse(path);
    if (refusal !== undefined) {
      this.respond(stream, refusal);
      if (!complete) this.send(frame.resetStream, 0, id, number32(errorCode.none));
    } else if (complete) this.answer(stream);
  }

  private readHeaders(block: Buffer): ReturnType<HeaderReader['read']> {
    try {
      return this.headers.read(block);
    } catch (error) {
      throw new ConnectionError(errorCode.compression, String(error));
    }
  }

  private takeData({ stream: id, flags, payload }: Frame): void {
    if (id === 0 || id > this.lastStream)
      throw new ConnectionError(errorCode.protocol, 'data without headers');
    this.received += payload.length;
    if (this.received >= receiveWindow / 2) {
      this.send(frame.windowUpdate, 0, 0, number32(this.received));
      this.received = 0;
    }
    const stream = this.streams.get(id);
    // Data may still be on its way for a call that is answered.
    if (stream === undefined || stream.complete) return;
    stream.parts.push(withoutPadding(flags, payload, (flags & flag.padded) === 0 ? 0 : 1));
    if ((flags & flag.endStream) !== 0) {
      this.answer(stream);
      return;
    }
    stream.received += payload.length;
    if (stream.received >= receiveWindow / 2) {
      this.send(frame.windowUpdate, 0, id, number32(stream.received));
      stream.received = 0;
    }
  }

  private answer(stream: Stream): void {
    if (stream.complete) return;
    stream.complete = true;
    const [only] = stream.parts;
    const body = stream.parts.length === 1 && only !== undefined ? only : Buffer.concat(stream.parts);
    stream.parts.length = 0;
    const answer = this.service.answer(stream.path, body);
    if (answer instanceof Promise) {
      void answer.then((value) => {
        this.respond(stream, value);
      });
    } else this.respond(stream, answer);
  }

  private respond(stream: Stream, { headers, body, trailers }: Http2Answer): void {
    // The client may have lost interest or be gone.
    if (this.streams.get(stream.id) !== stream) return;
    const ends = body === undefined && trailers === undefined;
    this.send(frame.headers, flag.endHeaders | (ends ? flag.endStream : 0), stream.id, headers);
    if (ends) this.streams.delete(stream.id);
    else {
      stream.rest = { body: body ?? Buffer.alloc(0), trailers };
      this.sendRest(stream);
    }
  }

  /** As much as the client takes now. */
  private sendRest(stream: Stream): void {
    const { rest } = stream;
    if (rest === undefined) return;
    while (rest.body.length > 0) {
      const length = Math.min(rest.body.length, this.frameBytes, this.window, stream.window);
      if (length <= 0) return;
      const last = length === rest.body.length && rest.trailers === undefined;
      this.send(frame.data, last ? flag.endStream : 0, stream.id, rest.body.subarray(0, length));
      rest.body = rest.body.subarray(length);
      this.window -= length;
      stream.window -= length;
    }
    this.streams.delete(stream.id);
    if (rest.trailers !== undefined)
      this.send(frame.headers, flag.endHeaders | flag.endStream, stream.id, rest.trailers);
  }

  private takeSettings({ flags, payload }: Frame): void {
    if ((flags & flag.acknowledged) !== 0) return;
    for (let at = 0; at + 6 <= payload.length; at += 6) {
      const [name, value] = [payload.readUInt16BE(at), payload.readUInt32BE(at + 2)];
      if (name === setting.maxFrameSize) this.frameBytes = Math.max(mostFrameBytes, value);
      if (name !== setting.initialWindowSize) continue;
      if (value > largestWindow) throw new ConnectionError(errorCode.flowControl, 'the window is too large');
      for (const stream of this.streams.values()) stream.window += value - this.streamWindow;
      this.streamWindow = value;
    }
    this.send(frame.settings, flag.acknowledged, 0, Buffer.alloc(0));
    for (const stream of this.streams.values()) this.sendRest(stream);
  }

  private takeWindowUpdate({ stream: id, payload }: Frame): void {
    const more = payload.readUInt32BE(0) & largestWindow;
    const stream = this.streams.get(id);
    if (stream !== undefined) {
      stream.window += more;
      this.sendRest(stream);
    } else if (id === 0) {
      this.window += more;
      for (const each of this.streams.values()) this.sendRest(each);
    }
  }

  private send(type: number, flags: number, stream: number, payload: Buffer): void {
    const header = Buffer.allocUnsafe(frameHeaderBytes);
    header.writeUIntBE(payload.length, 0, 3);
    header.writeUInt8(type, 3);
    header.writeUInt8(flags, 4);
    header.writeUInt32BE(stream, 5);
    // All that is said in one turn goes out at once: each write costs more than copying the bytes.
    if (this.unsent.length === 0)
      process.nextTick(() => {
        this.flush();
      });
    this.unsent.push(header, payload);
  }

  private flush(): void {
    if (this.unsent.length === 0) return;
    const bytes = Buffer.concat(this.unsent);
    this.unsent.length = 0;
    if (this.socket.writable) this.socket.write(bytes);
  }
}

function withoutPadding(flags: number, payload: Buffer, start: number): Buffer {
  const padding = (flags & flag.padded) === 0 ? 0 : payload.readUInt8(0);
  if (start + padding > payload.length)
    throw new ConnectionError(errorCode.protocol, 'a frame is padded beyond its end');
  return start === 0 && padding === 0 ? payload : payload.subarray(start, payload.length - padding);
}

function number32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
