// Takes from a provider's public source which arguments replace an object, and what stands for those left out.
import { execFileSync } from 'node:child_process';
import { declarations } from './goSyntax.mjs';

/** The Go files of one commit, by folder; nothing is checked out. */
export class GoSource {
  constructor(gitDirectory, commit) {
    this.git = (...args) =>
      execFileSync('git', ['-C', gitDirectory, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
    this.commit = commit;
    this.files = new Map();
    this.folders = new Map();
  }

  list(pattern) {
    return this.git('ls-tree', '-r', '--name-only', this.commit).split('\n').filter((name) => pattern.test(name));
  }

  search(text, ...paths) {
    const found = this.git('grep', '-l', '-F', text, this.commit, '--', ...paths);
    return found.split('\n').filter(Boolean).map((line) => line.slice(line.indexOf(':') + 1));
  }

  read(file) {
    let known = this.files.get(file);
    if (known === undefined) {
      known = declarations(this.git('show', `${this.commit}:${file}`));
      this.files.set(file, known);
    }
    return known;
  }

  /** All declarations of a folder: a Go package. */
  folder(folder) {
    let known = this.folders.get(folder);
    if (known === undefined) {
      const files = this.git('ls-tree', '--name-only', this.commit, `${folder}/`)
        .split('\n')
        .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'));
      known = new Map(files.flatMap((file) => [...this.read(file)]));
      this.folders.set(folder, known);
    }
    return known;
  }
}

/**
 * @param packages folders by the name they are imported under, for calls such as `commonschema.Location()`
 * @returns {{ replace: string[], defaults: object, unresolved: string[], computedBlocks: string[] }} by dotted paths; defaults that are constants of
 *   other packages are unresolved
 */
export function rulesOf(declared, folder, source, packages) {
  const context = { folder, source, packages, environment: new Map(), ...scope(declared) };
  const schema = schemaMap(declared.returned, context, 0);
  const found = { replace: [], defaults: {}, unresolved: [], computedBlocks: [] };
  if (schema !== undefined) collect(schema, '', found);
  return found;
}

function collect(schema, prefix, found) {
  for (const [name, argument] of schema) {
    const path = prefix + name;
    if (argument.forceNew) found.replace.push(path);
    if (argument.standard !== undefined && argument.standard !== null && argument.standard !== '')
      found.defaults[path] = argument.standard;
    else if (argument.hasStandard && argument.standard === undefined) found.unresolved.push(path);
    if (argument.inner !== undefined && argument.computed) found.computedBlocks.push(path);
    if (argument.inner !== undefined) collect(argument.inner, `${path}.`, found);
  }
}

/** What a node finally is: names and calls are followed through the package. */
function resolve(node, context, depth) {
  if (node === undefined || depth > 30) return undefined;
  if (node.kind === 'bound') return resolve(node.node, node.context, depth + 1);
  if (node.kind === 'name') {
    const own = context.environment.get(node.name) ?? context.locals?.get(node.name);
    if (own !== undefined && own !== node) return resolve(own, context, depth + 1);
    const declared = lookUp(node.name, context);
    return declared === undefined ? { node, context } : enter(declared, [], context, depth);
  }
  if (node.kind === 'call') {
    if (node.of?.kind === 'function') return resolve(node.of.returned, { ...context, ...scope(node.of) }, depth + 1);
    const declared = lookUp(node.name, context);
    return declared === undefined ? { node, context } : enter(declared, node.args, context, depth);
  }
  if (node.kind === 'function')
    return resolve(node.returned, { ...context, ...scope(node) }, depth + 1);
  return { node, context };
}

function scope({ locals, added }) {
  return { locals, added };
}

function lookUp(name, context) {
  const [packageName, member] = name.includes('.') ? name.split('.') : [undefined, name];
  const folder = packageName === undefined ? context.folder : context.packages[packageName];
  if (folder === undefined) return undefined;
  const declared = context.source.folder(folder).get(member);
  return declared && { declared, folder };
}

function enter({ declared, folder }, args, context, depth) {
  const environment = new Map(
    declared.parameters.map((name, index) => [name, { kind: 'bound', node: args[index], context }]),
  );
  return resolve(declared.returned, { ...context, folder, environment, ...scope(declared) }, depth + 1);
}

/** true, false, a number or a text, as far as it can be told. */
function evaluate(node, context, depth = 0) {
  if (node === undefined || depth > 20) return undefined;
  if (node.kind === 'value') return node.value;
  if (node.kind === 'bound') return evaluate(node.node, node.context, depth + 1);
  if (node.kind === 'operation') {
    const right = evaluate(node.right, context, depth + 1);
    if (node.operator === '!') return typeof right === 'boolean' ? !right : undefined;
    if (node.operator === '-') return typeof right === 'number' ? -right : undefined;
    const left = evaluate(node.left, context, depth + 1);
    if (node.operator === '&&') return left === true && right === true;
    return node.operator === '||' ? left === true || right === true : undefined;
  }
  if (node.kind === 'name') {
    const own = context.environment.get(node.name) ?? context.locals?.get(node.name);
    if (own !== undefined && own !== node) return evaluate(own, context, depth + 1);
    const declared = lookUp(node.name, context);
    return declared === undefined ? undefined : evaluate(declared.declared.returned, { ...context, folder: declared.folder }, depth + 1);
  }
  if (node.kind === 'call' && node.name === 'conditionalDefault')
    return evaluate(node.args[0], context, depth + 1) === true ? evaluate(node.args[1], context, depth + 1) : undefined;
  // The next major version's behaviour, which is not there yet.
  if (node.kind === 'call' && node.name.startsWith('features.')) return false;
  // string(api.Value): a conversion of a constant that stands elsewhere.
  return node.kind === 'call' && node.name === 'string' ? evaluate(node.args[0], context, depth + 1) : undefined;
}

/** A map of arguments, wherever it is written. */
function schemaMap(node, context, depth) {
  if (node?.kind === 'bound') return schemaMap(node.node, node.context, depth + 1);
  if (node?.kind === 'call' && /merge/i.test(node.name))
    return new Map(node.args.flatMap((each) => [...(schemaMap(each, context, depth + 1) ?? [])]));
  const added = node?.kind === 'name' ? context.added?.get(node.name) : undefined;
  if (added !== undefined) return extended(node, added, context, depth);
  if (node?.kind === 'name' && context.environment.get(node.name)?.kind === 'bound')
    return schemaMap(context.environment.get(node.name), context, depth + 1);
  const call = node?.kind === 'call' && node.of === undefined ? lookUp(node.name, context) : undefined;
  // A function that returns a map it has added to.
  if (call !== undefined && call.declared.returned?.kind === 'name') {
    const environment = new Map(
      call.declared.parameters.map((name, index) => [name, { kind: 'bound', node: node.args[index], context }]),
    );
    const inner = { ...context, folder: call.folder, environment, ...scope(call.declared) };
    return schemaMap(call.declared.returned, inner, depth + 1);
  }
  const found = resolve(node, context, depth);
  if (found === undefined || found.node.kind !== 'literal') return undefined;
  const { node: literal, context: inner } = found;
  const own = literal.fields.get('Schema');
  if (/(^|\.)Resource$/.test(literal.type) && own !== undefined) return schemaMap(own, inner, depth + 1);
  const schema = new Map();
  for (const [name, argument] of literal.fields) {
    const read = readArgument(argument, inner, depth + 1);
    if (read !== undefined) schema.set(name, read);
  }
  return schema;
}

function extended(node, added, context, depth) {
  const local = context.locals.get(node.name) ?? context.environment.get(node.name);
  const schema = new Map(schemaMap(local, context, depth + 1) ?? []);
  for (const [name, argument] of added) {
    const read = readArgument(argument, context, depth + 1);
    if (read !== undefined) schema.set(name, read);
  }
  return schema;
}

function readArgument(node, context, depth) {
  const found = resolve(node, context, depth);
  if (found === undefined || found.node.kind !== 'literal' || depth > 30) return undefined;
  const { fields } = found.node;
  const element = fields.get('Elem');
  const inner = element === undefined ? undefined : innerOf(element, found.context, depth + 1);
  return {
    forceNew: evaluate(fields.get('ForceNew'), found.context) === true,
    standard: evaluate(fields.get('Default'), found.context),
    hasStandard: fields.has('Default'),
    computed: evaluate(fields.get('Computed'), found.context) === true,
    inner: inner !== undefined && inner.size > 0 ? inner : undefined,
  };
}

function innerOf(element, context, depth) {
  const found = resolve(element, context, depth);
  if (found === undefined || found.node.kind !== 'literal') return undefined;
  return /(^|\.)Resource$/.test(found.node.type) ? schemaMap(found.node, found.context, depth + 1) : undefined;
}
