import iconv from 'iconv-lite';

/** Turns characters into bytes and back. */
export interface TextEncoding {
  /** Undefined where a character has no bytes. */
  encode(text: string): Buffer | undefined;
  /** Undefined where bytes stand for no character. */
  decode(bytes: Buffer): string | undefined;
}

/** The encoding of a name that `encodingName` gives. */
export function textEncoding(name: string): TextEncoding {
  const known = cache.get(name) ?? findEncoding(name);
  cache.set(name, known);
  return known;
}

const cache = new Map<string, TextEncoding>();

function findEncoding(name: string): TextEncoding {
  const part = /^ISO[_-]8859-(\d+)/.exec(name)?.[1];
  if (part !== undefined && part !== '1' && part !== '9') return isoPart(part);
  return special[name]?.() ?? ofLibrary(libraryNames[name] ?? name);
}

const libraryNames: Readonly<Record<string, string>> = {
  IBM00858: 'cp858',
  'ISO_8859-1:1987': 'ISO-8859-1',
  'ISO_8859-9:1989': 'ISO-8859-9',
  Extended_UNIX_Code_Packed_Format_for_Japanese: 'EUC-JP',
};

const undefinedCharacter = '\ufffd';

function ofLibrary(name: string): TextEncoding {
  return {
    encode(text) {
      const bytes = iconv.encode(text, name);
      // The library writes a question mark for what it cannot encode.
      return iconv.decode(bytes, name, { stripBOM: false }) === text ? bytes : undefined;
    },
    decode: (bytes) => defined(iconv.decode(bytes, name, { stripBOM: false })),
  };
}

function defined(text: string): string | undefined {
  return text.includes(undefinedCharacter) ? undefined : text;
}

/** IBM code page 037, by its bytes: the characters of Latin-1 in another order. */
const ebcdicTable =
  'AAECA5wJhn+XjY4LDA0ODxAREhOdhQiHGBmSjxwdHh+AgYKDhAoXG4iJiouMBQYHkJEWk5SVlgSYmZqbFBWeGiCg4uTg4ePl5/GiLjwo' +
  'K3wm6err6O3u7+zfISQqKTusLS/CxMDBw8XH0aYsJV8+P/jJysvIzc7PzGA6I0AnPSLYYWJjZGVmZ2hpq7vw/f6xsGprbG1ub3Bxcqq6' +
  '5rjGpLV+c3R1dnd4eXqhv9Dd3q5eo6W3qae2vL2+W12vqLTXe0FCQ0RFRkdISa309vLz9X1KS0xNTk9QUVK5+/z5+v9c91NUVVZXWFla' +
  'stTW0tPVMDEyMzQ1Njc4ObPb3Nnanw==';
const ebcdic = Array.from(Buffer.from(ebcdicTable, 'base64').toString('latin1'));

/** One byte for each character, with some characters at the places of others. */
function singleByte(
  characters: readonly string[],
  moved: Readonly<Record<number, string>> = {},
): TextEncoding {
  const table = [...characters];
  for (const [byte, character] of Object.entries(moved)) table[Number(byte)] = character;
  const bytes = new Map(table.map((character, byte) => [character, byte]));
  bytes.delete(undefinedCharacter);
  return {
    encode(text) {
      const encoded = Array.from(text, (character) => bytes.get(character));
      return encoded.includes(undefined) ? undefined : Buffer.from(encoded.map((byte) => byte ?? 0));
    },
    decode: (given) => defined([...given].map((byte) => table[byte] ?? undefinedCharacter).join('')),
  };
}

/** The characters that the library has for the bytes. */
function libraryTable(name: string): string[] {
  return Array.from({ length: 256 }, (_, byte) => iconv.decode(Buffer.from([byte]), name));
}

/** As the standards have them: nothing between ASCII and the printable characters of the upper half. */
function isoPart(part: string): TextEncoding {
  return singleByte(
    libraryTable(`ISO-8859-${part}`).map((character, byte) =>
      byte >= 0x80 && byte < 0xa0 ? undefinedCharacter : character,
    ),
  );
}

function utf16(order: 'little' | 'big' | 'marked'): TextEncoding {
  return {
    encode(text) {
      if (/\p{Surrogate}/u.test(text)) return undefined;
      const bytes = Buffer.from(order === 'marked' ? `\ufeff${text}` : text, 'utf16le');
      return order === 'little' ? bytes : bytes.swap16();
    },
    decode(bytes) {
      if (bytes.length % 2 !== 0) return undefined;
      const mark = order === 'marked' ? bytes.toString('hex', 0, 2) : '';
      const little = order === 'little' || mark === 'fffe';
      const content = Buffer.from(mark === 'fffe' || mark === 'feff' ? bytes.subarray(2) : bytes);
      const text = (little ? content : content.swap16()).toString('utf16le');
      return /\p{Surrogate}/u.test(text) ? undefined : defined(text);
    },
  };
}

const japanese: TextEncoding = {
  encode(text) {
    let set = ascii;
    const parts: Buffer[] = [];
    for (const character of text) {
      const bytes = iconv.encode(character, 'EUC-JP');
      const double = bytes.length === 2 && (bytes[0] ?? 0) >= 0xa1;
      if (!double && character >= '\x80') return undefined;
      const wanted = double ? kanji : ascii;
      if (wanted !== set) parts.push(wanted);
      set = wanted;
      // The same rows and cells as in EUC-JP, without the high bit.
      parts.push(Buffer.from(bytes.map((byte) => byte & 0x7f)));
    }
    if (set !== ascii) parts.push(ascii);
    return Buffer.concat(parts);
  },
  decode: (bytes) => defined(new TextDecoder('iso-2022-jp', { ignoreBOM: true }).decode(bytes)),
};
const ascii = Buffer.from('\x1b(B');
const kanji = Buffer.from('\x1b$B');

/** HZ: the two bytes of a character of GB 2312 without their high bits, between `~{` and `~}`. */
const chinese: TextEncoding = {
  encode(text) {
    let open = false;
    const parts: string[] = [];
    for (const character of text) {
      const bytes = iconv.encode(character, 'GB2312');
      const double = bytes.length === 2 && bytes.every((byte) => byte > 0xa0);
      if (!double && character >= '\x80') return undefined;
      if (double !== open) parts.push(double ? '~{' : '~}');
      open = double;
      if (double) parts.push(String.fromCharCode(...bytes.map((byte) => byte & 0x7f)));
      else parts.push(character === '~' ? '~~' : character);
    }
    return Buffer.from(parts.join(''), 'latin1');
  },
  decode(bytes) {
    if (bytes.some((byte) => byte >= 0x80)) return undefined;
    let result = '';
    let open = false;
    for (const part of bytes.toString('latin1').match(/~[{}~\n]|[^~]+|~/g) ?? []) {
      if (part === '~') return undefined;
      if (part === '~{' || part === '~}') open = part === '~{';
      else if (part === '~~') result += '~';
      else if (part !== '~\n') result += open ? fromRows(part) : part;
    }
    return defined(result);
  },
};

function fromRows(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  if (bytes.length % 2 !== 0) return undefinedCharacter;
  return iconv.decode(Buffer.from(bytes.map((byte) => byte | 0x80)), 'GB2312');
}

const special: Readonly<Record<string, () => TextEncoding>> = {
  'UTF-16': () => utf16('marked'),
  'UTF-16BE': () => utf16('big'),
  'UTF-16LE': () => utf16('little'),
  IBM037: () => singleByte(ebcdic),
  IBM1047: () => singleByte(ebcdic, { 0x5f: '^', 0xad: '[', 0xb0: '¬', 0xba: 'Ý', 0xbb: '¨', 0xbd: ']' }),
  IBM01140: () => singleByte(ebcdic, { 0x9f: '€' }),
  'KOI8-U': () => singleByte(libraryTable('KOI8-U'), { 0xae: 'ў', 0xbe: 'Ў' }),
  macintosh: () => singleByte(libraryTable('macintosh'), { 0xbd: '\u03a9', 0xdb: '€', 0xf0: '\uf8ff' }),
  'ISO-2022-JP': () => japanese,
  'HZ-GB-2312': () => chinese,
};
