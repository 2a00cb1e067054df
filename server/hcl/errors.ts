/**
 * Every error the syntax can have: a stable code and its words. A text gets the source it points at.
 * Each says what is wrong and what to do.
 */
const TEXTS = {
  'unexpected-character': (at: string) => unexpectedCharacter(at),
  'lone-carriage-return': () =>
    'A carriage return must be followed by a line feed. Use LF or CR LF line ends.',
  'unclosed-comment': () => 'This comment is never closed. Add "*/".',
  'item-expected': () =>
    'An argument (name = value) or a block (type "label" { … }) was expected here. Remove this text or complete it.',
  'item-incomplete': (at: string) =>
    `"${at}" is neither an argument nor a block yet. Continue with "= value" for an argument or with "{ … }" for a block.`,
  'quoted-argument-name': () => 'The name of an argument must not be quoted. Remove the quotes.',
  'colon-instead-of-equals': () => 'An argument is set with "=", not with ":".',
  'equals-on-next-line': () => 'The "=" must stand on the same line as the name of the argument.',
  'stray-brace': () => 'This "}" closes nothing. Remove it, or add the "{" it belongs to.',
  'duplicate-argument': (at: string) =>
    `The argument "${at}" is already set in this block. Each argument can be set once: remove one of them.`,
  'newline-after-argument': () =>
    'A line break is missing before this: each argument stands on its own line.',
  'newline-after-block': () => 'A line break is missing before this: a block ends its line.',
  'single-argument-block': () =>
    'A block on one line can hold one argument and nothing else. Put each argument and "}" on lines of their own.',
  'block-header': () => 'A quoted label or "{" was expected here to complete the header of the block.',
  'brace-on-next-line': () => 'The "{" must stand on the same line as the header of the block.',
  'unclosed-block': () => 'This block is never closed. Add "}".',
  'unclosed-label': () => 'This label is never closed. Add a closing quote.',
  'template-in-label': () => 'A label must be a plain string: "${" and "%{" are not possible here.',
  'expression-expected': () => 'An expression is missing here: a value, a reference or a call.',
  'attribute-name-expected': () => 'The name of an attribute, an index or "*" is missing after the dot.',
  'nested-splat': () => 'A ".*" cannot follow another ".*". Use "[*]" instead.',
  'legacy-index': (at: string) =>
    `"${at}" is read as one number. Write the indices in brackets, as in [0][1].`,
  number: (at: string) => `"${at}" is no number. A number has one dot and one exponent at most, as in 1.5e3.`,
  'function-name-expected': () => 'The name of a function is missing after "::".',
  'namespaced-call': () => 'A name with "::" is a function and must be called: add "(" and its arguments.',
  'unclosed-parenthesis': () => 'This "(" is never closed. Add ")".',
  'closing-parenthesis-expected': () => 'A ")" was expected here.',
  'unclosed-bracket': () => 'This "[" is never closed. Add "]".',
  'closing-bracket-expected': () => 'A "]" was expected here.',
  'separator-expected': () => 'A "," is missing between the items.',
  'expansion-last': () =>
    'Nothing can follow "…": an expanded argument must be the last one. Close the call with ")".',
  'unclosed-object': () => 'This object is never closed. Add "}".',
  'object-key-expected': () => 'The key of an item (key = value) was expected here.',
  'object-value-expected': () => 'After the key, "=" and a value are missing on the same line.',
  'arrow-in-object': () => 'The value of an object item follows "=" or ":". "=>" belongs to for expressions.',
  'object-separator-expected': () => 'A line break or "," is missing between the items of the object.',
  'conditional-colon': () => 'This conditional has no ":" with the value for the false case.',
  'for-variable': () => 'The name of a variable is missing in this for expression, as in "for item in list".',
  'for-in': () => 'The keyword "in" is missing in this for expression.',
  'for-colon': () => 'A ":" is missing after the collection of this for expression.',
  'for-arrow': () => 'A for expression in braces makes an object and needs "key => value".',
  'arrow-in-tuple': () =>
    'A for expression in brackets makes a list and has no key. Use braces for an object.',
  'grouping-in-tuple': () => 'Grouping with "..." is possible only in a for expression in braces.',
  'unclosed-for': () => 'This for expression is never closed.',
  'for-close': () => 'The end of the for expression was expected here.',
  'unclosed-string': () => 'This string is never closed. Add a closing quote.',
  'newline-in-string': () => 'A quoted string must end on its line. Close it, use \\n, or write a heredoc.',
  'invalid-escape': (at: string) =>
    `"${at}" is no escape sequence. Possible are \\n, \\r, \\t, \\", \\\\, \\uXXXX and \\UXXXXXXXX.`,
  'invalid-code-point': (at: string) => `"${at}" is no Unicode character.`,
  'unclosed-interpolation': () => 'This template sequence is never closed. Add "}".',
  'interpolation-close': () => 'A "}" was expected here: a template sequence holds one expression.',
  'directive-keyword': () => 'One of if, else, endif, for, endfor was expected after "%{".',
  'directive-unexpected': (at: string) => `"${at}" does not belong to an open directive. Remove it.`,
  'directive-unclosed': () => 'This directive is never closed. Add %{ endif } or %{ endfor }.',
  'unclosed-heredoc': (at: string) =>
    `This heredoc is never closed. Repeat its marker ${at.replace(/^<<-?/, '').trim()} alone on a line, with a line break after it.`,
  'nested-too-deeply': () => 'This is nested too deeply to be read. Split the expression into local values.',
  'text-too-large': () => 'This file is too large to be read.',
} as const satisfies Record<string, (at: string) => string>;

/** Stable: scripts and tests may depend on it. */
export type ErrorCode = keyof typeof TEXTS;

/** The words for an error whose range covers `at`. */
export function errorMessage(code: ErrorCode, at: string): string {
  return TEXTS[code](at.length > 60 ? `${at.slice(0, 57)}…` : at);
}

function unexpectedCharacter(at: string): string {
  if (at.startsWith("'")) return 'Strings are written in double quotes, not in single quotes.';
  if (at.startsWith('`'))
    return 'Strings are written in double quotes; use a heredoc (<<EOT) for several lines.';
  if (at.startsWith(';')) return 'Arguments are separated by line breaks, not by ";".';
  if (at.startsWith('&')) return 'There is no operator "&". The logical "and" is "&&".';
  if (at.startsWith('|')) return 'There is no operator "|". The logical "or" is "||".';
  if (at.startsWith('^')) return 'There is no operator "^". Use the function pow() for powers.';
  const point = (at.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `The character "${at}" (U+${point}) has no meaning here. Remove it or put it into a quoted string.`;
}
