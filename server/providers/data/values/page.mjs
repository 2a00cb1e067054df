import { readFileSync, writeFileSync } from 'node:fs';
import { table } from '../table.mjs';

const section = /## Known values\n[\s\S]*?\n(?=Licences: )/;

/** The section about known values in the page about providers, with the empty line behind it; empty where there is none. */
export function valuesSection(page) {
  return section.exec(page)?.[0] ?? '';
}

/** Writes the section into the page about providers. */
export function writeValuesSection(file, rows) {
  const page = readFileSync(file, 'utf8');
  const before = valuesSection(page);
  const at = before === '' ? page.indexOf('Licences: ') : page.indexOf(before);
  if (at < 0) throw new Error(`${file} has no place for the section about known values`);
  writeFileSync(file, page.slice(0, at) + textOf(rows) + page.slice(at + before.length));
}

function textOf(rows) {
  const number = (value) => value.toLocaleString('en-US');
  const cells = (row) => [row.name, ...['arguments', 'hand', 'api', 'prose', 'values'].map((key) => number(row[key])), number(Math.ceil(row.bytes / 1024))];
  const total = { name: `**${rows.length} providers**` };
  for (const key of ['arguments', 'hand', 'api', 'prose', 'values', 'bytes']) total[key] = rows.reduce((sum, row) => sum + row[key], 0);
  const head = ['provider', 'arguments', 'by hand', 'from the API', 'from descriptions', 'values', 'KB'];
  return `## Known values

A schema says that \`instance_type\` is a string; it does not say which strings there are. For the arguments below Terratrain
knows: completion offers the values, hover shows them. A list is help, never a rule: a value that is not on it is no mistake,
because clouds add instance types and regions every month. The lists belong to a provider, whatever version of it is installed.

${table(head, [...rows, total].map(cells))}

_Arguments_ counts every place where values are offered, at every level of nesting; _values_ are the different ones.

- **By hand**: regions, zones, instance types of machines, databases and caches, disks, accelerators, runtimes, retention
  days, Kubernetes' enumerations (\`server/providers/data/values/tables/\`). Machines come with vCPUs and memory, those with
  accelerators with their number, model and memory. For AWS these are the facts of EC2's own
  DescribeInstanceTypes as of August 2026, where it has them. All other machine sizes, zones, database classes and runtimes
  are written down from knowledge of the vendors' documentation and only spot-checked against it. Previous generations and deprecated runtimes
  come last and are marked.
- **From the API**: enumerations of AWS's SDK, for arguments whose path is a path of fields through the input of the operation
  that makes the resource, or whose name has one enumeration in the whole service. Where a description lists values too, the
  two agree in 98 of 100 cases; where they do not, the description wins unless it shares no value with the field.
- **From descriptions**: lists behind words such as "Valid values are", in code marks or quotes. Descriptions that speak of
  other arguments, ranges or examples are left out, and so are values whose spelling is in doubt.

To make the lists anew run \`node --import tsx server/providers/data/values/generate.mjs\` (it needs network); to bring them up
to date raise the versions in \`awsServices.mjs\`, make the schemas anew first, and look at the counts. \`test/providers/\`
holds what must be true of them.

`;
}
