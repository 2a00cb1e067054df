import type { Block, Label, ObjectExpression } from '../hcl/syntax';
import { backendBlocks } from '../terraform/language/backends';
import type { LanguageBlock } from '../terraform/languageBlock';
import { topLevelBlocks } from '../terraform/languageSchema';
import type { ConfigFile, Module } from '../terraform/model';
import { attributeOf, blocksOf, keyName, literalString } from '../terraform/values';
import type { Range } from '../text/range';
import { headerOf } from './bodyRules';
import { EditionFindings } from './editionFindings';
import { editionOf } from './editionOf';
import { Findings } from './findings';
import { isRemoteState, remoteStateBackend } from './remoteState';
import type { Snapshot } from './snapshot';
import { didYouMean, nearest } from './suggestion';

/**
 * Checks the kinds that a label or a string names: backends, and what OpenTofu encrypts with. Terraform itself tells of
 * unknown backends when it initialises, and of those that `terraform_remote_state` reads when it validates.
 */
export function checkKinds(snapshot: Snapshot, module: Module, config: ConfigFile): Findings['found'] {
  const check = new KindCheck(new Findings(snapshot, module, config));
  for (const item of config.syntax.body.items) {
    if (item.kind !== 'block') continue;
    if (item.type === 'terraform') check.settings(item);
    else if (isRemoteState(headerOf(item))) check.remoteState(item);
    else if (item.type === 'check')
      for (const data of blocksOf(item.body, 'data'))
        if (isRemoteState(headerOf(data))) check.remoteState(data);
  }
  return check.findings.found;
}

/** Names that work though nobody should write them. */
const hidden = new Set(['cloud']);

class KindCheck {
  private readonly mayKnowMore: boolean;

  constructor(readonly findings: Findings) {
    this.mayKnowMore = editionOf(findings.snapshot, findings.module).mayKnowMore;
  }

  settings(terraform: Block): void {
    const { blocks } = topLevelBlocks().terraform ?? {};
    const encryptions = blocksOf(terraform.body, 'encryption').flatMap(({ body }) => body.items);
    for (const item of [...terraform.body.items, ...encryptions]) {
      if (item.kind !== 'block') continue;
      const known = (blocks?.[item.type] ?? blocks?.encryption?.block.blocks[item.type])?.block.byLabel?.();
      const [label] = item.labels;
      if (known === undefined || label === undefined || hidden.has(label.value)) continue;
      this.kind(item.type, label, known);
    }
  }

  remoteState(data: Block): void {
    const value = attributeOf(data.body, 'backend')?.value;
    const name = literalString(value);
    if (value === undefined || name === undefined) return;
    const known = backendBlocks();
    if (!Object.hasOwn(known, name)) this.unknown('backend', name, value.range, known);
    const backend = remoteStateBackend(headerOf(data));
    const config = attributeOf(data.body, 'config')?.value;
    if (backend === undefined) return;
    const { snapshot, module, found } = this.findings;
    const editions = new EditionFindings(editionOf(snapshot, module), module, true);
    editions.add({ name: `the backend "${name}"`, range: value.range, available: backend.available });
    if (config?.kind === 'object') this.members(config, backend, name, editions);
    found.push(...editions.found);
  }

  private kind(type: string, { value, range }: Label, known: Readonly<Record<string, LanguageBlock>>): void {
    if (!Object.hasOwn(known, value)) this.unknown(type, value, range, known);
  }

  private unknown(
    kind: string,
    name: string,
    range: Range,
    known: Readonly<Record<string, LanguageBlock>>,
  ): void {
    const suggestion = nearest(name, Object.keys(known));
    const message = `There is no ${kind.replace('_', ' ')} "${name}".${didYouMean(suggestion)}`;
    this.findings.add('unknown-kind', range, message, {
      ...(this.mayKnowMore && { severity: 'warning' }),
      suggestion: suggestion === undefined ? undefined : `"${suggestion}"`,
      facts: { name, kind },
    });
  }

  /** What is not known until something is applied is not checked by Terraform before. */
  private members(
    { items }: ObjectExpression,
    language: LanguageBlock,
    backend: string,
    editions: EditionFindings,
  ): void {
    for (const { key, value } of items) {
      const name = keyName(key);
      if (name === undefined) continue;
      const argument = Object.hasOwn(language.attributes, name) ? language.attributes[name] : undefined;
      const block = Object.hasOwn(language.blocks, name) ? language.blocks[name] : undefined;
      if (argument !== undefined) {
        const subject = `the argument "${name}" of the backend`;
        editions.add({ name: subject, range: key.range, available: argument.available });
      } else if (block !== undefined) {
        if (value.kind === 'object') this.members(value, block.block, backend, editions);
      } else {
        const suggestion = nearest(name, [
          ...Object.keys(language.attributes),
          ...Object.keys(language.blocks),
        ]);
        const message = `The backend "${backend}" has no argument "${name}".${didYouMean(suggestion)}`;
        this.findings.add('unknown-argument', key.range, message, {
          ...(this.mayKnowMore && { severity: 'warning' }),
          suggestion,
          facts: { name },
        });
      }
    }
  }
}
