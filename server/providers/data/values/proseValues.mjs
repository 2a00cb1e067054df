/**
 * Values that the description of an argument names as those it takes. Nothing is guessed: only lists in code marks or
 * quotes behind words such as "Valid values are", and bare lists of words that cannot be an ordinary sentence.
 *
 * @typedef {{ value: string, text?: string, isDefault?: boolean, deprecated?: boolean }} Found
 */

/** "Valid values", "Possible options", "Allowed object types": announce values whatever stands around. */
const strong =
  /\b(?:valid|possible|allowed|accepted|supported|available|acceptable|allowable|permitted|legal)\s+(?:[a-z]+\s+){0,2}?(?:values?|options?|choices|settings|modes|strings)\b/gi;
/** These do at the start of a sentence or after the argument itself, and may speak of other arguments otherwise. */
const weak =
  /(?:^|[.:;]\s+|,\s+(?=either)|\n\s*|\bvalue\s+|\bthis\s+|\bit\s+|\bwhich\s+)((?:may|can|must|should|could|has to)\s+(?:currently\s+|only\s+)?be\s+(?:either\s+|set to\s+(?=either|one of|[`"']))?(?:either\b|one of\b|any of\b)?(?:\s+the following(?: values)?)?|(?:either\s+)?one of(?:\s+the following(?: values)?)?|either|valid (?:values )?(?:are|is)|values? (?:can be|are|must be)|options are|supported types are|(?:takes?|can take|can have) (?:one of )?the following values?|(?:supports?|accepts|allowed|valid|supported|possible values?)(?= ?:))/gi;

/** What may stand between the announcement and the list. */
const between =
  /^(?:\s*\((?:case[- ](?:in)?sensitive|currently|at the moment)\)|\s+(?:here|currently|at this time|at present|for this (?:field|property|argument|attribute|setting|value)|for (?:the )?\w+(?: \w+)?)(?= (?:are|is|include)|\s*:)|\s+(?:are|is|include|includes|can be|may be|must be)(?:\s+(?:currently|only|either|one of(?: the following)?|the following|as follows|any of|the strings?|limited to|listed below))*)*\s*[:-]?\s*(?=\S)/i;

const separators = /^(?:\s*(?:,|;|\||\/)?\s*(?:and\/or|and|or|&)\s+(?:either\s+)?|\s*[,;|/]\s*)/;
const note = /^\s*\((?:[^()\n]{0,120})\)/;
const marks = [
  [/^`"([^"`\n]{1,64})"`/, true],
  [/^`'([^'`\n]{1,64})'`/, true],
  [/^`([^`\n]{1,64})`/, true],
  [/^\\?"([^"\n\\]{1,64})\\?"/, true],
  [/^“([^”\n]{1,64})”/, true],
  [/^'([^'\n]{1,64})'/, true],
];
/** A word that is a constant by its looks. */
const constant = /^(?:[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)+|[A-Z]{2,}[0-9]*|[a-z0-9]+(?:_[a-z0-9]+)+|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|[a-z]+(?:[A-Z][a-z0-9]+)+|[A-Z]+[0-9]+)(?![\w/-])/;
const word = /^[A-Za-z0-9][\w-]*(?:[./]\w[\w-]*)*(?![\w/-])/;
/** Words of sentences such as "Valid values are letters, numbers and hyphens". */
const ordinary =
  /^(?:a|an|the|any|all the|letters?|numbers?|digits?|hyphens?|dash(?:es)?|underscores?|alphanumerics?|alphanumeric|characters?|spaces?|periods?|dots?|commas?|lowercase|uppercase|strings?|integers?|positive|negative|null|nil|empty|values?|greater|less|between|from|multiples|unique|specified|set|used|provided|not|one|in|of|if|when|configured|required|optional|present|absent|omitted|both|either|neither|more|at|only|valid|its|zero|seconds|minutes|hours|days|slashes|symbols|plus|etc|other|others|see|for|is|are|be|to|as|with|defined|listed|may|found|here|documented|described|available|numeric|boolean|JSON|URL|ARN|IP)$/i;
/** Words before a weak announcement that show that it speaks of something else. */
const elsewhere = /\b(?:if|when|whenever|unless|only|where|while|because|since|exactly|at least|at most|other than|except|not|cannot|conflicts?|requires?|required|required for|used with|applicable|applies|together)\b|`[^`]+`\s+(?:is|are|was|has)\b/i;
/** Words behind a list that show that its members are arguments, or the ends of a range. */
const notValues =
  /^\s*(?:(?:fields?|attributes?|arguments?|blocks?|parameters?|properties|keys?)\b|(?:must|should|has to|have to|needs? to|can|may)\s+(?:also\s+)?(?:be\s+)?(?:specified|set|provided|defined|given|configured|used|present|supplied)|(?:is|are)\s+(?:required|specified|set|provided|mandatory|present|configured|allowed|defined)|to\s+[`"'\d]|through\b|-\s*`?\d|–|characters|bytes\b|inclusive)/i;

/**
 * @param {string} text the description
 * @param {{ name: string, siblings: ReadonlySet<string>, numeric: boolean }} argument names beside it in its block
 * @returns {Found[]} in the order of the text; empty where it names none or not for sure
 */
export function valuesInProse(text, argument) {
  const found = new Map();
  for (const { rest, before, isStrong } of announcements(text)) {
    const list = readList(rest, argument, isStrong);
    if (list === undefined || !isPlausible(list, argument, before, isStrong)) continue;
    for (const each of list.items) if (!found.has(each.value)) found.set(each.value, each);
  }
  const chosen = /\bdefaults?(?: value)?(?: is| to|:| of)+:?\s*(?:`"?([^`"\n]+)"?`|"([^"\n]+)"|'([^'\n]+)'|([\w-]+))/i.exec(text);
  const byDefault = chosen?.[1] ?? chosen?.[2] ?? chosen?.[3] ?? chosen?.[4];
  const main = byDefault === undefined ? undefined : found.get(byDefault);
  if (main !== undefined) main.isDefault = true;
  return [...found.values()];
}

function* announcements(text) {
  const taken = [];
  for (const match of text.matchAll(strong)) {
    const end = match.index + match[0].length;
    taken.push(end);
    yield { rest: text.slice(end), before: sentenceBefore(text, match.index), isStrong: true };
  }
  for (const match of text.matchAll(weak)) {
    const end = match.index + match[0].length;
    if (taken.some((each) => Math.abs(each - end) < 40)) continue;
    yield { rest: text.slice(end), before: sentenceBefore(text, end - match[1].length), isStrong: false };
  }
}

function sentenceBefore(text, index) {
  const head = text.slice(Math.max(0, index - 200), index);
  return head.slice(Math.max(head.lastIndexOf('. '), head.lastIndexOf('.\n'), head.lastIndexOf('\n')) + 1);
}

function readList(announced, argument, isStrong) {
  const lead = between.exec(announced)?.[0] ?? '';
  const subject = /^\s+(?:for|of|in)\s+(?:the\s+)?`(\w+)`(?:\s+(?:argument|field|attribute|block))?\s*(?:are|is|include|:)+:?\s*/.exec(announced);
  if (subject !== null && subject[1] !== argument.name) return undefined;
  let rest = announced.slice((subject?.[0] ?? lead).length);
  if (subject === null && lead === '' && !/^\s*[:`"'[(]/.test(announced)) return undefined;
  const bullets = readBullets(announced);
  if (bullets !== undefined) return bullets;
  const array = /^\[([^\]\n]*)\](?!\()/.exec(rest);
  if (array !== null) return readArray(array[1]);
  if (/^\(/.test(rest)) rest = rest.slice(1);
  return readMarked(rest) ?? readBare(rest, isStrong, argument.numeric);
}

/** `["A", "B"]`, `[A B C]`. */
function readArray(inside) {
  const quoted = [...inside.matchAll(/\\?["'`]([^"'`\\]+)\\?["'`]/g)].map(([, value]) => value);
  const values = quoted.length > 0 ? quoted : inside.split(/[\s,|]+/).filter((each) => each !== '');
  if (values.some((value) => ordinary.test(value))) return undefined;
  return { items: values.map((value) => ({ value })), tail: '', isMarked: true };
}

function readMarked(text) {
  const items = [];
  let rest = text;
  for (;;) {
    const item = firstMarked(rest);
    if (item === undefined) break;
    rest = rest.slice(item.length);
    const remark = note.exec(rest)?.[0] ?? '';
    rest = rest.slice(remark.length);
    // All of them in one pair of code marks: `standard | large`.
    const values = / \| /.test(item.value) ? item.value.split(/\s*\|\s*/) : [item.value];
    for (const value of values) items.push({
      value,
      ...(/\bdefault\b/i.test(remark) && { isDefault: true }),
      ...(/\bdeprecated\b/i.test(remark) && { deprecated: true }),
    });
    const separator = separators.exec(rest)?.[0];
    if (separator === undefined || firstMarked(rest.slice(separator.length)) === undefined) break;
    rest = rest.slice(separator.length);
  }
  return items.length === 0 ? undefined : { items, tail: rest, isMarked: true };
}

function firstMarked(text) {
  for (const [pattern] of marks) {
    const match = pattern.exec(text);
    if (match !== null) return { value: match[1].trim(), length: match[0].length };
  }
  return undefined;
}

function readBare(text, isStrong, numeric) {
  const items = [];
  let rest = text;
  let surely = true;
  for (;;) {
    const isNumber = numeric ? /^\d+(?:\.\d+)?(?![\w%.]*\w)/.exec(rest)?.[0] : undefined;
    const sure = isNumber ?? constant.exec(rest)?.[0];
    const item = sure ?? (isStrong ? word.exec(rest)?.[0] : undefined);
    if (item === undefined) return undefined;
    if (ordinary.test(item)) return undefined;
    surely &&= sure !== undefined;
    items.push({ value: item });
    rest = rest.slice(item.length);
    const remark = note.exec(rest)?.[0] ?? '';
    rest = rest.slice(remark.length);
    if (/\bdefault\b/i.test(remark)) items[items.length - 1].isDefault = true;
    const separator = separators.exec(rest)?.[0];
    if (separator === undefined) break;
    rest = rest.slice(separator.length);
  }
  // A list of ordinary words is one only when it makes up the rest of its sentence.
  const ends = /^\s*(?:[.;\n]|$)/.test(rest);
  if (items.length < 2 || (!surely && !ends)) return undefined;
  return { items, tail: rest, isMarked: false };
}

/** One value on each line, with a sentence about it. */
function readBullets(announced) {
  const start = /^[^\n`]{0,60}:?\s*\n(?=\s*[*-])/.exec(announced);
  if (start === null) return undefined;
  const items = [];
  for (const line of announced.slice(start[0].length).split('\n')) {
    if (line.trim() === '') {
      if (items.length > 0) continue;
      continue;
    }
    const bullet = /^\s*[*-]\s+(?:\*\*)?(?:`"?([^`"\n]{1,64})"?`|"([^"\n]{1,64})"|'([^'\n]{1,64})'|([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|[A-Z][a-z]+(?:[A-Z][a-z]+)+)(?=\s*(?:[:.(]|-\s|$)))(?:\*\*)?\s*(?:[:.–-]|means)?\s*(.*)$/.exec(line);
    if (bullet === null) break;
    const value = bullet[1] ?? bullet[2] ?? bullet[3] ?? bullet[4];
    const about = bullet[5].trim();
    items.push({ value: value.trim(), ...(about.length > 3 && { text: about }), ...(/^\(?deprecated\b/i.test(about) && { deprecated: true }) });
  }
  return items.length < 2 ? undefined : { items, tail: '', isMarked: true };
}

function isPlausible({ items, tail, isMarked }, { siblings, numeric, name }, before, isStrong) {
  const values = items.map(({ value }) => value);
  if (values.some((value) => !isValue(value, numeric))) return false;
  if (notValues.test(tail)) return false;
  if (/\b(?:between|range|from|at least|minimum|maximum|not|invalid|no)\s*$/i.test(before)) return false;
  const named = [...before.matchAll(/`(\w+)`/g)].map(([, each]) => each);
  if (!isStrong && (elsewhere.test(before) || named.some((each) => each !== name))) return false;
  if (isStrong && named.some((each) => each !== name && siblings.has(each)) && !/\b(?:if|when)\b/i.test(before)) return false;
  if (!isStrong && values.every((value) => siblings.has(value))) return false;
  // A single one may be an example, or the start of something else.
  if (values.length === 1) return isStrong && isMarked && /^\s*(?:[.;\n]|$)/.test(tail);
  return new Set(values).size === values.length || values.length > 3;
}

function isValue(value, numeric) {
  if (numeric) return /^-?\d+(?:\.\d+)?$/.test(value);
  if (value === '' || value.length > 64 || /[<>{}^\\$`[\]|]|example|\([a-z]\)|\.\.\.|…|\s{2}|^\W+$/.test(value)) return ['=', '>', '>=', '<', '<=', '!=', '*', '<>', '=='].includes(value);
  if (/^(?:null|nil|unset|undefined)$/.test(value) || /^https?:/.test(value)) return false;
  return value.split(' ').length <= 4;
}
