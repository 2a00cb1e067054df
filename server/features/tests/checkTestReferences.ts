import type { Block, Expression } from '../../hcl/syntax';
import { walkExpressions } from '../../hcl/walk';
import { visitTraversals } from '../../terraform/expressions';
import { factsOf } from '../../terraform/facts';
import { terraformOnly } from '../../terraform/language/availability';
import type { Availability } from '../../terraform/language/availability';
import type { ConfigFile, Module } from '../../terraform/model';
import type { TestRun, TestView } from '../../terraform/tests/testModule';
import { attributesAfter, targetOf } from '../../terraform/traversal';
import type { Traversal } from '../../terraform/traversal';
import { attributeOf, blocksOf } from '../../terraform/values';
import type { Range } from '../../text/range';
import { checkUse } from '../checkReferences';
import { diagnosticOf } from '../diagnostic';
import type { Diagnostic } from '../diagnostic';
import { editionOf } from '../editionOf';
import type { Snapshot } from '../snapshot';
import { didYouMean, nearest } from '../suggestion';
import { isForOpenTofu } from './product';
import { hasGlobalValue } from './testVariables';
import { testArgumentsIn } from './testPlaces';
import type { PlacedArgument, TestPlace } from './testPlaces';

/**
 * Checks what the expressions of a test file refer to. An assertion sees all of the module that its run runs; variables
 * and providers see variables and earlier runs alone.
 */
export function checkTestReferences(snapshot: Snapshot, view: TestView, config: ConfigFile): Diagnostic[] {
  const check = new ReferenceCheck(snapshot, view);
  for (const argument of testArgumentsIn(config.syntax.body)) check.argument(argument);
  return check.found;
}

/** Since when variables of the file may read each other and runs, and values of mocks both. */
const graphOfFile = terraformOnly('1.13');
const evaluatedValues = terraformOnly('1.15');

const contexts = new Set(['each', 'count', 'self', 'check']);
/** Behind these a name must follow, and no key in brackets. */
const named = new Set(['var', 'local', 'output', 'run', 'module']);

class ReferenceCheck {
  readonly found: Diagnostic[] = [];
  private readonly isOpenTofu: boolean;
  private readonly isParallel: boolean;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly view: TestView,
  ) {
    this.isOpenTofu = isForOpenTofu(snapshot, view);
    this.isParallel = [...view.file.syntax.body.items].some(
      (item) =>
        item.kind === 'block' &&
        (item.type === 'run' || item.type === 'test') &&
        attributeOf(item.body, 'parallel') !== undefined,
    );
  }

  argument({ attribute, blocks, place }: PlacedArgument): void {
    if (place === 'other') return;
    const [top] = blocks;
    const run = top?.type === 'run' ? this.view.runAt(top.range.start) : undefined;
    if (place === 'assert') this.assertion(attribute.value, top, run);
    else if (place === 'values') this.values(attribute.value);
    else this.inputs(attribute.value, place, run);
  }

  /** What an assertion reads. */
  private assertion(value: Expression, top: Block | undefined, run: TestRun | undefined): void {
    if (top === undefined || run === undefined) return;
    const scope = this.view.at(run.block.range.start);
    visitTraversals(value, (traversal) => {
      const { name, range } = traversal.root;
      if (this.isUnnamed(traversal)) return;
      if (name === 'run') this.run(traversal, run);
      else if (contexts.has(name)) this.context(name, range);
      else if (name === 'var') this.assertedVariable(traversal, scope);
      else if (name === 'output') this.output(traversal, scope);
      else if (scope.unread.length === 0) this.declared(traversal, scope, top);
    });
  }

  private context(name: string, range: Range): void {
    const whys: Readonly<Record<string, string>> = {
      self: 'a run has no object of its own',
      check: 'the results of checks cannot be read, only expected to fail',
    };
    const message = `"${name}" means nothing here: ${whys[name] ?? 'a run has no instances'}.`;
    this.found.push(diagnosticOf('misplaced-reference', range, message, { facts: { name } }));
  }

  private declared(traversal: Traversal, scope: Module, top: Block): void {
    const uses = factsOf(this.view.file).uses.get(top) ?? [];
    const use = uses.find((each) => each.traversal.root.range.start === traversal.root.range.start);
    const diagnostic = use === undefined ? undefined : checkUse(this.snapshot, scope, use);
    if (diagnostic !== undefined) this.found.push(diagnostic);
  }

  private assertedVariable(traversal: Traversal, scope: Module): void {
    const variable = firstName(traversal);
    if (variable === undefined || scope.unread.length > 0) return;
    const { name } = variable;
    if (scope.find(`var.${name}`) !== undefined || hasGlobalValue(this.snapshot, this.view, name)) return;
    const suggestion = nearest(name, namesOf(scope, 'variable'));
    const message = `Neither the module nor this test sets a variable "${name}": only TF_VAR_${name} or -var can give it.${didYouMean(suggestion)}`;
    this.found.push(
      diagnosticOf('undeclared-variable', variable.range, message, {
        severity: 'warning',
        suggestion,
        facts: { name },
      }),
    );
  }

  private output(traversal: Traversal, scope: Module): void {
    const output = firstName(traversal);
    if (output === undefined || scope.unread.length > 0) return;
    if (scope.find(`output.${output.name}`) !== undefined) return;
    const suggestion = nearest(output.name, namesOf(scope, 'output'));
    const message = `The module under test has no output "${output.name}".${didYouMean(suggestion)}`;
    const facts = { name: output.name };
    this.found.push(diagnosticOf('undeclared-output', output.range, message, { suggestion, facts }));
  }

  /** What variables and provider configurations read. */
  private inputs(value: Expression, place: TestPlace, run: TestRun | undefined): void {
    visitTraversals(value, (traversal) => {
      const { name } = traversal.root;
      if (this.isUnnamed(traversal)) return;
      if (name === 'run') {
        if (place !== 'fileVariables') this.run(traversal, run);
        else if (!this.knows(graphOfFile) && !this.isOpenTofu) this.invalid(traversal, 'no runs');
      } else if (name === 'var') this.inputVariable(traversal, place);
      else this.invalid(traversal, `nothing but variables and ${place === 'provider' ? '' : 'earlier '}runs`);
    });
  }

  /** Reports `run["a"]`. */
  private isUnnamed({ root, steps: [first] }: Traversal): boolean {
    if (!named.has(root.name) || first === undefined || first.kind === 'name') return false;
    const message = `"${root.name}" is followed by a dot and a name: ${root.name}.NAME.`;
    this.found.push(diagnosticOf('invalid-reference', root.range, message));
    return true;
  }

  private invalid(traversal: Traversal, allowed: string): void {
    const message = `Only an assertion sees the module under test. What stands here can refer to ${allowed}.`;
    this.found.push(diagnosticOf('invalid-reference', traversal.range, message));
  }

  /** OpenTofu takes defaults of the module here as well. */
  private inputVariable(traversal: Traversal, place: TestPlace): void {
    const variable = firstName(traversal);
    if (variable === undefined || this.isOpenTofu) return;
    const { name, range } = variable;
    const isSet = this.isSetByFile(name) && (place !== 'fileVariables' || this.knows(graphOfFile));
    if (isSet || hasGlobalValue(this.snapshot, this.view, name)) return;
    const message =
      place === 'fileVariables'
        ? `Variables of the file cannot read each other: "${name}" must come from a .tfvars file, TF_VAR_${name} or -var.`
        : `"${name}" is not set by this file: outside of assertions a test sees neither the module's variables nor those of a run. Set it in the variables block of the file.`;
    this.found.push(
      diagnosticOf('unavailable-variable', range, message, { severity: 'warning', facts: { name } }),
    );
  }

  private isSetByFile(name: string): boolean {
    const { body } = this.view.file.syntax;
    return (
      blocksOf(body, 'variables').some((block) => attributeOf(block.body, name) !== undefined) ||
      blocksOf(body, 'variable').some((block) => block.labels[0]?.value === name)
    );
  }

  /** Values of overrides and mocks are read with the file, where nothing can be evaluated; newer Terraform can. */
  private values(value: Expression): void {
    if (this.knows(evaluatedValues) && !this.isOpenTofu) {
      this.inputs(value, 'provider', undefined);
      return;
    }
    const facts = { name: 'values' };
    visitTraversals(value, ({ range }) => {
      const message = 'The values of an override or mock must be written out: they can refer to nothing.';
      this.found.push(diagnosticOf('literal-required', range, message, { facts }));
    });
    walkExpressions(value, (expression) => {
      if (expression.kind !== 'call') return true;
      const message =
        'The values of an override or mock must be written out: no function can be called here.';
      this.found.push(diagnosticOf('literal-required', expression.nameRange, message, { facts }));
      return true;
    });
  }

  /** `run.NAME.output`, in the run `from`; everywhere but in a run, all are known. */
  private run(traversal: Traversal, from: TestRun | undefined): void {
    const named = firstName(traversal);
    if (named === undefined) return;
    const { name, range } = named;
    const { runs } = this.view;
    const run = runs.find((each) => each.name === name);
    if (run === undefined) {
      const suggestion = nearest(
        name,
        runs.map((each) => each.name),
      );
      const message = `There is no run "${name}" in this file.${didYouMean(suggestion)}`;
      this.found.push(diagnosticOf('undeclared-run', range, message, { suggestion, facts: { name } }));
      return;
    }
    if (from !== undefined && runs.indexOf(run) >= runs.indexOf(from) && (run === from || !this.isParallel)) {
      const when = run === from ? 'is this run itself' : 'comes later';
      const message = `The run "${name}" ${when}: only the outputs of earlier runs can be read.`;
      this.found.push(diagnosticOf('unavailable-run', range, message, { facts: { name } }));
      return;
    }
    this.runOutput(traversal, run);
  }

  private runOutput(traversal: Traversal, run: TestRun): void {
    const target = targetOf(traversal);
    const [output] = target === undefined ? [] : attributesAfter(traversal, target);
    if (output === undefined || run.module === undefined || run.module.unread.length > 0) return;
    if (run.module.find(`output.${output.name}`) !== undefined) return;
    const suggestion = nearest(output.name, namesOf(run.module, 'output'));
    const message = `The run "${run.name}" has no output "${output.name}".${didYouMean(suggestion)}`;
    const facts = { name: output.name, call: run.declaration.address };
    this.found.push(diagnosticOf('undeclared-output', output.range, message, { suggestion, facts }));
  }

  /** Whether a release that may read this knows something. */
  private knows(availability: Availability): boolean {
    return editionOf(this.snapshot, this.view).support(availability) !== 'none';
  }
}

function firstName({ steps }: Traversal): { readonly name: string; readonly range: Range } | undefined {
  const [first] = steps;
  return first?.kind === 'name' && first.name !== '' ? first : undefined;
}

function namesOf(module: Module, kind: 'variable' | 'output'): string[] {
  return module.declarations.filter((declaration) => declaration.kind === kind).map(({ name }) => name);
}
