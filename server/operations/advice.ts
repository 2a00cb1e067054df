import type { Diagnostic } from './events';

/**
 * What to do about a problem that terraform names but does not explain in our terms; `undefined` for all others.
 * Recognised by terraform's English summaries, which have no codes.
 */
export function adviceFor(diagnostic: Diagnostic): string | undefined {
  const { summary, detail } = diagnostic;
  if (summary === 'Error acquiring the state lock') return lockAdvice(detail);
  return ADVICE.find(({ pattern }) => pattern.test(summary))?.advice;
}

/** The fields of terraform's lock message: who holds it, since when, for what. Empty when there are none. */
export function lockFields(detail: string): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const [, name, value] of detail.matchAll(
    /^\s*(ID|Path|Operation|Who|Version|Created|Info):[ \t]*(.*)$/gm,
  )) {
    if (name !== undefined) fields[name] = value?.trim() ?? '';
  }
  return fields;
}

const ADVICE: readonly { readonly pattern: RegExp; readonly advice: string }[] = [
  {
    pattern: /^Saved plan is stale$/,
    advice: 'The state changed after this plan was made. Plan again and review the new plan.',
  },
  {
    pattern: /^Saved plan does not match the given state$/,
    advice:
      'The plan was made in another workspace or from another state. Select that workspace, or plan again.',
  },
  {
    pattern: /^Cannot apply incomplete plan$/,
    advice: 'Planning failed when this file was made. Solve the error that it reported, then plan again.',
  },
  {
    pattern: /^No value for required variable$/,
    advice:
      'Give it a value: in terraform.tfvars, with --var NAME=VALUE, or in the environment as TF_VAR_NAME.',
  },
  {
    pattern: /^(Failed to query available provider packages|Failed to install provider)$/,
    advice:
      'The provider could not be downloaded. Check the network and the source address, or use the sandbox, which needs no download.',
  },
  {
    pattern: /^Instance cannot be destroyed$/,
    advice: 'Remove prevent_destroy from the lifecycle block if it may really be destroyed.',
  },
];

function lockAdvice(detail: string): string {
  const { Who: who, Created: created, Operation: operation } = lockFields(detail);
  const holder = who ? `${who} holds it` : 'Somebody else holds it';
  const since = created ? ` since ${created.replace(/(\d\d:\d\d:\d\d)\.\d+/, '$1')}` : '';
  const what = operation ? ` (${operation.replace(/^OperationType/, '').toLowerCase()})` : '';
  return `${holder}${since}${what}. Wait until that operation has finished, then try again.`;
}
