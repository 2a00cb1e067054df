import { walkExpressions } from '../hcl/walk';
import type { Block, Body } from '../hcl/syntax';
import { dialectOf } from '../terraform/dialect';
import type { Edition } from '../terraform/edition';
import { isOpenTofuName } from '../terraform/fileNames';
import { datedFunctions, findFunction } from '../terraform/functions';
import { openTofuOnly } from '../terraform/language/availability';
import type { LanguageArgument, LanguageBlock } from '../terraform/languageBlock';
import { labelled, topLevelBlocks } from '../terraform/languageSchema';
import type { ConfigFile, Module } from '../terraform/model';
import { isTypeConstraint } from '../terraform/uses';
import { keyName } from '../terraform/values';
import type { Diagnostic } from './diagnostic';
import { EditionFindings } from './editionFindings';
import { editionOf } from './editionOf';
import { checkSyntaxFeatures, optionalMembers } from './editionSyntax';
import type { Snapshot } from './snapshot';

/**
 * Tells of what the releases that may read a module do not know: blocks, arguments, kinds of backends, functions, and
 * ways to write things, which came later, went, or are of the other product.
 */
export function checkEdition(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const edition = editionOf(snapshot, module);
  const isConfiguration = dialectOf(config.path) === 'configuration';
  // Files of tests are only read by who develops the module, with one release and not with all that may use it.
  const findings = new EditionFindings(edition, module, isConfiguration);
  const languages = topLevelBlocks(module.dialect);
  for (const item of config.syntax.body.items) {
    const language = item.kind === 'block' ? entry(languages, item.type) : undefined;
    if (item.kind !== 'block' || language === undefined) continue;
    findings.add({ name: `"${item.type}" blocks`, range: item.typeRange, available: language.available });
    if (edition.support(language.available) !== 'none') checkBlock(findings, item, language);
  }
  checkFunctions(findings, config);
  if (isConfiguration) {
    checkSyntaxFeatures(snapshot, module, config, findings);
    checkFileName(findings, config);
  }
  return findings.found;
}

function checkBlock(findings: EditionFindings, block: Block, given: LanguageBlock): void {
  const [label] = block.labels;
  const language = labelled(given, label?.value ?? '');
  if (language === undefined) return;
  if (language !== given && label !== undefined) {
    const name = `the ${block.type.replace('_', ' ')} "${label.value}"`;
    const { available, description } = language;
    findings.add({ name, range: label.range, available, description });
    if (findings.edition.support(language.available) === 'none') return;
  }
  for (const item of block.body.items) {
    if (item.kind === 'attribute') {
      const argument = entry(language.attributes, item.name);
      if (argument === undefined) continue;
      const name = `the argument "${item.name}" of ${block.type}`;
      const { available, description } = argument;
      findings.add({ name, range: item.nameRange, available, description });
      checkMembers(findings, item.value, argument);
      continue;
    }
    const nested = entry(language.blocks, item.type);
    if (nested === undefined) continue;
    const available = nested.available ?? nested.block.available;
    const name = `"${item.type}" blocks in ${block.type}`;
    findings.add({ name, range: item.typeRange, available, experiment: experimentOf(item.type) });
    if (findings.edition.support(available) !== 'none') checkBlock(findings, item, nested.block);
  }
}

/** Validations of variables could be tried out before they came. */
function experimentOf(type: string): string | undefined {
  return type === 'validation' ? 'variable_validation' : undefined;
}

/** Members of an object that stands where the language knows its members. */
function checkMembers(
  findings: EditionFindings,
  value: Parameters<typeof walkExpressions>[0],
  { nested }: LanguageArgument,
): void {
  if (nested === undefined || value.kind !== 'object') return;
  for (const { key } of value.items) {
    const member = entry(nested.attributes, keyName(key) ?? '');
    if (member === undefined) continue;
    findings.add({
      name: `the member "${keyName(key) ?? ''}"`,
      range: key.range,
      available: member.available,
    });
  }
}

/** Names of functions that some release lacks, followed by a parenthesis; `undefined` where no release lacks any. */
const patterns = new WeakMap<Edition, { readonly pattern: RegExp | undefined }>();

function lackingCalls(edition: Edition): RegExp | undefined {
  const before = patterns.get(edition);
  if (before !== undefined) return before.pattern;
  const names = datedFunctions().flatMap(({ name, available }) =>
    edition.support(available) === 'all' ? [] : [name],
  );
  const pattern = names.length === 0 ? undefined : new RegExp(`\\b(?:${names.join('|')})\\s*\\(`);
  patterns.set(edition, { pattern });
  return pattern;
}

/** Most files call none of them, which their text tells faster than their tree. */
function checkFunctions(findings: EditionFindings, config: ConfigFile): void {
  if (lackingCalls(findings.edition)?.test(config.syntax.text) !== true) return;
  checkCallsIn(findings, config.syntax.body, undefined);
}

function checkCallsIn(findings: EditionFindings, body: Body, block: Block | undefined): void {
  for (const item of body.items) {
    if (item.kind === 'block') checkCallsIn(findings, item.body, item);
    else if (!isTypeConstraint(item, block)) {
      walkExpressions(item.value, (expression) => {
        if (expression.kind !== 'call') return true;
        const called = findFunction(expression.name);
        if (called !== undefined) {
          const name = `the function "${called.name}"`;
          const experiment = called.name === 'defaults' ? optionalMembers : undefined;
          const { available, summary } = called;
          findings.add({
            name,
            range: expression.nameRange,
            available,
            experiment,
            description: summary,
          });
        }
        return true;
      });
    }
  }
}

/** OpenTofu reads files of its own ending since 1.8. */
function checkFileName(findings: EditionFindings, config: ConfigFile): void {
  const [first] = config.syntax.body.items;
  if (first?.kind !== 'block' || !isOpenTofuName(config.path) || findings.edition.product !== 'opentofu')
    return;
  findings.add({ name: 'files that end in .tofu', range: first.typeRange, available: openTofuOnly('1.8') });
}

function entry<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
