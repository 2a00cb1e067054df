import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Severity } from '../features/diagnostic';
import type { Range } from '../text/range';
import type { TerraformProgram } from './protocol';
import { runTerraform } from './terraformRun';

/** What `terraform validate` says about a place in a file. */
export interface ValidationFinding {
  readonly path: string;
  readonly range: Range;
  readonly severity: Severity;
  readonly message: string;
}

export interface ValidationPorts {
  /** Absent while the workspace is not trusted: validating runs the programs of providers. */
  readonly program: () => TerraformProgram | undefined;
  readonly isWanted: () => boolean;
  /** The root modules that reach a file. */
  readonly roots: (file: string) => readonly string[];
  readonly read: (file: string) => string | undefined;
  /** Other findings than before. */
  readonly onChange: () => void;
  /** Told in a sentence for a person. */
  readonly onProblem: (message: string) => void;
}

/**
 * Runs `terraform validate` in the initialised root modules of a file that was saved. What it found holds until one of
 * the files it looked at changes.
 */
export class Validation {
  private readonly running = new Map<string, AbortController>();
  /** By root module. */
  private readonly found = new Map<string, readonly ValidationFinding[]>();

  constructor(private readonly ports: ValidationPorts) {}

  /** What is known about a file. */
  of(file: string): readonly ValidationFinding[] {
    return [...this.found.values()].flat().filter((finding) => finding.path === file);
  }

  /** Resolves when every root that reaches the file was looked at. */
  async saved(file: string): Promise<void> {
    const program = this.ports.program();
    if (program === undefined || !this.ports.isWanted()) return;
    const roots = this.ports.roots(file).filter(isInitialised);
    await Promise.all(roots.map((root) => this.validate(program, root)));
  }

  /** The text is no longer what terraform looked at. */
  edited(file: string): void {
    if (this.running.size === 0 && this.found.size === 0) return;
    for (const root of this.ports.roots(file)) {
      this.running.get(root)?.abort();
      if ((this.found.get(root)?.length ?? 0) > 0) this.ports.onChange();
      this.found.delete(root);
    }
  }

  stop(): void {
    for (const controller of this.running.values()) controller.abort();
    this.found.clear();
  }

  private async validate(program: TerraformProgram, root: string): Promise<void> {
    this.running.get(root)?.abort();
    const controller = new AbortController();
    this.running.set(root, controller);
    try {
      const text = await outputOf(program, root, controller.signal);
      if (controller.signal.aborted) return;
      this.found.set(root, readFindings(text, root, this.ports.read));
      this.ports.onChange();
    } catch (error) {
      if (!controller.signal.aborted)
        this.ports.onProblem(`${program.product} validate did not answer in ${root}: ${reasonOf(error)}`);
    } finally {
      if (this.running.get(root) === controller) this.running.delete(root);
    }
  }
}

/** Without an init there are no providers to ask, and validate would only say so. */
function isInitialised(root: string): boolean {
  return existsSync(path.resolve(root, process.env.TF_DATA_DIR ?? '.terraform'));
}

async function outputOf(program: TerraformProgram, root: string, signal: AbortSignal): Promise<string> {
  const stays = Object.entries(process.env).filter(([name]) => !/^TF_(CLI_ARGS|LOG)/i.test(name));
  const parts: Uint8Array[] = [];
  const output = runTerraform(program.path, {
    arguments: ['validate', '-json', '-no-color'],
    directory: root,
    environment: { ...Object.fromEntries(stays), CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
    signal,
    // 1 says that the configuration is not valid, which is an answer.
    accepted: [0, 1],
  });
  for await (const part of output) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** The part of `terraform validate -json` (format 1.0) that is read here. */
interface Output {
  readonly diagnostics?: readonly {
    readonly severity: string;
    readonly summary: string;
    readonly detail?: string;
    readonly range?: {
      readonly filename: string;
      readonly start: { readonly byte: number };
      readonly end: { readonly byte: number };
    };
  }[];
}

/**
 * What terraform says about places in files; what it says about none, such as a provider that is not installed, is no
 * problem of a text.
 */
function readFindings(text: string, root: string, read: ValidationPorts['read']): ValidationFinding[] {
  const { diagnostics = [] } = JSON.parse(text) as Output;
  return diagnostics.flatMap(({ severity, summary, detail, range }): ValidationFinding[] => {
    if (range === undefined) return [];
    const file = path.resolve(root, range.filename);
    const bytes = Buffer.from(read(file) ?? '', 'utf8');
    const offset = (byte: number) => bytes.subarray(0, byte).toString('utf8').length;
    const start = offset(range.start.byte);
    return [
      {
        path: file,
        range: { start, end: Math.max(start, offset(range.end.byte)) },
        severity: severity === 'warning' ? 'warning' : 'error',
        message:
          detail === undefined || detail === '' ? `${summary}.` : `${summary}: ${oneParagraph(detail)}`,
      },
    ];
  });
}

/** Terraform breaks lines for terminals; editors break their own. */
function oneParagraph(text: string): string {
  return text.replaceAll(/([^\n])\n(?=[^\n ])/g, '$1 ').trim();
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
