import { isJsonConfig } from '../terraform/fileNames';
import { findFunction, parameterLabels, signatureOf } from '../terraform/functions';
import { placeAt } from './cursor';
import type { Snapshot } from './snapshot';

export interface SignatureHelp {
  readonly label: string;
  readonly documentation: string;
  readonly parameters: readonly string[];
  /** Number of the parameter that is being written. */
  readonly active: number;
}

/** The signature of the innermost call around `offset`; none in JSON. */
export function signatureHelp(snapshot: Snapshot, path: string, offset: number): SignatureHelp | undefined {
  const text = isJsonConfig(path) ? undefined : snapshot.index.file(path)?.syntax.text;
  const place = text === undefined ? undefined : placeAt(text, offset);
  if (place === undefined || !('call' in place) || place.call === undefined) return undefined;
  const called = findFunction(place.call.name);
  if (called === undefined) return undefined;
  const parameters = parameterLabels(called);
  // All arguments beyond the last parameter belong to it where it takes any number.
  const last = called.variadic === undefined ? parameters.length : parameters.length - 1;
  return {
    label: signatureOf(called),
    documentation: called.summary,
    parameters,
    active: Math.min(place.call.argument, last),
  };
}
