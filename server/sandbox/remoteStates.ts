import path from 'node:path';
import type { Block } from '../hcl/syntax';
import type { Module, ModuleNode } from '../terraform/model';
import { eachNode } from '../terraform/moduleTree';
import { blocksOf } from '../terraform/values';
import { readBackend, sandboxStateOf } from './backends';
import { exampleValue, typeOfJson } from './examples';
import type { Json } from './examples';
import { writeWhenDifferent } from './mirror';
import { headerOf, quote } from './overrides';
import type { TextEdit } from './overrides';
import { safeName, shortHash } from './places';
import type { Places } from './places';
import type { UsedTypes } from './usedTypes';

/** What stands in for the states that `terraform_remote_state` would read. */
export interface RemoteStates {
  /** Lines for override blocks, by module directory and the block's header. */
  readonly overrides: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** For those inside of checks, which no override reaches. */
  readonly edits: readonly TextEdit[];
  /** What a person should know about them. */
  readonly notices: readonly string[];
}

const type = 'terraform_remote_state';

/**
 * Points every `terraform_remote_state` to a state of the sandbox, because terraform itself would read the real one:
 * values of a scenario first, then the sandbox of the root module that keeps its state there, else made-up values for
 * the outputs that are used.
 *
 * @param chosen outputs by address, such as `data.terraform_remote_state.network`
 */
export function replaceRemoteStates(
  trees: readonly ModuleNode[],
  places: Places,
  env: NodeJS.ProcessEnv,
  chosen: ReadonlyMap<string, Readonly<Record<string, Json>>>,
  usedIn: (tree: ModuleNode) => UsedTypes,
): RemoteStates {
  const overrides = new Map<string, Map<string, readonly string[]>>();
  const edits: TextEdit[] = [];
  const notices: string[] = [];
  const seen = new Set<Block>();
  for (const { tree, node } of trees.flatMap((tree) => [...eachNode(tree)].map((node) => ({ tree, node })))) {
    const { module } = node;
    for (const { path: file, block, inCheck } of remoteStatesOf(module)) {
      // A module that is called twice reads its states once.
      if (seen.has(block)) continue;
      seen.add(block);
      const name = block.labels[1]?.value ?? '';
      const local = `data.${type}.${name}`;
      const address = [...node.path.map((call) => `module.${call}`), local].join('.');
      const given = chosen.get(address) ?? chosen.get(local);
      const other =
        given === undefined ? sandboxStateOf(readBackend(block.body, tree.module.directory), env) : undefined;
      let stateFile = other?.stateFile;
      if (stateFile === undefined) {
        const outputs = given ?? madeUpOutputs(usedIn(tree), module, local);
        if (given === undefined) notices.push(madeUpNotice(address, Object.keys(outputs)));
        stateFile = path.join(
          places.remoteStates,
          `${safeName(name)}-${shortHash(module.directory + name)}.tfstate`,
        );
        writeWhenDifferent(stateFile, stateWith(outputs));
      } else notices.push(`${address} reads the sandbox state of ${other?.root ?? ''}.`);
      const lines = ['backend   = "local"', 'workspace = null', `config    = { path = ${quote(stateFile)} }`];
      if (inCheck) {
        const text = [`${headerOf(block)} {`, ...lines, '}'].join('\n');
        edits.push({ path: file, ...block.range, text });
      } else {
        const inModule = overrides.get(module.directory) ?? new Map<string, readonly string[]>();
        overrides.set(module.directory, inModule.set(headerOf(block), lines));
      }
    }
  }
  return { overrides, edits, notices };
}

function remoteStatesOf(
  module: Module,
): readonly { readonly path: string; readonly block: Block; readonly inCheck: boolean }[] {
  const isOurs = (block: Block): boolean => block.type === 'data' && block.labels[0]?.value === type;
  return module.files.flatMap(({ path: file, syntax }) => {
    const top = syntax.body.items.filter((item): item is Block => item.kind === 'block');
    // A check may have a data source of its own.
    const nested = top
      .filter((block) => block.type === 'check')
      .flatMap(({ body }) => blocksOf(body, 'data'));
    return [
      ...top.filter(isOurs).map((block) => ({ path: file, block, inCheck: false })),
      ...nested.filter(isOurs).map((block) => ({ path: file, block, inCheck: true })),
    ];
  });
}

function madeUpOutputs(used: UsedTypes, module: Module, address: string): Record<string, Json> {
  const read = used.of(module, address);
  const outputs = typeof read !== 'string' && read[0] === 'object' ? read[1].outputs : undefined;
  if (outputs === undefined || typeof outputs === 'string' || outputs[0] !== 'object') return {};
  return Object.fromEntries(
    Object.entries(outputs[1]).map(([name, inner]) => [name, exampleValue(name, inner, address)]),
  );
}

function madeUpNotice(address: string, names: readonly string[]): string {
  const what = names.length === 0 ? 'no output of it is used' : `made up: ${names.join(', ')}`;
  return `${address} is not read (${what}). Set its outputs under "remoteStates" in a file *.sandbox.json, or apply the other configuration in the sandbox first.`;
}

/** A state file of version 4, which every Terraform since 0.12 and every OpenTofu reads. */
function stateWith(outputs: Readonly<Record<string, Json>>): string {
  return JSON.stringify({
    version: 4,
    terraform_version: '1.0.0',
    serial: 1,
    lineage: '00000000-0000-4000-8000-000000000000',
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, { value, type: typeOfJson(value) }]),
    ),
    resources: [],
    check_results: null,
  });
}
