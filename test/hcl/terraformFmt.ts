import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Found on PATH. */
const TERRAFORM = 'terraform';

/** What `terraform fmt` says about a text: its output, or its first error. */
export type Verdict =
  | { readonly accepted: true; readonly text: string }
  | { readonly accepted: false; /** From 1. */ readonly line: number; readonly title: string };

/** The version of terraform on PATH, or undefined without one. */
export function terraformVersion(): string | undefined {
  try {
    const output = execFileSync(TERRAFORM, ['version', '-json'], {
      encoding: 'utf8',
      env: environment(tmpdir()),
    });
    const document: unknown = JSON.parse(output);
    if (typeof document !== 'object' || document === null || !('terraform_version' in document))
      return undefined;
    return typeof document.terraform_version === 'string' ? document.terraform_version : undefined;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Runs `terraform fmt` over all texts in one process. */
export function formatAll(texts: readonly string[]): Verdict[] {
  const folder = mkdtempSync(join(tmpdir(), 'terratrain-fmt-'));
  try {
    const files = join(folder, 'files');
    mkdirSync(files);
    const name = (order: number): string => `f${String(order).padStart(6, '0')}.tf`;
    texts.forEach((text, order) => {
      writeFileSync(join(files, name(order)), text);
    });
    const run = spawnSync(TERRAFORM, ['fmt', '-recursive', '-no-color', '-list=false', '.'], {
      cwd: files,
      encoding: 'utf8',
      env: environment(folder),
      maxBuffer: 1 << 28,
    });
    const rejected = firstErrors(run.stderr);
    return texts.map(
      (_, order) =>
        rejected.get(name(order)) ?? { accepted: true, text: readFileSync(join(files, name(order)), 'utf8') },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first error of each file. */
function firstErrors(output: string): Map<string, Verdict> {
  const rejected = new Map<string, Verdict>();
  for (const [, title = '', file = '', line] of output.matchAll(
    /Error: (.*)\n[│ ]*\n[│ ]*on (f\d{6}\.tf) line (\d+)/g,
  )) {
    if (!rejected.has(file)) rejected.set(file, { accepted: false, line: Number(line), title });
  }
  return rejected;
}

function environment(folder: string): NodeJS.ProcessEnv {
  const config = join(folder, 'terraform.rc');
  writeFileSync(config, '');
  return { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: config };
}
