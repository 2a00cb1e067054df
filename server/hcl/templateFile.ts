import { errorMessage } from './errors';
import { buildExpression } from './expressionViews';
import type { FlatError, FlatItem } from './flatTree';
import { STRIDE, endAt, kindAt, rootsOf, startAt } from './flatTree';
import { ItemParser } from './items';
import { Kind } from './kinds';
import { MAX_LENGTH } from './parser';
import { MAX_ERRORS } from './scanner';
import type { Attribute, Expression, SourceFile, SyntaxError, Template } from './syntax';

/**
 * The tree of a text that is a template as a whole, as `templatefile` reads it: one attribute without a name, whose
 * value is the template. Never throws; what is broken is in `errors`, and the rest of the text is read all the same.
 */
export function parseTemplateFile(text: string): SourceFile {
  const range = { start: 0, end: text.length };
  const { value, errors, comments } =
    text.length > MAX_LENGTH
      ? { value: emptyTemplate(text), errors: [tooLarge], comments: [] }
      : new TemplateFileParser(text, false).parseFile();
  const attribute: Attribute = {
    kind: 'attribute',
    range,
    name: '',
    nameRange: { start: 0, end: 0 },
    value,
  };
  return {
    text,
    body: { kind: 'body', range, items: [attribute] },
    errors: errors.slice(0, MAX_ERRORS).map((error) => toError(text, error)),
    comments,
  };
}

/** The template that a file is as a whole; `undefined` for a file of blocks and arguments. */
export function wholeTemplate({ body }: SourceFile): Template | undefined {
  const [item] = body.items;
  return item?.kind === 'attribute' && item.name === '' && item.value.kind === 'template'
    ? item.value
    : undefined;
}

class TemplateFileParser extends ItemParser {
  parseFile(): Pick<SourceFile, 'comments'> & { value: Expression; errors: readonly FlatError[] } {
    this.begin(0);
    this.parseTemplateText();
    const errors = [...this.errors].sort((a, b) => a.start - b.start);
    const placed = this.tree.finish();
    const item: FlatItem = {
      length: this.length,
      look: this.length + 1,
      entries: placed.wide ?? this.tree.seal(),
      first: placed.first,
      limit: placed.limit,
      errors,
      unclosed: false,
    };
    const root = rootsOf(item).at(-1) ?? item.first;
    const value = buildExpression(this.source, 0, item.entries, root);
    return { value, errors, comments: commentsOf(item) };
  }
}

function commentsOf({ entries, first, limit }: FlatItem): SourceFile['comments'] {
  const comments: { start: number; end: number }[] = [];
  for (let index = first; index < limit; index += STRIDE) {
    if (kindAt(entries, index) === Kind.comment)
      comments.push({ start: startAt(entries, index), end: endAt(entries, index) });
  }
  return comments;
}

function emptyTemplate(text: string): Template {
  return { kind: 'template', form: 'heredoc', range: { start: 0, end: text.length }, parts: [] };
}

const tooLarge: FlatError = { code: 'text-too-large', start: 0, end: 1 };

function toError(text: string, { code, start, end }: FlatError): SyntaxError {
  const at = text.slice(start, Math.min(end, start + 200));
  return { code, message: errorMessage(code, at), range: { start, end } };
}
