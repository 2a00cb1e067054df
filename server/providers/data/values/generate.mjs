/**
 * Makes the known values of arguments: `node --import tsx server/providers/data/values/generate.mjs [--archives DIR]`.
 * Reads the descriptions in the bundled schemas beside this folder and the SDK packages of AWS (npm, into a temporary folder;
 * DIR keeps the archives for the next time), and writes `<namespace>-<name>.tfv` beside the schemas and the table in
 * `docs/providers.md`.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { download } from '../packages.mjs';
import { enumerationOf } from './awsMatching.mjs';
import { readService } from './awsSdk.mjs';
import { sdkPackages } from './awsServices.mjs';
import { packValues } from './format.mjs';
import { writeValuesSection } from './page.mjs';
import { valuesInProse } from './proseValues.mjs';
import { readArguments } from './schemaArguments.mjs';
import { spellingOf } from './spellings.mjs';
import { awsTable } from './tables/aws.mjs';
import { azurermTable } from './tables/azurerm.mjs';
import { googleTable } from './tables/google.mjs';
import { kubernetesTable } from './tables/kubernetes.mjs';
import { otherTables } from './tables/others.mjs';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const folder = path.dirname(here);
/** A list of the API that is this long grows, so it completes what a description says; a short one may be meant to be shorter. */
const growing = 8;
/** Sentences about a value longer than this are cut. */
const longest = 160;

async function main() {
  const { values } = parseArgs({ options: { archives: { type: 'string' } } });
  const archives = values.archives ?? mkdtempSync(path.join(os.tmpdir(), 'terratrain-values-'));
  mkdirSync(archives, { recursive: true });
  try {
    const services = new Map();
    for (const each of sdkPackages()) services.set(each.service, await readService(download(each, archives)));
    const rows = [];
    for (const [source, provider] of readArguments(folder)) {
      const row = writeProvider(source, provider, services);
      if (row !== undefined) rows.push(row);
    }
    dropOthers(rows);
    writeValuesSection(path.join(folder, '../../../docs/providers.md'), rows);
  } finally {
    if (values.archives === undefined) rmSync(archives, { recursive: true, force: true });
  }
}

function writeProvider(source, provider, services) {
  const name = source.split('/').slice(1).join('/');
  const table = tableOf(name, services);
  const known = new Set(name === 'hashicorp/aws' ? [...services.values()].flatMap(({ enums }) => [...enums.values()].flat()) : []);
  const counts = { hand: 0, api: 0, prose: 0 };
  const places = [];
  for (const argument of provider.arguments) {
    const found = valuesOf(argument, { name, table, services, known });
    if (found === undefined) continue;
    counts[found.from] += 1;
    places.push({ kind: argument.kind, type: argument.type, path: argument.path, values: found.values });
  }
  places.push(...likeResources(provider.arguments, places, counts));
  if (places.length === 0) return undefined;
  const packed = packValues(places, commonOf(name, places));
  const file = `${name.replace('/', '-')}.tfv`;
  writeFileSync(path.join(folder, file), packed.bytes);
  const row = { name, file, arguments: places.length, ...counts, lists: packed.lists, values: packed.values, bytes: packed.bytes.length };
  process.stdout.write(`${JSON.stringify({ ...row, characters: packed.characters })}\n`);
  return row;
}

function tableOf(name, services) {
  const enums = (service, list) => {
    const values = services.get(service)?.enums.get(list);
    if (values === undefined) throw new Error(`the API of ${service} has no ${list} any more`);
    return values;
  };
  if (name === 'hashicorp/aws') return awsTable(enums);
  if (/^hashicorp\/google/.test(name)) return googleTable();
  if (name === 'hashicorp/azurerm') return azurermTable();
  return name === 'hashicorp/kubernetes' ? kubernetesTable : (otherTables[name] ?? []);
}

/** By hand, else from the API and the description together. */
function valuesOf(argument, { name, table, services, known }) {
  const place = `${argument.kind} ${argument.type} ${argument.path}`;
  for (const [pattern, values, applies] of table) {
    if (pattern.test(place) && (applies?.(argument) ?? true)) return { from: 'hand', values: withDefault(values, argument) };
  }
  const inProse = spelled(valuesInProse(argument.text, argument), name, known);
  const enumeration = name === 'hashicorp/aws' && argument.kind === 'resource' && !argument.numeric ? enumerationOf(argument, services) : undefined;
  const values = enumeration === undefined ? inProse : together(inProse, enumeration, argument);
  if (values === undefined || values.length === 0) return undefined;
  return { from: enumeration === undefined || values === inProse ? 'prose' : 'api', values: wantedFirst(values).map(tidy) };
}

/** A list of which one value cannot be trusted is none. */
function spelled(found, name, known) {
  const values = [];
  for (const each of found) {
    const value = spellingOf(name, each.value, known);
    if (value === undefined) return undefined;
    values.push({ ...each, value });
  }
  return values;
}

function together(inProse, { values, by }, argument) {
  if (inProse === undefined || inProse.length === 0) return withDefault(inOrder(values), argument);
  const api = new Set(values);
  const common = inProse.filter(({ value }) => api.has(value)).length;
  // A description that agrees in nothing with the very field of the API belongs to another argument; unless only the case differs.
  const folded = new Set(values.map((each) => each.toLowerCase().replaceAll('-', '_')));
  const isSpelledOtherwise = inProse.some(({ value }) => folded.has(value.toLowerCase().replaceAll('-', '_')));
  if (common === 0 && by === 'path' && !isSpelledOtherwise) return withDefault(inOrder(values), argument);
  if (common < inProse.length || values.length < growing || common === values.length) return inProse;
  const listed = new Set(inProse.map(({ value }) => value));
  return [...inProse, ...inOrder(values).filter(({ value }) => !listed.has(value))];
}

/** The API lists in the order of the alphabet, which tears numbers apart. */
function inOrder(values) {
  return [...values].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((value) => ({ value }));
}

function withDefault(values, argument) {
  const chosen = /\bdefaults?(?: value)?(?: is| to|:| of)+:?\s*(?:`"?([^`"\n]+)"?`|"([^"\n]+)")/i.exec(argument.text);
  const main = chosen?.[1] ?? chosen?.[2];
  return main === undefined ? values : values.map((each) => (each.value === main ? { ...each, isDefault: true } : each));
}

/** What is deprecated comes last, and so does "unspecified", which is in many lists and nobody's wish. */
function wantedFirst(values) {
  const isLast = ({ value, deprecated }) => deprecated === true || /_UNSPECIFIED$|^UNSPECIFIED$/.test(value);
  return [...values.filter((each) => !isLast(each)), ...values.filter(isLast)];
}

function tidy({ value, text, isDefault, deprecated, detail, documentation }) {
  const about = text?.replaceAll(/\s+/g, ' ').trim();
  const sentence = about === undefined || about.length <= longest ? about : `${about.slice(0, about.lastIndexOf(' ', longest))} ...`;
  return {
    value,
    ...(detail && { detail }),
    ...((documentation ?? sentence) && { documentation: documentation ?? sentence }),
    ...(isDefault && { isDefault }),
    ...(deprecated && { deprecated }),
  };
}

/** A data source's argument that its resource has too takes the same values. */
function likeResources(all, places, counts) {
  const known = new Set(places.map(({ kind, type, path: at }) => `${kind} ${type} ${at}`));
  const resources = new Map(places.filter(({ kind }) => kind === 'resource').map((each) => [`${each.type} ${each.path}`, each.values]));
  const found = [];
  for (const { kind, type, path: at } of all) {
    const values = kind === 'data' && !known.has(`data ${type} ${at}`) ? resources.get(`${type} ${at}`) : undefined;
    if (values === undefined) continue;
    counts.prose += 1;
    found.push({ kind, type, path: at, values: values.map((each) => ({ ...each, isDefault: false })) });
  }
  return found;
}

/** What nearly every type of a provider has holds for types that are newer than this list. */
function commonOf(name, places) {
  const argument = { 'hashicorp/aws': 'region', 'hashicorp/google': 'region', 'hashicorp/google-beta': 'region', 'hashicorp/azurerm': 'location' }[name];
  const values = places.find((each) => each.kind === 'resource' && each.path === argument)?.values;
  if (values === undefined) return [];
  const zones = name.includes('google') ? places.find((each) => each.kind === 'resource' && each.path === 'zone')?.values : undefined;
  return ['resource', 'data', 'ephemeral'].flatMap((kind) => [{ kind, path: argument, values }, ...(zones === undefined ? [] : [{ kind, path: 'zone', values: zones }])]);
}

/** Files of providers that are no longer in the list must not ship. */
function dropOthers(rows) {
  const wanted = new Set(rows.map(({ file }) => file));
  for (const name of readdirSync(folder)) if (name.endsWith('.tfv') && !wanted.has(name)) rmSync(path.join(folder, name));
}

await main();
