import type { Severity } from './severity';
import { syntaxCodes } from './syntaxCodes';
import type { SyntaxCode } from './syntaxCodes';

/** What all diagnostics of one code have in common. */
export interface CodeEntry {
  readonly severity: Severity;
  /** `unnecessary` is shown faded, `deprecated` struck through. */
  readonly tag?: 'unnecessary' | 'deprecated';
  /** The names in `Diagnostic.facts`, each with what it holds. A fact said to be there "where" something holds may lack. */
  readonly facts?: Readonly<Record<string, string>>;
}

const error = { severity: 'error' } as const;
const warning = { severity: 'warning' } as const;
const information = { severity: 'information' } as const;
const hint = { severity: 'hint' } as const;
const faded = { severity: 'hint', tag: 'unnecessary' } as const;
const deprecated = { severity: 'warning', tag: 'deprecated' } as const;

const name = 'the name as written';

const release = {
  product: '`terraform` or `opentofu`, the one that reads the module',
  since: 'its first release that has it',
  until: 'its first release that has it no more, where there is one',
};

/**
 * Every code of a diagnostic about what a configuration means. Whoever reports something new adds its code here and a
 * section of that name to docs/diagnostics.md; a test holds the two together. Where `Diagnostic.suggestion` is set, it
 * is what to write in the place of `Diagnostic.range`, whatever the code.
 */
const meaningCodes = {
  // What is no text.
  'unreadable-file': error,
  'not-utf-8': error,

  // What stands in bodies.
  'unknown-argument': {
    ...error,
    facts: { name, form: '`block` where a block of that name may stand here, so that `x = {…}` is `x {…}`' },
  },
  'unknown-type': {
    ...error,
    facts: { name, kind: '`resource`, `data` or `ephemeral`' },
  },
  'unknown-block': {
    ...error,
    facts: {
      name,
      form: '`argument` where an argument of that name may stand here, so that `x {…}` is `x = {…}`',
    },
  },
  'read-only-argument': { ...error, facts: { name } },
  'missing-argument': {
    ...error,
    facts: { name: 'the argument that lacks; the range is the type of the block' },
  },
  'missing-block': {
    ...error,
    facts: { name: 'the type of the block that lacks; the range is that of the outer one' },
  },
  'too-many-blocks': { ...error, facts: { name } },
  'missing-label': { ...error, facts: { labels: 'what the lacking labels are, with commas between them' } },
  'extra-label': error,
  'invalid-name': { ...error, facts: { name } },
  'reserved-name': { ...error, facts: { name } },
  'conflicting-arguments': {
    ...error,
    facts: { name: 'the argument at the range', other: 'the one it excludes' },
  },
  'literal-required': { ...error, facts: { name: 'the argument whose value must be written out' } },
  'duplicate-setting': { ...error, facts: { name: 'the type of the block that may stand once in a module' } },
  'duplicate-requirement': { ...warning, facts: { name: 'the local name of the provider' } },
  'duplicate-key': error,
  'invalid-requirement': { ...error, facts: { name: 'the local name of the provider' } },
  'invalid-iterator': error,
  'invalid-provisioner': error,
  'invalid-validation': { ...error, facts: { name: 'the variable that the block belongs to' } },
  'invalid-version': { ...error, facts: { constraint: 'the constraint as written' } },
  'invalid-override': error,
  'misplaced-block': error,
  'provider-in-repeated-module': { ...error, facts: { name: 'the name of the module call' } },

  // What is old. Where there is a newer spelling it is the suggestion.
  'deprecated-argument': { ...deprecated, facts: { name } },
  'deprecated-block': { ...deprecated, facts: { name } },
  'deprecated-type': { ...deprecated, facts: { name: 'the resource type or data source' } },
  'deprecated-variable': { ...deprecated, facts: { name } },
  'deprecated-output': { ...deprecated, facts: { name } },
  'interpolation-only': { ...hint, tag: 'deprecated' },
  'quoted-type': error,
  'quoted-keyword': { ...warning, tag: 'deprecated' },
  'quoted-reference': { ...warning, tag: 'deprecated' },
  'dot-index': { ...hint, tag: 'deprecated' },

  // Releases of the language.
  'needs-newer-version': { ...error, facts: release },
  'allows-older-version': {
    ...information,
    facts: { ...release, constraint: 'the version constraint as written, joined with commas' },
  },
  'dropped-from-language': {
    ...error,
    facts: { ...release, constraint: 'the version constraint, where it allows releases that have it too' },
  },
  'other-product': {
    ...error,
    facts: { product: '`terraform` or `opentofu`, the one that has it', since: 'its first release with it' },
  },
  'unknown-kind': {
    ...error,
    facts: { name, kind: '`backend`, `key_provider` or `method`' },
  },

  // References.
  'undeclared-variable': { ...error, facts: { name: 'the name behind `var.`' } },
  'undeclared-local': { ...error, facts: { name: 'the name behind `local.`' } },
  'undeclared-module': { ...error, facts: { name: 'the name behind `module.`' } },
  'undeclared-resource': {
    ...error,
    facts: {
      type: 'the resource type',
      name: 'the name',
      kind: '`resource`, `data`, `ephemeral` or `action`',
    },
  },
  'undeclared-output': { ...error, facts: { name: 'the output', call: 'the address of the module call' } },
  'undeclared-provider': {
    ...error,
    facts: { name: 'the local name of the provider', alias: 'the alias, where one is written' },
  },
  'unknown-attribute': { ...error, facts: { name } },
  'unknown-name': { ...error, facts: { name } },
  'invalid-reference': error,
  'misplaced-reference': { ...error, facts: { name: '`each`, `count`, `self` …' } },
  'missing-instance-key': {
    ...error,
    facts: {
      repetition: '`count` or `for_each`',
      key: 'what to write behind the address: `[0]`, `[each.key]`',
    },
  },
  'unexpected-instance-key': error,
  'dependency-cycle': {
    ...error,
    facts: { cycle: 'the addresses in order, the first again at the end, ` → ` between them' },
  },
  'invalid-dependency': error,
  'invalid-ignore-changes': { ...error, facts: { name } },
  'invalid-replace-trigger': error,
  'invalid-address': error,
  'move-to-itself': { ...error, facts: { address: 'the address' } },
  'moved-still-declared': { ...error, facts: { address: 'the address that is declared' } },
  'removed-still-declared': { ...error, facts: { address: 'the address that is declared' } },
  'import-without-target': { ...error, facts: { type: 'the resource type', name: 'the name' } },

  // Declarations and modules.
  'duplicate-declaration': { ...error, facts: { address: 'the address that is declared twice' } },
  'override-without-base': {
    ...error,
    facts: { address: 'the address that only an override file declares' },
  },
  'module-not-found': { ...error, facts: { source: 'the source as written' } },
  'module-not-installed': { ...information, facts: { source: 'the source as written' } },
  'missing-provider-configuration': {
    ...error,
    facts: { name: 'what the called module calls the provider: `aws.west`' },
  },
  'unknown-provider-configuration': { ...error, facts: { name: 'the key in `providers`' } },
  'provider-mismatch': {
    ...error,
    facts: { name: 'the key in `providers`' },
  },
  'missing-requirement': {
    ...hint,
    facts: {
      name: 'the local name',
      source: 'the source to require',
      version: 'a constraint, where the version is known',
    },
  },
  'wrong-source': {
    ...warning,
    facts: {
      name: 'the local name',
      source: 'the source that was probably meant',
      version: 'a constraint, where the version is known',
    },
  },
  'provider-version': {
    ...information,
    facts: { name: 'the local name', version: 'the version that is known' },
  },
  'locked-version': { ...warning, facts: { name: 'the local name', version: 'the locked version' } },
  'terraform-version': { ...warning, facts: { version: 'the version at hand' } },

  // Stacks.
  'undeclared-block': {
    ...error,
    facts: {
      block: 'the type of the block: `component`, `identity_token` …',
      type: 'its first label, where it has two',
      name: 'its name',
    },
  },
  'unknown-input': { ...warning, facts: { name: 'the key in `inputs`' } },
  'missing-input': { ...error, facts: { name: 'the variable that needs a value' } },
  'wrong-provider-configuration': { ...error, facts: { name: 'the key in `providers`' } },
  'const-in-component': { ...error, facts: { name: 'the variable of the module' } },
  'provider-in-component': { ...error, facts: { name: 'the provider that the module configures' } },

  // The lock file.
  'lock-contradiction': {
    ...warning,
    facts: { version: 'the locked version', constraint: 'what excludes it' },
  },
  'invalid-hash': error,
  'invalid-source': { ...error, facts: { source: 'the address as written' } },
  'unused-lock': { ...faded, facts: { source: 'the full address of the provider' } },

  // Templates.
  'undeclared-template-variable': { ...error, facts: { name: 'the name that no call gives' } },
  'missing-template-variable': {
    ...error,
    facts: { name: 'the name that the template reads; the range begins with the object that lacks it' },
  },
  'unused-template-variable': { ...faded, facts: { name: 'the key that the template does not read' } },
  'recursive-template': { ...error, facts: { name: '`templatefile` or `templatestring`' } },
  'invalid-template': { ...error, facts: { path: 'the absolute path of the template' } },

  // Nothing reads it.
  'unused-declaration': { ...faded, facts: { kind: '`variable`, `local` or `data`', name } },
  'unused-requirement': { ...faded, facts: { name: 'the local name of the provider' } },
  'unused-provider': { ...faded, facts: { name: 'the local name of the provider', alias: 'its alias' } },

  // Values and calls.
  'unknown-function': {
    ...error,
    facts: { name, provider: 'the provider that is not required, where that is why' },
  },
  'missing-file': { ...error, facts: { path: 'the absolute path of the file' } },
  'wrong-argument-count': { ...error, facts: { name } },
  'wrong-type': { ...error, facts: { type: 'the type that is asked for, as written in HCL' } },
  'invalid-count': error,
  'invalid-for-each': { ...error, facts: { form: '`list` where `toset(…)` helps' } },
  'ephemeral-value': error,
  'sensitive-output': { ...warning, facts: { name: 'the output' } },
  'invalid-type': error,
  'invalid-default': error,
  'null-default': error,
  'invalid-argument': error,
  'invalid-operand': error,
  'invalid-index': error,
  'invalid-key': error,
  'invalid-expansion': error,
  'invalid-condition': error,
  'invalid-for-condition': error,
  'invalid-in-template': error,
  'invalid-number': error,
  'inconsistent-results': error,
  'inconsistent-elements': error,
  'not-iterable': error,
  'null-collection': error,
  'null-object': error,
  'null-operand': error,
  'null-key': error,
  'null-condition': error,
  'null-in-template': error,
  'missing-key': error,
  'ambiguous-key': error,
  'unsupported-attribute': error,
  'call-failed': error,
  'operation-failed': error,

  // Test files.
  'undeclared-run': { ...error, facts: { name: 'the name behind `run.`' } },
  'unavailable-run': { ...error, facts: { name: 'the name behind `run.`' } },
  'unavailable-variable': { ...warning, facts: { name: 'the name behind `var.`' } },
  'missing-test-variable': { ...warning, facts: { name: 'the variable', run: 'the run that needs it' } },
  'invalid-keyword': {
    ...error,
    facts: { name: 'the argument', keywords: 'what it takes, with commas between' },
  },
  'not-checkable': { ...error, facts: { address: 'the address as written' } },
  'constant-assertion': error,
  'override-without-target': { ...warning, facts: { address: 'the address as written' } },
  'duplicate-override': { ...error, facts: { address: 'the address, or the type that is mocked twice' } },
  'unknown-mocked-type': { ...warning, facts: { type: 'the resource type or data source' } },
  'mock-folder-empty': { ...warning, facts: { source: 'the folder as written' } },
  'invalid-module-source': { ...error, facts: { source: 'the source as written' } },

  // Variables files.
  'value-without-variable': { ...warning, facts: { name } },
  'block-in-variables-file': error,
  'expression-in-variables-file': error,
} as const satisfies Record<string, CodeEntry>;

export type DiagnosticCode = SyntaxCode | keyof typeof meaningCodes;

/** Every code with what its diagnostics have in common. */
export const diagnosticCodes: Readonly<Record<DiagnosticCode, CodeEntry>> = {
  ...syntaxCodes,
  ...meaningCodes,
};

/** Whether a text is one of the codes. */
export function isDiagnosticCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(diagnosticCodes, code);
}
