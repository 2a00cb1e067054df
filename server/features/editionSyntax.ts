import type { Attribute, Block, Expression } from '../hcl/syntax';
import { walkExpressions } from '../hcl/walk';
import { visitTraversals } from '../terraform/expressions';
import { factsOf } from '../terraform/facts';
import { openTofuOnly, since, terraformOnly } from '../terraform/language/availability';
import type { Availability } from '../terraform/language/availability';
import { experiments } from '../terraform/language/experiments';
import type { ConfigFile, Module } from '../terraform/model';
import { toTraversal } from '../terraform/traversal';
import { attributeOf, blocksOf, keyName, literalString } from '../terraform/values';
import type { Range } from '../text/range';
import { headerOf, rulesFor } from './bodyRules';
import type { EditionFindings } from './editionFindings';
import type { Snapshot } from './snapshot';

/** Checks what came to the language without a new block, argument or function. */
export function checkSyntaxFeatures(
  snapshot: Snapshot,
  module: Module,
  config: ConfigFile,
  findings: EditionFindings,
): void {
  const given: Given = { snapshot, module, config };
  for (const { name, available, sign, find, experiment } of features) {
    if (findings.edition.support(available) === 'all' || !sign.test(config.syntax.text)) continue;
    for (const range of find(given)) findings.add({ name, range, available, experiment });
  }
  // Terraform refuses what these would be, which is said elsewhere.
  if (findings.edition.product === 'terraform') return;
  for (const { name, available, sign, find } of earlyValues) {
    if (findings.edition.support(available) === 'all' || !sign.test(config.syntax.text)) continue;
    for (const range of find(given)) findings.add({ name, range, available });
  }
}

interface Given {
  readonly snapshot: Snapshot;
  readonly module: Module;
  readonly config: ConfigFile;
}

interface Feature {
  /** As the object of a sentence. */
  readonly name: string;
  readonly available: Availability;
  /** What its text looks like: without it nobody has to look closer. */
  readonly sign: RegExp;
  readonly find: (given: Given) => Iterable<Range>;
  /** The experiment that let earlier releases know it. */
  readonly experiment?: string;
}

/** The experiment that optional members of object types, and the function `defaults`, came from. */
export const optionalMembers = 'module_variable_optional_attrs';

const features: readonly Feature[] = [
  {
    name: 'functions of providers',
    available: since('1.8', '1.7'),
    sign: /\bprovider::/,
    find: (given) => calls(given, (name) => name.startsWith('provider::')),
  },
  {
    name: 'the prefix "core::" of functions',
    available: since('1.8', '1.7'),
    sign: /\bcore::/,
    find: (given) => calls(given, (name) => name.startsWith('core::')),
  },
  {
    name: 'optional members of object types',
    available: since('1.3'),
    sign: /\boptional\s*\(/,
    find: membersThatMayLack,
    experiment: optionalMembers,
  },
  {
    name: 'validations that read more than their variable',
    available: since('1.9', '1.9'),
    sign: /\bvalidation\b/,
    find: wideValidations,
  },
  {
    name: 'error messages of validations that are not written out',
    available: since('1.2'),
    sign: /\bvalidation\b/,
    find: ({ config }) =>
      validations(config).flatMap(({ body }) => notLiteral(attributeOf(body, 'error_message'))),
  },
  {
    name: 'identifiers of imports that are not written out',
    available: since('1.6'),
    sign: /\bimport\b/,
    find: ({ config }) =>
      blocksOf(config.syntax.body, 'import').flatMap(({ body }) => notLiteral(attributeOf(body, 'id'))),
  },
  {
    name: '"configuration_aliases" of a provider',
    available: since('0.15'),
    sign: /\bconfiguration_aliases\b/,
    find: configurationAliases,
  },
  {
    name: 'the resource type "terraform_data"',
    available: since('1.4'),
    sign: /\bterraform_data\b/,
    find: ({ config }) =>
      blocksOf(config.syntax.body, 'resource').flatMap(({ labels: [type] }) =>
        type?.value === 'terraform_data' ? [type.range] : [],
      ),
  },
  {
    name: 'moves to another resource type',
    available: since('1.8', '1.10'),
    sign: /\bmoved\b/,
    find: movesOfType,
  },
  {
    name: '"terraform.applying"',
    available: since('1.10', '1.11'),
    sign: /\b(terraform|tofu)\.applying\b/,
    find: (given) => readings(given, 'terraform', 'applying'),
  },
  {
    name: 'the name "tofu" for "terraform" in references',
    available: openTofuOnly('1.9'),
    sign: /\btofu\.(workspace|applying)\b/,
    find: (given) => [...readings(given, 'tofu', 'workspace'), ...readings(given, 'tofu', 'applying')],
  },
  {
    name: 'instances of provider configurations',
    available: openTofuOnly('1.9'),
    sign: /\bproviders?\b[^\n]*\[|\bproviders\b/,
    find: providerInstances,
  },
  {
    name: 'write-only arguments',
    available: since('1.11', '1.11'),
    // By custom their names say it.
    sign: /_wo\b|write_only/,
    find: writeOnlyArguments,
  },
  {
    name: 'imports inside modules that are called',
    available: terraformOnly('1.16'),
    sign: /\bimport\b/,
    find: ({ snapshot, module, config }) => {
      const imports = blocksOf(config.syntax.body, 'import');
      return imports.length === 0 || !snapshot.index.isCalled(module)
        ? []
        : imports.map(({ typeRange }) => typeRange);
    },
  },
  ...Object.entries(experiments).map(([name, available]): Feature => ({
    name: `the experiment "${name}"`,
    available,
    sign: /\bexperiments\b/,
    find: (given) => experimentRanges(given, name),
  })),
];

const earlyValues: readonly Feature[] = [
  {
    name: 'references in the source or version of a module',
    available: openTofuOnly('1.8'),
    sign: /\bmodule\b/,
    find: ({ config }) =>
      blocksOf(config.syntax.body, 'module').flatMap(({ body }) =>
        ['source', 'version'].flatMap((name) => notLiteral(attributeOf(body, name))),
      ),
  },
  {
    name: 'references in the settings of a backend',
    available: openTofuOnly('1.8'),
    sign: /\bbackend\b/,
    find: ({ config }) =>
      blocksOf(config.syntax.body, 'terraform')
        .flatMap(({ body }) => blocksOf(body, 'backend'))
        .flatMap(({ body }) => body.items)
        .flatMap((item) => (item.kind === 'attribute' ? referencesIn(item.value) : [])),
  },
  {
    name: 'references in "prevent_destroy"',
    available: openTofuOnly('1.12'),
    sign: /\bprevent_destroy\b/,
    find: ({ config }) =>
      blocksOf(config.syntax.body, 'resource')
        .flatMap(({ body }) => blocksOf(body, 'lifecycle'))
        .flatMap(({ body }) => {
          const value = attributeOf(body, 'prevent_destroy')?.value;
          return value === undefined ? [] : referencesIn(value);
        }),
  },
];

function calls({ config }: Given, wanted: (name: string) => boolean): Range[] {
  const found: Range[] = [];
  walkExpressions(config.syntax.body, (expression) => {
    if (expression.kind === 'call' && wanted(expression.name)) found.push(expression.nameRange);
    return true;
  });
  return found;
}

function membersThatMayLack({ config }: Given): Range[] {
  return blocksOf(config.syntax.body, 'variable').flatMap(({ body }) => {
    const type = attributeOf(body, 'type')?.value;
    const found: Range[] = [];
    if (type === undefined) return found;
    walkExpressions(type, (expression) => {
      if (expression.kind === 'call' && expression.name === 'optional') found.push(expression.nameRange);
      return true;
    });
    return found;
  });
}

function validations(config: ConfigFile): Block[] {
  return blocksOf(config.syntax.body, 'variable').flatMap(({ body }) => blocksOf(body, 'validation'));
}

function wideValidations({ config }: Given): Range[] {
  return blocksOf(config.syntax.body, 'variable').flatMap(({ body, labels: [label] }) =>
    blocksOf(body, 'validation').flatMap((validation) => {
      const condition = attributeOf(validation.body, 'condition')?.value;
      const found: Range[] = [];
      if (condition === undefined) return found;
      visitTraversals(condition, ({ root, steps: [step], range }) => {
        const isOwn = root.name === 'var' && step?.kind === 'name' && step.name === label?.value;
        const isAlways = root.name === 'path' || root.name === 'terraform';
        if (!isOwn && !isAlways && step !== undefined) found.push(range);
      });
      return found;
    }),
  );
}

function experimentRanges({ config }: Given, wanted: string): Range[] {
  return blocksOf(config.syntax.body, 'terraform').flatMap(({ body }) => {
    const value = attributeOf(body, 'experiments')?.value;
    const items = value?.kind === 'tuple' ? value.items : [];
    return items.flatMap((item) => (item.kind === 'variable' && item.name === wanted ? [item.range] : []));
  });
}

function configurationAliases({ config }: Given): Range[] {
  return blocksOf(config.syntax.body, 'terraform')
    .flatMap(({ body }) => blocksOf(body, 'required_providers'))
    .flatMap(({ body }) => body.items)
    .flatMap((item) => (item.kind === 'attribute' && item.value.kind === 'object' ? item.value.items : []))
    .flatMap(({ key }) => (keyName(key) === 'configuration_aliases' ? [key.range] : []));
}

function movesOfType({ config }: Given): Range[] {
  return blocksOf(config.syntax.body, 'moved').flatMap(({ body }) => {
    const from = movedType(attributeOf(body, 'from'));
    const to = movedType(attributeOf(body, 'to'));
    const target = attributeOf(body, 'to');
    return from === undefined || to === undefined || target === undefined || from === to
      ? []
      : [target.value.range];
  });
}

/** The resource type of an address in the module itself. */
function movedType(attribute: Attribute | undefined): string | undefined {
  const traversal = attribute === undefined ? undefined : toTraversal(attribute.value);
  const name = traversal?.root.name;
  if (name === undefined || ['module', 'data', 'resource', 'ephemeral'].includes(name)) return undefined;
  return traversal?.steps.length === 0 ? undefined : name;
}

function readings({ config }: Given, root: string, member: string): Range[] {
  const found: Range[] = [];
  walkExpressions(config.syntax.body, (expression) => {
    if (
      expression.kind === 'getAttribute' &&
      expression.name === member &&
      expression.object.kind === 'variable' &&
      expression.object.name === root
    ) {
      found.push(expression.range);
    }
    return true;
  });
  return found;
}

function providerInstances({ config }: Given): Range[] {
  const found: Range[] = [];
  const look = (value: Expression | undefined) => {
    if (value?.kind === 'index' && !value.legacy) found.push(value.range);
  };
  for (const item of config.syntax.body.items) {
    if (item.kind !== 'block') continue;
    if (['resource', 'data', 'ephemeral'].includes(item.type))
      look(attributeOf(item.body, 'provider')?.value);
    const providers = item.type === 'module' ? attributeOf(item.body, 'providers')?.value : undefined;
    if (providers?.kind === 'object') for (const { value } of providers.items) look(value);
  }
  return found;
}

/** Arguments whose schema says that they never come back from the provider. */
function writeOnlyArguments({ snapshot, module, config }: Given): Range[] {
  return factsOf(config).declarations.flatMap(({ kind, node }) => {
    if (kind !== 'resource' || node.kind !== 'block') return [];
    const rules = rulesFor(snapshot, module, [headerOf(node)]);
    return node.body.items.flatMap((item) => {
      const isWriteOnly =
        item.kind === 'attribute' && rules.arguments.get(item.name)?.schema.writeOnly === true;
      return isWriteOnly ? [item.nameRange] : [];
    });
  });
}

function notLiteral(attribute: Attribute | undefined): Range[] {
  if (attribute === undefined || literalString(attribute.value) !== undefined) return [];
  return referencesIn(attribute.value);
}

function referencesIn(value: Expression): Range[] {
  const found: Range[] = [];
  visitTraversals(value, ({ range, steps }) => {
    if (steps.length > 0) found.push(range);
  });
  return found;
}
