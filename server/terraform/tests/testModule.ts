import path from 'node:path';
import type { Block } from '../../hcl/syntax';
import { ancestors } from '../ancestors';
import { dialectOf } from '../dialect';
import { factsOf } from '../facts';
import { isConfigName } from '../fileNames';
import type { ConfigFile, Declaration, Module } from '../model';
import { isLocalSource, readInstalledModules } from '../moduleCalls';
import { attributeOf, blocksOf, literalString } from '../values';
import type { Range } from '../../text/range';
import type { ViewSource } from '../viewSource';
import { SideView } from './sideView';

/** One `run` block of a test file. */
export interface TestRun {
  readonly name: string;
  readonly declaration: Declaration;
  readonly block: Block;
  /** Its own `module` block, where it has one. */
  readonly call: Block | undefined;
  /** What it runs; `undefined` where that is not on disk. */
  readonly module: Module | undefined;
}

/**
 * What a test file sees: its runs and providers, and the module under test. A run with a module of its own sees that one
 * in its place.
 */
export class TestView extends SideView {
  readonly runs: readonly TestRun[];
  /** By run: what it sees, and what its `variables` see. */
  private readonly scopes = new Map<TestRun, SideView>();
  private readonly inputs = new Map<TestRun, SideView>();

  constructor(
    readonly file: ConfigFile,
    /** The module under test. */
    readonly tested: Module,
    source: ViewSource,
  ) {
    super('test', [file], tested, testVariables(file, undefined));
    this.runs = factsOf(file).declarations.flatMap((declaration): TestRun[] => {
      const { kind, name, node } = declaration;
      if (kind !== 'run' || node.kind !== 'block') return [];
      const [call] = blocksOf(node.body, 'module');
      const module = call === undefined ? tested : ranModule(call, name, file.path, tested, source);
      return [{ name, declaration, block: node, call, module }];
    });
  }

  /** The run around an offset. */
  runAt(offset: number): TestRun | undefined {
    return this.runs.find(({ block }) => contains(block.range, offset));
  }

  /** What a place in the file sees. What a run sets is worked out from the file's variables, not from its own. */
  at(offset: number): Module {
    const run = this.runAt(offset);
    if (run === undefined) return this;
    const isInput = blocksOf(run.block.body, 'variables').some((block) => contains(block.body.range, offset));
    return isInput ? this.scope(run, this.inputs, undefined) : this.scope(run, this.scopes, run.block);
  }

  /** What the run of that declaration runs. */
  ranBy(declaration: Declaration): Module | undefined {
    return this.runs.find(({ name }) => name === declaration.name)?.module;
  }

  private scope(run: TestRun, kept: Map<TestRun, SideView>, sets: Block | undefined): SideView {
    const before = kept.get(run);
    if (before !== undefined) return before;
    const about = run.module ?? unknownModule(this.directory);
    const scope = new SideView('test', [this.file], about, testVariables(this.file, sets));
    kept.set(run, scope);
    return scope;
  }
}

/** The view of a test file. */
export function readTestView(file: ConfigFile, source: ViewSource): TestView {
  const tested = source.module(testedDirectory(file.path, source));
  const isEmpty = tested.files.length + tested.unread.length === 0;
  return new TestView(file, isEmpty ? unknownModule(tested.directory) : tested, source);
}

/** The view of a file with mocks: it names types and addresses of the module that the tests around it are about. */
export function readMockView(file: ConfigFile, source: ViewSource): SideView {
  return new SideView('mock', [file], source.module(testedDirectory(file.path, source)));
}

/** The view of a query file: Terraform reads all query files of a folder into the module beside them. */
export function readQueryView(file: ConfigFile, source: ViewSource): SideView {
  const directory = path.dirname(file.path);
  const files = source.files
    .list(directory)
    .filter((name) => dialectOf(name) === 'query')
    .sort()
    .map((name) => path.join(directory, name))
    .map((each) => (each === file.path ? file : source.file(each)));
  return new SideView(
    'query',
    files.filter((each) => each !== undefined),
    source.module(directory),
  );
}

/**
 * The folder of the module that a test file is about: for a file in `tests` the folder above, else its own; where that
 * holds no configuration, the next folder above that does (`terraform test -test-directory=tests/unit`).
 */
export function testedDirectory(file: string, source: Pick<ViewSource, 'files'>): string {
  const own = path.dirname(file);
  const holdsConfiguration = (directory: string) => source.files.list(directory).some(isConfigName);
  const above = path.dirname(own);
  if (path.basename(own) === 'tests' && holdsConfiguration(above)) return above;
  const nearest = ancestors(own).slice(0, mostLevels).find(holdsConfiguration);
  return nearest ?? (path.basename(own) === 'tests' ? above : own);
}

/** Test folders lie inside the module; nobody nests them deeper. */
const mostLevels = 5;

function ranModule(
  call: Block,
  run: string,
  file: string,
  tested: Module,
  source: ViewSource,
): Module | undefined {
  const address = literalString(attributeOf(call.body, 'source')?.value);
  if (address === undefined) return undefined;
  const directory = isLocalSource(address)
    ? path.resolve(tested.directory, address)
    : readInstalledModules(tested.directory, source.files).get(installedKey(file, run, tested.directory));
  const module = directory === undefined ? undefined : source.module(directory);
  return module === undefined || module.files.length + module.unread.length === 0 ? undefined : module;
}

/** Under which key `terraform init` notes the module of a run: `test.tests.main.setup`. */
function installedKey(file: string, run: string, tested: string): string {
  const place = path.relative(tested, path.dirname(file)).split(path.sep).filter(Boolean);
  const name = path.basename(file).replace(/\.(tftest|tofutest)\.hcl$/, '');
  return ['test', ...place, name, run].join('.');
}

/** A module about which nothing is known, so that nothing in it is unknown. */
function unknownModule(directory: string): Module {
  return {
    directory,
    dialect: 'configuration',
    files: [],
    declarations: [],
    requirements: [],
    unread: ['the module of the run'],
    references: () => [],
    find: () => undefined,
  };
}

/**
 * The variables that a test file sets, and a run in it: what no module declares can still be read as `var.NAME`. Those of
 * the run come first, because they win.
 */
export function testVariables(file: ConfigFile, run: Block | undefined): readonly Declaration[] {
  const bodies = [run?.body, file.syntax.body].filter((body) => body !== undefined);
  return bodies
    .flatMap((body) => blocksOf(body, 'variables'))
    .flatMap((variables) =>
      variables.body.items.flatMap((item): Declaration[] => {
        if (item.kind !== 'attribute') return [];
        const { name, nameRange, range } = item;
        return [
          { kind: 'variable', address: `var.${name}`, type: '', name, nameRange, file, range, node: item },
        ];
      }),
    );
}

function contains({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}
