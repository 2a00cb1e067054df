// Rewrites functions.json from the terraform on PATH: `node server/terraform/data/generateFunctions.mjs`.
// Only names and signatures are kept, which are facts; the descriptions in ../functionSummaries.ts are our own words.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const answer = JSON.parse(execFileSync('terraform', ['metadata', 'functions', '-json'], { encoding: 'utf8' }));

const parameter = ({ name, type }) => ({ name, type });
const functions = Object.fromEntries(
  Object.entries(answer.function_signatures)
    .filter(([name]) => !name.includes('::'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, signature]) => [
      name,
      {
        returns: signature.return_type,
        parameters: (signature.parameters ?? []).map(parameter),
        ...(signature.variadic_parameter && { variadic: parameter(signature.variadic_parameter) }),
      },
    ]),
);

const lines = Object.entries(functions).map(([name, signature]) => `  ${JSON.stringify(name)}: ${JSON.stringify(signature)}`);
writeFileSync(new URL('functions.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`);
