import path from 'node:path';
import type { Block } from '../../hcl/syntax';
import { nodePathAt } from '../../hcl/walk';
import { isConfigName, isOverride } from '../../terraform/fileNames';
import type { Declaration, Module } from '../../terraform/model';
import { isLocalSource, moduleSource } from '../../terraform/moduleCalls';
import { chosenProvider, impliedProvider, shortSource, sourceOf } from '../../terraform/providerSource';
import { attributeOf, blocksOf } from '../../terraform/values';
import { applyEdits } from '../../text/edit';
import type { Range } from '../../text/range';
import { declaredIn, overrideOf, selectedBlocks } from './blocks';
import { chunkOf } from './chunks';
import type { Change, FileEdit } from './codeAction';
import type { Selected } from './context';
import { wholeLines } from './insertion';
import { ModuleBoundary, modulePaths } from './moduleBoundary';
import { appended, removals } from './moveBlocks';
import { baseName } from './reads';

/** Puts blocks into a module of their own, with all that it takes so that nothing is made anew. */
export function moduleExtraction(selected: Selected): readonly Change[] {
  const { file } = selected;
  const blocks = selectedBlocks(selected);
  const declarations = declaredIn(selected, blocks);
  if (blocks.length === 0 || !isConfigName(path.basename(file.path)) || isOverride(file.path)) return [];
  if (!blocks.some(({ type }) => type === 'resource' || type === 'data' || type === 'module')) return [];
  const name = freeModuleName(selected, declarations);
  const boundary = new ModuleBoundary(selected, blocks, declarations, name);
  const disabled =
    unmovable(blocks) ??
    brokenFile(selected.module) ??
    overridden(selected.module, declarations) ??
    boundary.problem ??
    cycle(selected.module, boundary, declarations);
  return [
    {
      title: `Extract to the module "${name}"`,
      kind: 'refactor.extract',
      createsFiles: true,
      edits: () => new Extraction(selected, blocks, declarations, name, boundary).edits(),
      ...(disabled !== undefined && { disabled }),
    },
  ];
}

const movable = new Set(['resource', 'data', 'ephemeral', 'module', 'locals']);

function unmovable(blocks: readonly Block[]): string | undefined {
  const block = blocks.find(({ type }) => !movable.has(type));
  return block === undefined
    ? undefined
    : `A ${block.type} block cannot move into a module. Select resources, data sources, module calls and locals.`;
}

function overridden(module: Module, declarations: readonly Declaration[]): string | undefined {
  const found = declarations.find((declaration) => overrideOf(module, declaration) !== undefined);
  const file = found === undefined ? undefined : overrideOf(module, found);
  return found === undefined || file === undefined
    ? undefined
    : `${file} changes ${found.address}, and would change nothing any more.`;
}

function brokenFile({ files, unread }: Module): string | undefined {
  const broken = files.find(({ syntax }) => syntax.errors.length > 0);
  const [name] = broken === undefined ? unread : [path.basename(broken.path)];
  return name === undefined ? undefined : `${name} cannot be read to its end. Mend its syntax first.`;
}

/** Waiting for the whole module must not mean to wait for oneself. */
function cycle(
  module: Module,
  { dependencies, waitedFor, outside }: ModuleBoundary,
  declarations: readonly Declaration[],
): string | undefined {
  if (outside.length === 0 || (dependencies.size === 0 && waitedFor.size === 0)) return undefined;
  const members = new Set(declarations.map(({ address }) => address));
  const staying = module.declarations.filter(({ address }) => !members.has(address));
  // Something that stays and reads the module, and that the module reads in turn, would wait for itself.
  const between = staying.find(
    ({ address }) =>
      reaches(module, address, members) &&
      declarations.some((member) => reaches(module, member.address, new Set([address]))),
  );
  return between === undefined
    ? undefined
    : `${between.address} stands between the selected blocks: with depends_on on a whole module it would wait for itself.`;
}

function reaches(module: Module, from: string, targets: ReadonlySet<string>): boolean {
  const seen = new Set([from]);
  const pending = [from];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const declaration = module.find(next);
    for (const { target } of declaration === undefined ? [] : module.references(declaration)) {
      if (targets.has(target)) return true;
      if (seen.has(target)) continue;
      seen.add(target);
      pending.push(target);
    }
  }
  return false;
}

function freeModuleName({ snapshot, module, file }: Selected, declarations: readonly Declaration[]): string {
  const stem = path.basename(file.path).replace(/\.(tf|tofu)$/, '');
  const first = declarations.find(({ kind }) => kind !== 'local');
  const isTold = declarations.length > 1 && stem !== 'main' && stem !== 'resources';
  const wanted = isTold || first === undefined ? stem : baseName(first);
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}_${count}`;
    const isFree = snapshot.index.files.list(path.join(module.directory, 'modules', name)).length === 0;
    if (isFree && module.find(`module.${name}`) === undefined) return name;
  }
}

class Extraction {
  private readonly folder: string;

  constructor(
    private readonly selected: Selected,
    private readonly blocks: readonly Block[],
    private readonly declarations: readonly Declaration[],
    private readonly name: string,
    private readonly boundary: ModuleBoundary,
  ) {
    this.folder = path.join(selected.module.directory, 'modules', name);
  }

  edits(): FileEdit[] {
    const { syntax } = this.selected.file;
    const chunks = this.blocks.map((block) => chunkOf(syntax, block.range));
    const parts = chunks.map((chunk) => this.inModule(chunk));
    const files: [string, string][] = [
      ['terraform.tf', this.requirements()],
      ['main.tf', parts.join('\n\n')],
      ['variables.tf', this.variables()],
      ['outputs.tf', this.outputs()],
    ];
    const made = files.flatMap(([name, content]) =>
      content === '' ? [] : [appended(this.selected, path.join(this.folder, name), content, false)],
    );
    return [...made, ...this.inCaller(chunks), ...this.boundary.outside];
  }

  /** A block as it stands in the module. */
  private inModule(chunk: Range): string {
    const { file } = this.selected;
    const { text } = file.syntax;
    const edits = [...this.boundary.inside, ...this.paths(), ...this.sources()]
      .filter(({ range }) => chunk.start <= range.start && range.end <= chunk.end)
      .map(({ range, newText }) => {
        // An argument that goes takes its line with it.
        const { start, end } = newText === '' ? wholeLines(text, range) : range;
        return { range: { start: start - chunk.start, end: end - chunk.start }, newText };
      });
    return applyEdits(text.slice(chunk.start, chunk.end), edits).replace(/\r\n/g, '\n');
  }

  /** Where a path began at the old module, it now begins two folders below. */
  private paths(): FileEdit[] {
    const { file } = this.selected;
    return modulePaths(file, this.blocks).map((range) => {
      const nodes = nodePathAt(file.syntax, range.start);
      const parent = nodes.at(
        nodes.findIndex((node) => node.range.start === range.start && node.range.end === range.end) - 1,
      );
      const part =
        parent?.kind === 'template'
          ? parent.parts.find(
              (each) =>
                each.kind === 'interpolation' &&
                each.expression.range.start === range.start &&
                each.expression.range.end === range.end,
            )
          : undefined;
      return part === undefined
        ? { path: file.path, range, newText: '"${path.module}/../.."' }
        : { path: file.path, range: { start: part.range.end, end: part.range.end }, newText: '/../..' };
    });
  }

  /** Local modules that the moved calls name. */
  private sources(): FileEdit[] {
    const { file, module } = this.selected;
    return this.declarations.flatMap((call) => {
      const source = call.kind === 'module' ? moduleSource(call) : undefined;
      const value = call.node.kind === 'block' ? attributeOf(call.node.body, 'source')?.value : undefined;
      if (source === undefined || value === undefined || !isLocalSource(source)) return [];
      const relative = path
        .relative(this.folder, path.resolve(module.directory, source))
        .split(path.sep)
        .join('/');
      const newText = JSON.stringify(relative.startsWith('.') ? relative : `./${relative}`);
      return [{ path: file.path, range: value.range, newText }];
    });
  }

  private variables(): string {
    return [...this.boundary.inputs.values()]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, details }) =>
        details.length === 0 ? `variable "${name}" {}` : `variable "${name}" {\n${details.join('\n')}\n}`,
      )
      .join('\n\n');
  }

  private outputs(): string {
    return [...this.boundary.outputs]
      .sort(([, a], [, b]) => (a < b ? -1 : 1))
      .map(([value, name]) => `output "${name}" {\n  value = ${value}\n}`)
      .join('\n\n');
  }

  /** The part of `required_providers` that the module needs, with the configurations it wants to be given. */
  private requirements(): string {
    const { module } = this.selected;
    const aliased = [...this.boundary.configurations];
    const names = new Set(aliased.map((configuration) => configuration.split('.')[0] ?? ''));
    for (const declaration of this.declarations) for (const name of providersOf(declaration)) names.add(name);
    const entries = [...names].sort().flatMap((name) => {
      const wanted = aliased.filter((configuration) => configuration.startsWith(`${name}.`));
      const written = requirementText(module, name);
      if (written === undefined && wanted.length === 0) return [];
      const source = `source = "${shortSource(sourceOf(name, module))}"`;
      const aliases = wanted.length === 0 ? '' : `\nconfiguration_aliases = [${wanted.sort().join(', ')}]`;
      return [`${name} = {\n${written ?? source}${aliases}\n}`];
    });
    return entries.length === 0 ? '' : `terraform {\n  required_providers {\n${entries.join('\n')}\n}\n}`;
  }

  /** The call in the place of the first block, with the blocks that keep what is there already. */
  private inCaller(chunks: readonly Range[]): FileEdit[] {
    const [first, ...rest] = chunks;
    if (first === undefined) return [];
    const { module, file, snapshot } = this.selected;
    const moved = this.declarations
      .filter(({ kind }) => kind === 'resource' || kind === 'module')
      .map(({ address }) => `moved {\n  from = ${address}\n  to   = module.${this.name}.${address}\n}`)
      .join('\n\n');
    const own = path.join(module.directory, 'moved.tf');
    const isKept = own !== file.path && snapshot.index.files.list(module.directory).includes('moved.tf');
    const newText = moved === '' || isKept ? this.call() : `${this.call()}\n\n${moved}`;
    return [
      { path: file.path, range: first, newText },
      ...removals(this.selected, rest),
      ...(isKept && moved !== '' ? [appended(this.selected, own, moved, true)] : []),
    ];
  }

  private call(): string {
    const { inputs, configurations, dependencies } = this.boundary;
    const given = [...inputs.values()]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, argument }) => `${name} = ${argument}`);
    const providers = [...configurations]
      .sort()
      .map((configuration) => `${configuration} = ${configuration}`);
    const sections = [
      `source = "./modules/${this.name}"`,
      given.join('\n'),
      providers.length === 0 ? '' : `providers = {\n${providers.join('\n')}\n}`,
      dependencies.size === 0 ? '' : `depends_on = [${[...dependencies].sort().join(', ')}]`,
    ];
    return `module "${this.name}" {\n${sections.filter((section) => section !== '').join('\n\n')}\n}`;
  }
}

/** Local names of the providers that a declaration uses by itself. */
function providersOf({ kind, type, node }: Declaration): string[] {
  if (node.kind !== 'block' || (kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral')) return [];
  return [chosenProvider(node) ?? impliedProvider(type)];
}

/** What is written about a provider between the braces of its requirement, its own aliases left out. */
function requirementText({ files }: Module, name: string): string | undefined {
  for (const { syntax } of files) {
    for (const block of blocksOf(syntax.body, 'terraform').flatMap((each) =>
      blocksOf(each.body, 'required_providers'),
    )) {
      const value = attributeOf(block.body, name)?.value;
      if (value === undefined) continue;
      if (value.kind !== 'object')
        return `version = ${syntax.text.slice(value.range.start, value.range.end)}`;
      return value.items
        .map(({ range }) => syntax.text.slice(range.start, range.end))
        .filter((item) => !item.startsWith('configuration_aliases'))
        .join('\n');
    }
  }
  return undefined;
}
