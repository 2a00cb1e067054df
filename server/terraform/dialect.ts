import path from 'node:path';

/** The languages that Terraform's files are written in: the same notation, other blocks and names. */
export type Dialect =
  | 'configuration'
  /** Values for variables (`.tfvars`). */
  | 'variables'
  /** Runs of a module under test. */
  | 'test'
  /** What a mocked provider answers with. */
  | 'mock'
  /** Searches for existing objects (`.tfquery.hcl`). */
  | 'query'
  /** Components of a stack. */
  | 'stack'
  /** Deployments of a stack. */
  | 'deployment'
  /** The dependency lock file. */
  | 'lock'
  /** Text with interpolations, for `templatefile()`. */
  | 'template';

const endings: readonly (readonly [RegExp, Dialect])[] = [
  [/\.(tf|tofu)(\.json)?$/, 'configuration'],
  [/\.tfvars(\.json)?$/, 'variables'],
  [/\.(tftest|tofutest)\.(hcl|json)$/, 'test'],
  [/\.tfmock\.(hcl|json)$/, 'mock'],
  [/\.tfquery\.(hcl|json)$/, 'query'],
  [/\.(tfcomponent|tfstack)\.(hcl|json)$/, 'stack'],
  [/\.tfdeploy\.(hcl|json)$/, 'deployment'],
  [/\.tftpl$/, 'template'],
];

/** What a file is to Terraform, judged by its name; `undefined` for what Terraform does not read. */
export function dialectOf(file: string): Dialect | undefined {
  const name = path.basename(file);
  if (name === '.terraform.lock.hcl') return 'lock';
  if (isIgnoredName(name)) return undefined;
  return endings.find(([ending]) => ending.test(name))?.[1];
}

/** Terraform skips hidden files and the leftovers of editors. */
export function isIgnoredName(name: string): boolean {
  return name.startsWith('.') || name.endsWith('~') || (name.startsWith('#') && name.endsWith('#'));
}
