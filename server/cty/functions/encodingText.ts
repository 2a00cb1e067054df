import { gzip } from './goGzip';
import { stringValue, unknownValue, withMarks } from '../value';
import { parameter, textOf } from './argumentValues';
import { base64Bytes } from './base64';
import { base64Fault } from './base64Fault';
import { redacted } from './contents';
import { encodingName } from './encodingNames';
import type { FunctionTable } from './function';
import { ArgumentError } from './function';
import { quote } from './goQuote';
import { textEncoding } from './textEncodings';

/** Functions that write text as bytes, and bytes as text. Facts: Terraform `lang/funcs/encoding.go`. */
export const textEncodingFunctions: FunctionTable = {
  base64decode: {
    parameters: [{ ...parameter('str', 'string'), allowMarked: true, allowUnknown: true }],
    type: 'string',
    notNull: true,
    call: ([str]) => {
      const marks = str?.marks ?? 0;
      if (str?.kind === 'unknown') return withMarks(unknownValue('string', true), marks);
      const text = textOf(str);
      const bytes = base64Bytes(text);
      if (!bytes) throw new Error(`failed to decode base64 data ${redacted(text, marks)}`);
      return withMarks(stringValue(decodeUtf8(bytes)), marks);
    },
  },
  base64encode: {
    parameters: [parameter('str', 'string')],
    type: 'string',
    notNull: true,
    call: ([str]) => stringValue(Buffer.from(textOf(str)).toString('base64')),
  },
  base64gzip: {
    parameters: [parameter('str', 'string')],
    type: 'string',
    notNull: true,
    call: ([str]) => stringValue(gzip(Buffer.from(textOf(str))).toString('base64')),
  },
  textdecodebase64: {
    parameters: [parameter('source', 'string'), parameter('encoding', 'string')],
    type: 'string',
    notNull: true,
    call: ([source, encoding]) => stringValue(textDecode(textOf(source), knownName(textOf(encoding)))),
  },
  textencodebase64: {
    parameters: [parameter('string', 'string'), parameter('encoding', 'string')],
    type: 'string',
    notNull: true,
    call: ([string, encoding]) => {
      const name = knownName(textOf(encoding));
      const bytes = textEncoding(name).encode(textOf(string));
      if (bytes) return stringValue(bytes.toString('base64'));
      throw new ArgumentError(
        0,
        `the given string contains characters that cannot be represented in ${name}`,
      );
    },
  },
  urlencode: {
    parameters: [parameter('str', 'string')],
    type: 'string',
    notNull: true,
    call: ([str]) => stringValue(encodeQuery(textOf(str))),
  },
};

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Error('the result of decoding the provided string is not valid UTF-8', { cause: error });
  }
}

function knownName(given: string): string {
  const name = encodingName(given);
  if (name !== undefined) return name;
  throw new ArgumentError(
    1,
    `${quote(given)} is not a supported IANA encoding name or alias in this Terraform version`,
  );
}

function textDecode(source: string, name: string): string {
  const bytes = base64Bytes(source);
  if (!bytes) {
    const offset = String(base64Fault(source));
    throw new ArgumentError(0, `the given value has an invalid base64 symbol at offset ${offset}`);
  }
  const text = textEncoding(name).decode(bytes);
  if (text !== undefined) return text;
  throw new ArgumentError(0, `the given string contains symbols that are not defined for ${name}`);
}

/** As for a query of a URL: a space is a plus sign, and all but letters, digits and `-_.~` are bytes in hex. */
function encodeQuery(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
