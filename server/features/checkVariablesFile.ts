import path from 'node:path';
import { ConversionError, convert, pathText } from '../cty/convert';
import { describeValue } from '../cty/describe';
import { emptyWorld } from '../cty/emptyWorld';
import { evaluate } from '../cty/evaluate';
import { typeToString } from '../cty/type';
import { readTypeConstraint } from '../cty/typeConstraint';
import { applyDefaults } from '../cty/typeDefaults';
import type { Attribute, Body } from '../hcl/syntax';
import { walkExpressions } from '../hcl/walk';
import { visitTraversals } from '../terraform/expressions';
import type { ConfigFile, Declaration, Module } from '../terraform/model';
import { attributeOf } from '../terraform/values';
import type { Diagnostic } from './diagnostic';
import { Findings } from './findings';
import type { Snapshot } from './snapshot';
import { didYouMean, nearest } from './suggestion';

/** Checks a variables file against the variables of the module beside it. */
export function checkVariablesFile(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const findings = new Findings(snapshot, module, config);
  const { body } = config.syntax;
  const isKnown = module.files.length > 0 && module.unread.length === 0;
  // Other files may be meant for another folder: Terraform is told about them by name.
  const isLoaded = /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(path.basename(config.path));
  const isMeant = isKnown && (isLoaded || fits(body, module));
  for (const item of body.items) {
    if (item.kind === 'block') {
      const message = `A variables file holds only values: write ${item.type} = …, or move the block to a .tf file.`;
      findings.add('block-in-variables-file', item.typeRange, message);
      continue;
    }
    if (!isConstant(findings, item) || !isMeant) continue;
    const variable = module.find(`var.${item.name}`);
    if (variable !== undefined) checkValue(findings, item, variable);
    else undeclared(findings, item);
  }
  return findings.found;
}

/** Whether every value of a file has its variable here, so that the file is meant for the module beside it. */
function fits({ items }: Body, module: Module): boolean {
  return items.every((item) => item.kind === 'block' || module.find(`var.${item.name}`) !== undefined);
}

function undeclared(findings: Findings, { name, nameRange }: Attribute): void {
  const variables = findings.module.declarations.flatMap((each) =>
    each.kind === 'variable' ? each.name : [],
  );
  const suggestion = nearest(name, variables);
  const message = `The module declares no variable "${name}", so that this value is ignored.${didYouMean(suggestion)}`;
  findings.add('value-without-variable', nameRange, message, { suggestion, facts: { name } });
}

/** Nothing is there yet that a variables file could refer to or call. */
function isConstant(findings: Findings, { value }: Attribute): boolean {
  const before = findings.found.length;
  const report = (range: Diagnostic['range'], what: string) => {
    const message = `A variables file holds constant values only, so that it cannot hold ${what}. Use a local value in a .tf file.`;
    findings.add('expression-in-variables-file', range, message);
  };
  visitTraversals(value, ({ range }) => {
    report(range, `the reference ${findings.textOf(range)}`);
  });
  walkExpressions(value, (node) => {
    if (node.kind === 'call') report(node.range, `a call of ${node.name}`);
    return node.kind !== 'call';
  });
  return findings.found.length === before && value.kind !== 'missing';
}

const constants = { variable: () => undefined, functions: () => undefined, world: emptyWorld };

function checkValue(findings: Findings, { name, value }: Attribute, { node }: Declaration): void {
  const constraint = node.kind === 'block' ? attributeOf(node.body, 'type')?.value : undefined;
  if (constraint === undefined) return;
  const { type, defaults, errors } = readTypeConstraint(constraint);
  const given = evaluate(value, constants);
  if (errors.length > 0 || given.errors.length > 0) return;
  try {
    convert(applyDefaults(given.value, defaults), type);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    const fault = error.path.length === 0 ? error.message : `${pathText(error.path)}: ${error.message}`;
    const shown = typeToString(type);
    const message = `The variable "${name}" must be ${shown}, and this is ${describeValue(given.value)}: ${fault}.`;
    findings.add('wrong-type', value.range, message, { facts: { type: shown } });
  }
}
