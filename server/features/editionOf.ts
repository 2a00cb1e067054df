import path from 'node:path';
import { isOpenTofuName } from '../terraform/fileNames';
import { Edition } from '../terraform/edition';
import type { EditionFacts } from '../terraform/edition';
import type { Product } from '../terraform/language/availability';
import type { ConfigFile, Module } from '../terraform/model';
import type { ModuleIndex } from '../terraform/moduleIndex';
import { attributeOf, blocksOf, literalString } from '../terraform/values';
import { satisfies } from '../terraform/versionConstraint';
import { schemaDirectories } from './schemaPlaces';
import type { Snapshot } from './snapshot';

/**
 * Which product and which of its releases a module is written for. The version constraints of the module and of those
 * that call it decide; else the version that a file beside it names (`.terraform-version`, `.opentofu-version`,
 * `.tool-versions`); else the program at hand; else nothing is known, and the newest release is meant.
 */
export function editionOf(snapshot: Snapshot, module: Module): Edition {
  const { index, terraform } = snapshot;
  const answers = remembered.get(index) ?? new Map<string, Edition>();
  remembered.set(index, answers);
  const key = `${module.directory}\n${terraform?.product ?? ''} ${terraform?.version ?? ''}`;
  const before = answers.get(key);
  if (before !== undefined) return before;
  const edition = read(snapshot, index.module(module.directory));
  answers.set(key, edition);
  return edition;
}

/** Answers that stay true as long as an index does, because it is one moment of the workspace. */
const remembered = new WeakMap<ModuleIndex, Map<string, Edition>>();

/** What a module was found to ask for last, and by what: edits that change no constraint change nothing of it. */
const requirements = new WeakMap<
  object,
  Map<string, { text: string; requirement: Requirement | undefined }>
>();

function requirementOf({ index }: Snapshot, module: Module, product: Product): Requirement | undefined {
  const { surroundings } = index;
  const known =
    requirements.get(surroundings) ??
    new Map<string, { text: string; requirement: Requirement | undefined }>();
  requirements.set(surroundings, known);
  const text = index
    .callersAbove(module)
    .map((each) => constraintsOf(each)[product].join('\n'))
    .join('\n\n');
  const key = `${product} ${module.dialect} ${module.directory}`;
  const before = known.get(key);
  if (before?.text === text) return before.requirement;
  const requirement = new Requirements(index, product).of(module);
  known.set(key, { text, requirement });
  return requirement;
}

/** Editions by all that decides about them: most modules of a workspace share one. */
const editions = new Map<string, Edition>();
const mostEditions = 200;

function read(snapshot: Snapshot, module: Module): Edition {
  const signs = signsOf(snapshot, module);
  const requirement = requirementOf(snapshot, module, signs.product);
  const { terraform } = snapshot;
  const program = terraform?.product === signs.product ? terraform.version : undefined;
  const key = JSON.stringify([signs, requirement, program]);
  const before = editions.get(key);
  if (before !== undefined) return before;
  const edition = new Edition({
    product: signs.product,
    certain: signs.certain,
    constraint: requirement === undefined ? undefined : constraintOf(requirement),
    asked: signs.asked,
    program,
  });
  if (editions.size >= mostEditions) editions.clear();
  editions.set(key, edition);
  return edition;
}

/** What a module and its callers ask for: all of `own`, and what one of the callers asks for. */
interface Requirement {
  readonly own: readonly string[];
  /** Empty where one of the callers asks for nothing. */
  readonly callers: readonly Requirement[];
}

/** Looks at each module once, however many ways lead to it. */
class Requirements {
  private readonly known = new Map<string, Requirement | undefined>();

  constructor(
    private readonly index: ModuleIndex,
    private readonly product: Product,
  ) {}

  of(module: Module): Requirement | undefined {
    const { directory } = module;
    if (this.known.has(directory)) return this.known.get(directory);
    // Modules that call each other ask for nothing more on the second round.
    this.known.set(directory, undefined);
    const own = constraintsOf(module)[this.product];
    const callers = this.index.callersOf(module);
    const asking = new Map<string, Requirement>();
    let all = true;
    for (const caller of callers) {
      const requirement = this.of(caller);
      if (requirement === undefined) all = false;
      else asking.set(JSON.stringify(requirement), requirement);
    }
    const narrowing = all ? [...asking.values()] : [];
    const requirement = own.length === 0 && narrowing.length === 0 ? undefined : { own, callers: narrowing };
    this.known.set(directory, requirement);
    return requirement;
  }
}

function constraintOf(requirement: Requirement): NonNullable<EditionFacts['constraint']> {
  const all = constraintTexts(requirement);
  return {
    text: (requirement.own.length > 0 ? requirement.own : all).join(', '),
    admits: (version) => admits(requirement, version),
    versions: all.flatMap((text) => text.match(/\d+(\.\d+)*(-[0-9A-Za-z.-]+)?/g) ?? []),
  };
}

function constraintTexts({ own, callers }: Requirement): string[] {
  return [...new Set([...own, ...callers.flatMap(constraintTexts)])];
}

/** What cannot be read excludes nothing. */
function admits({ own, callers }: Requirement, version: string): boolean {
  if (own.some((constraint) => satisfies(version, constraint) === false)) return false;
  return callers.length === 0 || callers.some((caller) => admits(caller, version));
}

const constraintsOfModules = new WeakMap<Module, Readonly<Record<Product, readonly string[]>>>();

function constraintsOf(module: Module): Readonly<Record<Product, readonly string[]>> {
  const before = constraintsOfModules.get(module);
  if (before !== undefined) return before;
  const ofFiles = module.files.map(constraintsIn);
  const constraints = {
    terraform: ofFiles.flatMap(({ terraform }) => terraform),
    opentofu: ofFiles.flatMap(({ opentofu }) => opentofu),
  };
  constraintsOfModules.set(module, constraints);
  return constraints;
}

const constraintsOfFiles = new WeakMap<ConfigFile, Readonly<Record<Product, readonly string[]>>>();

/** The version constraints that a file sets; `compatible_with` is what OpenTofu reads before `required_version`. */
function constraintsIn(file: ConfigFile): Readonly<Record<Product, readonly string[]>> {
  const before = constraintsOfFiles.get(file);
  if (before !== undefined) return before;
  const { body } = file.syntax;
  const texts = (values: readonly (string | undefined)[]) => values.filter((text) => text !== undefined);
  const required = texts(
    blocksOf(body, 'terraform').map((block) =>
      literalString(attributeOf(block.body, 'required_version')?.value),
    ),
  );
  const compatible = texts(
    blocksOf(body, 'language')
      .flatMap((block) => blocksOf(block.body, 'compatible_with'))
      .map((block) => literalString(attributeOf(block.body, 'opentofu')?.value)),
  );
  const constraints = { terraform: required, opentofu: compatible.length > 0 ? compatible : required };
  constraintsOfFiles.set(file, constraints);
  return constraints;
}

interface Signs {
  readonly product: Product;
  readonly certain: boolean;
  readonly asked: EditionFacts['asked'];
}

/** Which product is used, by what lies in and above the module's folder and those of its roots; then by the program. */
function signsOf(snapshot: Snapshot, module: Module): Signs {
  const places = schemaDirectories(snapshot, module).map((directory) =>
    placeSigns(snapshot.index, directory),
  );
  const askedOf = (product: Product) =>
    places
      .map(({ asked }) => asked.find((each) => each.product === product))
      .find((each) => each !== undefined);
  const told = places.find(({ product }) => product !== undefined)?.product;
  // OpenTofu takes providers from Terraform's registry where it is told to, and locks them so.
  const locked = places.some(({ isLockedByTerraform }) => isLockedByTerraform) ? 'terraform' : undefined;
  const has = (isTheirs: (file: ConfigFile) => boolean) => module.files.some(isTheirs);
  const isTofu = (file: ConfigFile) => isOpenTofuName(file.path);
  const hasLanguage = has((file) => blocksOf(file.syntax.body, 'language').length > 0);
  const sure = told ?? (hasLanguage ? 'opentofu' : undefined) ?? snapshot.terraform?.product ?? locked;
  // Beside OpenTofu's own files, the others are written for both.
  const isForBoth = has(isTofu) && sure !== 'opentofu';
  const product = has(isTofu) ? 'opentofu' : (sure ?? 'terraform');
  const certain = isForBoth ? module.files.every(isTofu) : sure !== undefined;
  const asked = askedOf(product);
  return { product, certain, asked: asked && { version: asked.version, name: asked.name } };
}

interface Asked {
  readonly product: Product;
  readonly version: string;
  readonly name: string;
}

interface PlaceSigns {
  readonly product: Product | undefined;
  readonly isLockedByTerraform: boolean;
  readonly asked: readonly Asked[];
}

const signsOfPlaces = new WeakMap<object, Map<string, PlaceSigns>>();

function placeSigns(index: ModuleIndex, directory: string): PlaceSigns {
  const { surroundings } = index;
  const places = signsOfPlaces.get(surroundings) ?? new Map<string, PlaceSigns>();
  signsOfPlaces.set(surroundings, places);
  const before = places.get(directory);
  if (before !== undefined) return before;
  const signs = readPlace((name) => index.files.read(path.join(directory, name)));
  places.set(directory, signs);
  return signs;
}

function readPlace(text: (name: string) => string | undefined): PlaceSigns {
  const openTofu = text('.opentofu-version');
  const terraform = text('.terraform-version');
  const tools = text('.tool-versions');
  const asked: Asked[] = [
    ...exactVersion(openTofu).map((version): Asked => ({
      product: 'opentofu',
      version,
      name: '.opentofu-version',
    })),
    ...exactVersion(terraform).map((version): Asked => ({
      product: 'terraform',
      version,
      name: '.terraform-version',
    })),
    ...(tools === undefined ? [] : toolVersions(tools)),
  ];
  const named = new Set(asked.map(({ product }) => product));
  const [only] = named.size === 1 ? named : [];
  const lock = text('.terraform.lock.hcl') ?? '';
  const isLockedByOpenTofu = lock.includes('"registry.opentofu.org/');
  const byFile = openTofu !== undefined ? 'opentofu' : terraform !== undefined ? 'terraform' : only;
  return {
    product: byFile ?? (isLockedByOpenTofu ? 'opentofu' : undefined),
    isLockedByTerraform: !isLockedByOpenTofu && lock.includes('"registry.terraform.io/'),
    asked,
  };
}

/** Version managers also take `latest`, `min-required` and the like, which name no version. */
function exactVersion(text: string | undefined): string[] {
  const line = text?.split('\n').find((each) => each.trim() !== '' && !each.trim().startsWith('#'));
  const match = /^\s*v?(\d+\.\d+(?:\.\d+)?(?:-[0-9A-Za-z.-]+)?)\s*$/.exec(line ?? '');
  return match?.[1] === undefined ? [] : [match[1]];
}

/** Lines such as `terraform 1.5.7`, as asdf and mise read them; the first version of a line is the one in use. */
function toolVersions(text: string): Asked[] {
  return text.split('\n').flatMap((line): Asked[] => {
    const [tool, version] = line.trim().split(/\s+/);
    if (tool !== 'terraform' && tool !== 'opentofu') return [];
    return exactVersion(version).map((exact) => ({ product: tool, version: exact, name: '.tool-versions' }));
  });
}
