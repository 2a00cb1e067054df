import { asList, asRecord, isRecord, parseJson } from './json';
import type { Json, JsonRecord } from './json';

/** Stands where a secret was. */
export const HIDDEN = '(sensitive)';

const SHORTEST = 6;

/** Removes values that terraform knows to be sensitive from everything a person or a page is shown. */
export interface Redactor {
  /** Every secret in the text, in any of its written forms, replaced. */
  text(text: string): string;
  /** The same for every string of a value, keys included. */
  json(value: Json): Json;
}

/** Redacts nothing: for output that was made before any value was known. */
export function emptyRedactor(): Redactor {
  return redactorFor(new Set());
}

/**
 * Collects the secrets of a plan. Terraform's masks are incomplete (a value copied into a computed attribute is not
 * marked there), so a string found under any mask, or in a variable declared sensitive or ephemeral, counts as a secret
 * wherever else it appears.
 *
 * @param plan What `terraform show -json PLANFILE` printed, parsed.
 */
export function redactorFromPlan(plan: unknown): Redactor {
  const document = asRecord(plan);
  const secrets = new Set<string>();
  for (const list of [document.resource_changes, document.resource_drift]) {
    for (const entry of asList(list)) collectChange(asRecord(asRecord(entry).change), secrets);
  }
  for (const change of Object.values(asRecord(document.output_changes))) {
    collectChange(asRecord(change), secrets);
  }
  collectValues(asRecord(document.planned_values), secrets);
  collectValues(asRecord(asRecord(document.prior_state).values), secrets);

  // What the configuration says in clear is no secret; a region or a name would grey the whole plan.
  const literals = new Set<string>();
  collectLiterals(document.configuration, literals);
  for (const literal of literals) secrets.delete(literal);

  collectVariables(document, secrets);
  return redactorFor(secrets);
}

/** @param secrets Plain values; too short or trivial ones are left out. */
export function redactorFor(secrets: ReadonlySet<string>): Redactor {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (!isTrivial(secret)) for (const form of writtenForms(secret)) forms.add(form);
  }
  const pattern =
    forms.size === 0
      ? undefined
      : new RegExp(
          [...forms]
            .sort((a, b) => b.length - a.length)
            .map(escapePattern)
            .join('|'),
          'g',
        );
  const text = (value: string): string => (pattern ? value.replace(pattern, HIDDEN) : value);
  return {
    text,
    json: (value) => mapStrings(value, text),
  };
}

function mapStrings(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((member: Json) => mapStrings(member, change));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [change(key), mapStrings(member, change)]),
    );
  }
  return value;
}

function collectChange(change: JsonRecord, secrets: Set<string>): void {
  collectMasked(change.before, change.before_sensitive, secrets);
  collectMasked(change.after, change.after_sensitive, secrets);
}

function collectValues(values: JsonRecord, secrets: Set<string>): void {
  for (const output of Object.values(asRecord(values.outputs))) {
    const { sensitive, value } = asRecord(output);
    collectMasked(value, sensitive, secrets);
  }
  collectModule(asRecord(values.root_module), secrets);
}

function collectModule(module: JsonRecord, secrets: Set<string>): void {
  for (const entry of asList(module.resources)) {
    const resource = asRecord(entry);
    collectMasked(resource.values, resource.sensitive_values, secrets);
  }
  for (const child of asList(module.child_modules)) collectModule(asRecord(child), secrets);
}

/** A mask is `true` for a whole value, or has the shape of the value with `true` at its secret parts. */
function collectMasked(value: unknown, mask: unknown, secrets: Set<string>): void {
  if (mask === true) {
    collectLeaves(value, secrets);
  } else if (Array.isArray(mask) && Array.isArray(value)) {
    value.forEach((member, index) => {
      collectMasked(member, mask[index], secrets);
    });
  } else if (isRecord(mask) && isRecord(value)) {
    for (const [key, member] of Object.entries(value)) collectMasked(member, mask[key], secrets);
  }
}

function collectLeaves(value: unknown, secrets: Set<string>): void {
  if (typeof value === 'string') secrets.add(value);
  else if (Array.isArray(value)) for (const member of value) collectLeaves(member, secrets);
  else if (isRecord(value)) for (const member of Object.values(value)) collectLeaves(member, secrets);
}

function collectVariables(document: JsonRecord, secrets: Set<string>): void {
  const values = asRecord(document.variables);
  const declared = asRecord(asRecord(asRecord(document.configuration).root_module).variables);
  for (const [name, declaration] of Object.entries(declared)) {
    const { sensitive, ephemeral, default: standard } = asRecord(declaration);
    if (sensitive !== true && ephemeral !== true) continue;
    for (const value of [standard, asRecord(values[name]).value]) {
      collectLeaves(value, secrets);
      // A list or a map given with -var arrives as the text of its expression.
      if (typeof value === 'string') collectQuoted(value, secrets);
    }
  }
}

function collectQuoted(text: string, secrets: Set<string>): void {
  for (const [quoted] of text.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
    const value = parseJson(quoted);
    if (typeof value === 'string') secrets.add(value);
  }
}

function collectLiterals(value: unknown, literals: Set<string>): void {
  if (Array.isArray(value)) for (const member of value) collectLiterals(member, literals);
  if (!isRecord(value)) return;
  const hidden = value.sensitive === true || value.ephemeral === true;
  for (const [key, member] of Object.entries(value)) {
    if (key === 'constant_value' || (key === 'default' && !hidden)) collectLeaves(member, literals);
    else if (key !== 'default') collectLiterals(member, literals);
  }
}

function isTrivial(text: string): boolean {
  return (
    text.length < SHORTEST ||
    /^\s*$/.test(text) ||
    /^(true|false|null|[-+]?\d+(\.\d+)?)$/i.test(text) ||
    // A cloud region or zone.
    /^[a-z]{2}(-[a-z]+){1,2}-?\d[a-z]?$/.test(text)
  );
}

function writtenForms(secret: string): readonly string[] {
  const forms = new Set<string>();
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  for (const plain of [secret, secret.trim(), ...(lines.length > 1 ? lines : [])]) {
    if (isTrivial(plain)) continue;
    const json = JSON.stringify(plain).slice(1, -1);
    const goJson = json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
    const url = encodeURIComponent(plain);
    const bytes = Buffer.from(plain, 'utf8');
    for (const form of [
      plain,
      json,
      goJson,
      JSON.stringify(json).slice(1, -1),
      url,
      url.replace(/%20/g, '+'),
      url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
      encodeURI(plain),
      plain.replace(/'/g, `'\\''`),
      plain.replace(/'/g, `'"'"'`),
      plain.replace(/([^\w@%+=:,./-])/g, '\\$1'),
      plain.replace(/([$%])\{/g, '$1$1{'),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      ...base64Forms(bytes),
    ]) {
      forms.add(form);
    }
  }
  return [...forms];
}

/**
 * The base64 of a text depends on where the text starts within the encoded whole (`user:SECRET` is a usual whole), so
 * for each of the three alignments the middle that does not depend on its neighbours is taken.
 */
function base64Forms(bytes: Buffer): readonly string[] {
  const forms: string[] = [bytes.toString('base64'), bytes.toString('base64url')];
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    const middle = encoded.slice(first, last);
    if (middle.length >= SHORTEST) {
      forms.push(middle, middle.replace(/\+/g, '-').replace(/\//g, '_'));
    }
  }
  return forms;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
