import type { Block } from '../hcl/syntax';
import type { Module } from '../terraform/model';
import type { Places } from './places';

/** A file of ours that declares what an override file may not. */
export const additionFile = 'zz_terratrain_sandbox.tf';

/** Part of the override file's name in a session that runs provisioners, so that a saved plan shows where it is from. */
const agreed = 'provisioners_allowed';

/**
 * Override files are merged last, in the order of their names, so ours must have the last one.
 *
 * @param others names of the files in the module
 */
export function overrideName(others: readonly string[], provisioners: boolean): string {
  const end = `terratrain_sandbox${provisioners ? `_${agreed}` : ''}_override.tf`;
  const overriding = others.filter((name) => /(^|_)override\.(tf|tofu)(\.json)?$/.test(name));
  const isLast = (name: string): boolean =>
    overriding.every((other) => Buffer.compare(Buffer.from(other), Buffer.from(name)) < 0);
  // The last of all characters: whatever a file is called, its name comes before.
  return [`zz_${end}`, `~${end}`].find(isLast) ?? `\u{10ffff}${end}`;
}

/** Whether a saved plan was made in a session that runs provisioners: its configuration is part of it. */
export function plansProvisioners(plan: Buffer): boolean {
  return plan.includes(`terratrain_sandbox_${agreed}_override.tf`);
}

/** What the shadow of a module says differently from the module. */
export interface Deviations {
  /** The root module's state is kept here. */
  readonly places: Places | undefined;
  /** Lines for a block, by its header: `resource "aws_instance" "trainer"`. */
  readonly inBlocks: ReadonlyMap<string, readonly string[]>;
}

/** The contents of a module's override file. */
export function overrideText({ places, inBlocks }: Deviations): string {
  const parts = ['# Written by Terratrain for the sandbox. Changes here are lost.\n'];
  if (places !== undefined) {
    parts.push(
      'terraform {',
      '  backend "local" {',
      `    path          = ${quote(places.stateFile)}`,
      `    workspace_dir = ${quote(places.workspaces)}`,
      '  }',
      '}\n',
    );
  }
  for (const [header, lines] of inBlocks)
    parts.push(`${header} {`, ...lines.map((line) => `  ${line}`), '}\n');
  return parts.join('\n');
}

/** One provisioner in an override replaces all of the resource; this one does nothing, in every shell. */
export const silentProvisioner = ['provisioner "local-exec" {', '  command = "exit 0"', '}'];

/** The headers of the resources with provisioners, which terraform would run itself, whoever plays the provider. */
export function provisionedResources(module: Module): readonly string[] {
  const headers = topBlocks(module, 'resource').filter(hasProvisioner).map(headerOf);
  return [...new Set(headers)];
}

/** A part of a file that reads differently in the shadow. */
export interface TextEdit {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** `removed` blocks cannot be overridden, so their provisioners are blanked out in the shadow's copy. */
export function removedProvisioners(module: Module): readonly TextEdit[] {
  return module.files.flatMap(({ path, syntax }) =>
    syntax.body.items.flatMap((item) =>
      item.kind === 'block' && item.type === 'removed'
        ? provisionersOf(item).map(({ range: { start, end } }) => ({ path, start, end, text: '' }))
        : [],
    ),
  );
}

/**
 * The texts of the files that edits are about, by path. Line ends stay, so that what follows keeps its place in
 * messages of terraform.
 */
export function editedTexts(module: Module, edits: readonly TextEdit[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { path, syntax } of module.files) {
    const own = edits.filter((edit) => edit.path === path).sort((a, b) => b.start - a.start);
    if (own.length === 0) continue;
    let { text } = syntax;
    for (const edit of own) {
      const lineEnds = text.slice(edit.start, edit.end).replace(/[^\n]/g, '');
      text = text.slice(0, edit.start) + edit.text + lineEnds + text.slice(edit.end);
    }
    texts.set(path, text);
  }
  return texts;
}

/** The blocks of a type at the top of a module's files, those of override files included. */
export function topBlocks(module: Module, type: string): readonly Block[] {
  return module.files.flatMap(({ syntax }) =>
    syntax.body.items.filter((item): item is Block => item.kind === 'block' && item.type === type),
  );
}

export function headerOf(block: Block): string {
  return [block.type, ...block.labels.map(({ value }) => quote(value))].join(' ');
}

/** A string of HCL, whatever characters it holds. `$` and `%` could begin a template, so they are escaped as well. */
export function quote(text: string): string {
  const escaped = Array.from(text, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    const code = character.charCodeAt(0);
    const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
    const isTemplate = character === '$' || character === '%';
    return isControl || isTemplate ? `\\u${code.toString(16).padStart(4, '0')}` : character;
  });
  return `"${escaped.join('')}"`;
}

function hasProvisioner(block: Block): boolean {
  return provisionersOf(block).length > 0;
}

function provisionersOf(block: Block): readonly Block[] {
  return block.body.items.filter(
    (item): item is Block => item.kind === 'block' && item.type === 'provisioner',
  );
}
