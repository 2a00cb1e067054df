import { ConversionError, convert, pathText } from '../cty/convert';
import { describeValue } from '../cty/describe';
import { deepMarks } from '../cty/marks';
import { typeToString } from '../cty/type';
import type { CtyType } from '../cty/type';
import { applyDefaults } from '../cty/typeDefaults';
import { readTypeConstraint } from '../cty/typeConstraint';
import type { BigFloat } from '../cty/bigFloat';
import { ephemeral, objectValue, sensitive, unknownValue } from '../cty/value';
import type { Value } from '../cty/value';
import type { Attribute, Block, Body } from '../hcl/syntax';
import type { ConfigFile, Declaration, Module } from '../terraform/model';
import { iteratorOf, roleOf } from '../terraform/uses';
import { attributeOf } from '../terraform/values';
import type { Range } from '../text/range';
import { headerOf, rulesFor } from './bodyRules';
import type { ArgumentRule, BodyRules } from './bodyRules';
import { diagnosticOf } from './diagnostic';
import type { Diagnostic } from './diagnostic';
import { isDiagnosticCode } from './diagnosticCodes';
import type { DiagnosticCode } from './diagnosticCodes';
import { isVersionAtHand } from './providerSchemas';
import type { Snapshot } from './snapshot';
import { isEvidentRoot } from './rootModules';
import { typesOf } from './values/inputs';
import type { Bindings, ModuleValues } from './values/moduleValues';
import { resourceTypeValue } from './values/resourceValue';

/** Checks what expressions give, knowing only types: what is wrong here is wrong whatever the variables are. */
export function checkValues(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const check = new ValueCheck(snapshot, module);
  check.body(config.syntax.body, [], new Map());
  return check.found;
}

/** Said by other checks already, with better words. */
const saidElsewhere = new Set(['unknown-function', 'unknown-variable', 'missing-argument', 'extra-argument']);

class ValueCheck {
  readonly found: Diagnostic[] = [];
  private readonly values: ModuleValues;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly module: Module,
  ) {
    this.values = typesOf(snapshot, module);
  }

  body(body: Body, blocks: readonly Block[], bindings: Bindings): void {
    const needsRules = body.items.some((item) => item.kind === 'attribute') && blocks.length > 0;
    const rules = needsRules ? rulesFor(this.snapshot, this.module, blocks.map(headerOf)) : undefined;
    for (const item of body.items) {
      if (item.kind === 'attribute') this.attribute(item, blocks, bindings, rules);
      else this.body(item.body, [...blocks, item], this.within(item, blocks, bindings));
    }
  }

  private attribute(
    attribute: Attribute,
    blocks: readonly Block[],
    bindings: Bindings,
    rules: BodyRules | undefined,
  ): void {
    const block = blocks.at(-1);
    if (roleOf(attribute, blocks) !== 'value' || attribute.value.kind === 'missing' || isForeign(blocks))
      return;
    const { value, errors } = this.values.evaluate(attribute.value, bindings);
    for (const { range, code, message } of errors) {
      if (!saidElsewhere.has(code) && isDiagnosticCode(code)) this.add(range, code, message);
    }
    if (errors.length > 0 || block === undefined) return;
    if (isRepetition(attribute, block)) {
      if (blocks.length === 1) this.repetition(attribute, value);
      return;
    }
    if (block.type === 'variable' && blocks.length === 1) this.fallback(attribute, block, value);
    if (block.type === 'output' && blocks.length === 1) this.output(attribute, block, value);
    const rule = rules?.arguments.get(attribute.name);
    this.ephemeral(attribute, value, rule, blocks);
    this.type(attribute, value, rule, rules);
  }

  /** Values that never reach plan and state cannot be given to what is kept there. */
  private ephemeral(
    { name, value: { range } }: Attribute,
    value: Value,
    rule: ArgumentRule | undefined,
    blocks: readonly Block[],
  ): void {
    if ((deepMarks(value) & ephemeral) === 0 || rule === undefined) return;
    const top = blocks[0]?.type;
    // A part of a nested object may be write-only.
    const isWhole = rule.origin === 'provider' && rule.schema.nested === undefined;
    const isKept = isWhole && (top === 'resource' || top === 'data');
    if (isKept && rule.schema.writeOnly !== true) {
      const message = `This value is ephemeral, and "${name}" is kept in the state. Only write-only arguments take ephemeral values.`;
      this.add(range, 'ephemeral-value', message);
    } else if (rule.origin === 'module' && !isTrue(rule.variable, 'ephemeral')) {
      const message = `This value is ephemeral, and the variable "${name}" of the module is not. Declare it with ephemeral = true.`;
      this.add(range, 'ephemeral-value', message);
    }
  }

  private type(
    attribute: Attribute,
    value: Value,
    rule: ArgumentRule | undefined,
    rules: BodyRules | undefined,
  ): void {
    if (rule?.schema.type === undefined) return;
    if (rule.origin === 'module') {
      const node = rule.variable?.node;
      if (value.kind === 'null' && rule.schema.required === true && isFalse(rule.variable, 'nullable')) {
        const message = `"${attribute.name}" is required and never null, because its variable has nullable = false and no default.`;
        this.add(attribute.value.range, 'wrong-type', message);
      }
      const constraint = node?.kind === 'block' ? attributeOf(node.body, 'type')?.value : undefined;
      if (constraint === undefined) return;
      const { type, defaults } = readTypeConstraint(constraint);
      this.convertible(attribute, applyDefaults(value, defaults), type);
      return;
    }
    // What packages say about the insides of objects may leave out what is optional there.
    if (!isSimple(rule.schema.type)) return;
    const { provenance } = rules ?? {};
    if (provenance !== undefined && !isVersionAtHand(this.snapshot, this.module, provenance)) return;
    this.convertible(attribute, value, rule.schema.type);
  }

  private convertible(attribute: Attribute, value: Value, type: CtyType): void {
    const fault = conversionFault(value, type);
    if (fault === undefined) return;
    const message = `"${attribute.name}" must be ${typeToString(type)}, and this is ${describeValue(value)}: ${fault}.`;
    this.add(attribute.value.range, 'wrong-type', message, {
      facts: { type: typeToString(type) },
      // Terraform needs a message only where a condition is false.
      ...(attribute.name === 'error_message' && { severity: 'warning' }),
    });
  }

  /** What `count` and `for_each` of resources and module calls take. */
  private repetition(attribute: Attribute, value: Value): void {
    if (attribute.name === 'count') {
      const message = countFault(value);
      if (message !== undefined) this.add(attribute.value.range, 'invalid-count', message);
      return;
    }
    if ((deepMarks(value) & ephemeral) !== 0) {
      const message =
        'How many instances there are is kept in the state, so that "for_each" takes nothing ephemeral.';
      this.add(attribute.value.range, 'invalid-for-each', message);
    } else if ((deepMarks(value) & sensitive) !== 0 && value.marks !== 0) {
      const message = 'Keys of instances are shown everywhere, so that "for_each" takes nothing sensitive.';
      this.add(attribute.value.range, 'invalid-for-each', message);
    } else if (!isForEach(value)) {
      const isList =
        typeof value.type !== 'string' && (value.type[0] === 'list' || value.type[0] === 'tuple');
      const hint = isList ? ' Make a set of strings of it: toset(…).' : '';
      const message = `"for_each" takes a map or a set of strings, and this is ${describeValue(value)}.${hint}`;
      this.add(attribute.value.range, 'invalid-for-each', message, isList ? { facts: { form: 'list' } } : {});
    } else if (hasNullMember(value)) {
      const message = 'A set for "for_each" cannot hold null: every instance needs a name.';
      this.add(attribute.value.range, 'invalid-for-each', message);
    }
  }

  private fallback(attribute: Attribute, block: Block, value: Value): void {
    const constraint = attributeOf(block.body, 'type')?.value;
    if (attribute.name !== 'default' || constraint === undefined || value.kind === 'null') return;
    const { type, defaults, errors } = readTypeConstraint(constraint);
    if (errors.length === 0) this.convertible(attribute, applyDefaults(value, defaults), type);
  }

  /** A root module shows its outputs, so that Terraform wants to hear that one of them holds a secret. */
  private output(attribute: Attribute, block: Block, value: Value): void {
    const isSaid = attributeOf(block.body, 'sensitive') ?? attributeOf(block.body, 'ephemeral');
    if (attribute.name !== 'value') return;
    if ((deepMarks(value) & ephemeral) !== 0 && attributeOf(block.body, 'ephemeral') === undefined) {
      const message =
        'This value is ephemeral. Say so with ephemeral = true, or take what may be kept with ephemeralasnull(…).';
      this.add(attribute.value.range, 'ephemeral-value', message);
      return;
    }
    if (isSaid !== undefined || (deepMarks(value) & sensitive) === 0) return;
    if (this.values.root !== this.module.directory || this.snapshot.index.isCalled(this.module)) return;
    const message =
      'This value is sensitive. Say so with sensitive = true, or take the mark off with nonsensitive(…).';
    this.add(attribute.value.range, 'sensitive-output', message, {
      facts: { name: block.labels[0]?.value ?? '' },
      // Another module may call one that nobody calls here; then Terraform asks for nothing.
      ...(isEvidentRoot(this.snapshot, this.module) && { severity: 'error' }),
    });
  }

  /** Names that only exist inside a block. */
  private within(block: Block, parents: readonly Block[], bindings: Bindings): Bindings {
    const parent = parents.at(-1);
    if (parents.length === 0) return new Map([...bindings, ...this.values.bindingsIn(block)]);
    if (seesItself.has(block.type)) return new Map([...bindings, ['self', this.selfOf(parents)]]);
    if (block.type !== 'content' || parent?.type !== 'dynamic') return bindings;
    const iterator = iteratorOf(parent);
    if (iterator === undefined) return bindings;
    const element = objectValue([
      ['key', unknownValue('dynamic')],
      ['value', unknownValue('dynamic')],
    ]);
    return new Map([...bindings, [iterator, element]]);
  }

  /** The object that the outermost block is about. */
  private selfOf([top]: readonly Block[]): Value {
    const names = top?.labels.map(({ value }) => value).join('.') ?? '';
    const prefix = top?.type === 'resource' ? '' : `${top?.type ?? ''}.`;
    const declaration = this.module.find(`${prefix}${names}`);
    const isKnown = declaration !== undefined && declaration.node === top;
    return isKnown ? resourceTypeValue(this.values, declaration) : unknownValue('dynamic');
  }

  private add(
    range: Range,
    code: DiagnosticCode,
    message: string,
    more: Pick<Diagnostic, 'facts'> & { severity?: 'warning' | 'error' } = {},
  ): void {
    this.found.push(diagnosticOf(code, range, message, more));
  }
}

/** Blocks whose values are read in another way, or by somebody else. */
function isForeign(blocks: readonly Block[]): boolean {
  const top = blocks[0]?.type;
  return top === undefined || top === 'terraform' || top === 'moved' || top === 'removed' || top === 'import';
}

const seesItself = new Set(['provisioner', 'connection', 'postcondition']);

function isTrue(variable: Declaration | undefined, name: string): boolean {
  return literalOf(variable, name) !== undefined && literalOf(variable, name) !== false;
}

function isFalse(variable: Declaration | undefined, name: string): boolean {
  return literalOf(variable, name) === false;
}

function literalOf(variable: Declaration | undefined, name: string): unknown {
  const value = variable?.node.kind === 'block' ? attributeOf(variable.node.body, name)?.value : undefined;
  return value?.kind === 'literal' ? value.value : undefined;
}

/** What is wrong with a value for `count`. */
function countFault(value: Value): string | undefined {
  if ((deepMarks(value) & ephemeral) !== 0)
    return 'How many instances there are is kept in the state, so that "count" takes nothing ephemeral.';
  const fault = value.kind === 'null' ? 'a number is required' : conversionFault(value, 'number');
  if (fault !== undefined)
    return `"count" must be a whole number, and this is ${describeValue(value)}. Use for_each for collections.`;
  if (value.kind !== 'known' || value.type !== 'number') return undefined;
  const number = (value.content as BigFloat).toNumber();
  return Number.isInteger(number) && number >= 0
    ? undefined
    : `"count" must be a whole number that is not negative, and this is ${number.toString()}.`;
}

function hasNullMember(value: Value): boolean {
  if (value.kind !== 'known' || typeof value.type === 'string' || value.type[0] !== 'set') return false;
  return (value.content as readonly Value[]).some((member) => member.kind === 'null');
}

function isSimple(type: CtyType): boolean {
  if (typeof type === 'string') return type !== 'dynamic';
  return type[0] !== 'object' && type[0] !== 'tuple' && isSimple(type[1]);
}

function conversionFault(value: Value, type: CtyType): string | undefined {
  try {
    convert(value, type);
    return undefined;
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    return error.path.length === 0 ? error.message : `${pathText(error.path)}: ${error.message}`;
  }
}

function isForEach({ type, kind }: Value): boolean {
  if (kind === 'null') return false;
  if (typeof type === 'string') return type === 'dynamic';
  if (type[0] === 'map' || type[0] === 'object') return true;
  return type[0] === 'set' && (type[1] === 'string' || type[1] === 'dynamic');
}

/** A local value may have any name. */
function isRepetition({ name }: Attribute, { type }: Block): boolean {
  return type !== 'locals' && (name === 'for_each' || name === 'count');
}
