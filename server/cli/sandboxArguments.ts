import path from 'node:path';
import { UsageError } from './command';

/** The arguments of `terratrain sandbox`, taken apart. */
export interface SandboxArguments {
  /** The folder of the root module as given. */
  readonly directory: string;
  /** What terraform gets. */
  readonly terraform: readonly string[];
  /** Terraform's command: `plan`. */
  readonly command: string | undefined;
  readonly asksForHelp: boolean;
  readonly allowProvisioners: boolean;
  readonly stubModules: boolean;
  /** undefined for all there are. */
  readonly scenarios: readonly string[] | undefined;
  /** Relative names of files that terraform writes. */
  readonly outputs: readonly string[];
  /** Those of them that are for people. */
  readonly generated: readonly string[];
  /** Files that may be saved plans to apply. */
  readonly plans: readonly string[];
}

/** Commands that act outside of the sandbox, with what to use instead. */
const refused: Readonly<Record<string, string>> = {
  fmt: 'it would format the shadow and not your files. Run "terraform fmt" or "terratrain format".',
  login: 'nothing in the sandbox needs credentials.',
  logout: 'nothing in the sandbox needs credentials.',
};

/** @throws UsageError for what makes no sense, or would leave the sandbox */
export function readSandboxArguments(args: readonly string[]): SandboxArguments {
  const terraform: string[] = [];
  const scenarios: string[] = [];
  const folders: string[] = [];
  let allowProvisioners = false;
  let stubModules = false;
  for (const argument of args) {
    const [, name = '', value] = /^-{1,2}([a-z-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === 'chdir') folders.push(value ?? '');
    else if (name === 'allow-provisioners') allowProvisioners = true;
    else if (name === 'stub-modules') stubModules = true;
    else if (name === 'scenario') scenarios.push(value ?? '');
    else terraform.push(argument);
  }
  if (folders.length > 1) throw new UsageError('-chdir is given more than once.');
  if (folders[0] === '') throw new UsageError('-chdir needs a folder, for example -chdir=infra.');
  if (scenarios.includes(''))
    throw new UsageError('--scenario needs a name, for example --scenario=no-capacity.');
  const words = terraform.filter((argument) => !argument.startsWith('-'));
  const [command] = words;
  refuse(command, terraform);
  return {
    directory: folders[0] ?? '.',
    terraform,
    command,
    asksForHelp: terraform.some((argument) => /^-+help$|^-h$/.test(argument)),
    allowProvisioners,
    stubModules,
    scenarios: scenarios.length === 0 ? undefined : scenarios.filter((name) => name !== 'none'),
    outputs: optionValues(terraform, /^-{1,2}(?:out|generate-config-out|junit-xml)(?:=(.*))?$/s).filter(
      (name) => !path.isAbsolute(name),
    ),
    generated: optionValues(terraform, /^-{1,2}(?:generate-config-out|junit-xml)(?:=(.*))?$/s),
    plans: command === 'apply' ? words.slice(1) : [],
  };
}

function refuse(command: string | undefined, args: readonly string[]): void {
  if (command !== undefined && Object.hasOwn(refused, command)) {
    throw new UsageError(`"${command}" does not run in the sandbox: ${refused[command] ?? ''}`);
  }
  // With a file of its own, a command would read and write a state outside of the sandbox.
  const [state] = args.filter((argument) => /^-{1,2}(state|state-out|backup|backup-out)(=|$)/.test(argument));
  if (state !== undefined && command !== 'console') {
    throw new UsageError(
      `${state.split('=')[0] ?? ''} is not for the sandbox, which keeps its states itself.`,
    );
  }
}

function optionValues(args: readonly string[], option: RegExp): readonly string[] {
  return args.flatMap((argument, index) => {
    const match = option.exec(argument);
    const value = match === null ? undefined : (match[1] ?? args[index + 1]);
    return value === undefined ? [] : [value];
  });
}
