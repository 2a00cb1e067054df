import type { Range } from '../text/range';
import type { SyntaxError } from './syntax';

/** Every error the JSON notation can have: a stable code and its words. A text gets the source it points at. */
const TEXTS = {
  'json-byte-order-mark': () =>
    'Terraform refuses a byte order mark at the start of a JSON file. Save the file as UTF-8 without it.',
  'json-after-end': () => 'The JSON value ends before this. Remove the rest.',
  'json-value-expected': () =>
    'A JSON value was expected here: an object, an array, a string, a number, true, false or null.',
  'json-single-quotes': () => 'Strings are written in double quotes, not in single quotes.',
  'json-too-deep': () => 'This is nested too deeply to be read.',
  'json-unclosed-object': () => 'This object is never closed. Add "}".',
  'json-unclosed-array': () => 'This array is never closed. Add "]".',
  'json-wrong-bracket': (close: string) => `A "${close}" was expected here to close what is open.`,
  'json-name-expected': () => 'The name of a property in double quotes was expected here.',
  'json-name-quotes': (at: string) => `The name of a property stands in double quotes: "${at}".`,
  'json-colon-in-array': () =>
    'The items of an array have no names. Use an object ({ … }) for names with values.',
  'json-colon-expected': () => 'A ":" and the value of the property were expected here.',
  'json-equals': () => 'JSON has ":" between the name and the value of a property, not "=".',
  'json-comma-expected': () => 'A "," is missing before this.',
  'json-trailing-comma': () => 'JSON allows no comma after the last member. Remove it.',
  'json-unclosed-string': () => 'This string is never closed on its line. Add a closing quote.',
  'json-control-character': () =>
    'A JSON string cannot hold this character as it is. Write it as an escape, such as \\t.',
  'json-escape': (at: string) =>
    `"${at}" is no escape sequence of JSON. Possible are \\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t and \\uXXXX.`,
  'json-number': (at: string) => `"${at}" is no JSON number.`,
  'json-keyword': (at: string) =>
    `"${at}" is no JSON value. Put it in double quotes, or use true, false or null.`,
  'json-comment': () => 'JSON has no comments. Put the text into a property that is named "//".',
  'json-duplicate-argument': (at: string) =>
    `The argument "${at}" is already set here. Each argument can be set once: remove one of them.`,
  'json-duplicate-key': (at: string) => `The key "${at}" is already in this object. Remove one of them.`,
  'json-label-expected': (type: string) =>
    `An object with a property is missing here: the property's name is a label of the "${type}" block.`,
  'json-root': () => 'The file must be one JSON object.',
  'json-body-expected': () =>
    'A JSON object, or an array of objects, was expected here for arguments and blocks.',
  'json-block-expected': (type: string) =>
    `A JSON object, or an array of objects, was expected here for the contents of "${type}" blocks.`,
  'json-reference-expected': () =>
    'A string with a reference was expected here, written as in the native syntax but without "${ }".',
} as const satisfies Record<string, (at: string) => string>;

/** Stable: scripts and tests may depend on it. */
export type JsonErrorCode = keyof typeof TEXTS;

/** The error of that kind over a range that covers, or is about, `at`. */
export function jsonError(code: JsonErrorCode, range: Range, at: string): SyntaxError {
  return { code, message: TEXTS[code](at.length > 60 ? `${at.slice(0, 57)}…` : at), range };
}
