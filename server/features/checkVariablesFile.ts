import path from 'node:path';
import type { ConfigFile, Module } from '../terraform/model';
import { diagnosticOf } from './diagnostic';
import type { Diagnostic } from './diagnostic';
import { didYouMean, nearest } from './suggestion';

/** Checks a variables file against the variables of the module beside it. */
export function checkVariablesFile(module: Module, config: ConfigFile): Diagnostic[] {
  const found: Diagnostic[] = [];
  const variables = module.declarations.filter(({ kind }) => kind === 'variable').map(({ name }) => name);
  // Other files may be meant for another folder: Terraform is told about them by name.
  const isLoaded = /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(path.basename(config.path));
  const isKnown = module.files.length > 0 && module.unread.length === 0;
  for (const item of config.syntax.body.items) {
    if (item.kind === 'block') {
      const message = `A variables file holds only values: write ${item.type} = …, or move the block to a .tf file.`;
      found.push(diagnosticOf('block-in-variables-file', item.typeRange, message));
    } else if (isLoaded && isKnown && !variables.includes(item.name)) {
      const suggestion = nearest(item.name, variables);
      const message = `The module declares no variable "${item.name}", so that this value is ignored.${didYouMean(suggestion)}`;
      const facts = { name: item.name };
      found.push(diagnosticOf('value-without-variable', item.nameRange, message, { suggestion, facts }));
    }
  }
  return found;
}
