import { dialectOf } from '../terraform/dialect';
import { isJsonConfig } from '../terraform/fileNames';
import { calledFunction, callableParameters, callableSignature } from './callables';
import { placeAt } from './cursor';
import type { Place } from './place';
import { moduleOf } from './snapshot';
import type { Snapshot } from './snapshot';
import { templatePlaceAt } from './templates/templatePlace';

export interface SignatureHelp {
  readonly label: string;
  readonly documentation: string;
  /** How each is written in `label`. */
  readonly parameters: readonly string[];
  /** What each means, where the provider says so; as many as `parameters`. */
  readonly meanings: readonly (string | undefined)[];
  /** Number of the parameter that is being written. */
  readonly active: number;
}

/** The signature of the innermost call around `offset`, of the language or of a provider; none in JSON. */
export function signatureHelp(snapshot: Snapshot, path: string, offset: number): SignatureHelp | undefined {
  const text = isJsonConfig(path) ? undefined : snapshot.index.file(path)?.syntax.text;
  const place = text === undefined ? undefined : placeIn(path, text, offset);
  if (place === undefined || !('call' in place) || place.call === undefined) return undefined;
  const called = calledFunction(snapshot, moduleOf(snapshot, path), place.call.name);
  if (called === undefined) return undefined;
  const parameters = callableParameters(called);
  // All arguments beyond the last parameter belong to it where it takes any number.
  const last = called.variadic === undefined ? parameters.length : parameters.length - 1;
  const described = [...called.parameters, ...(called.variadic === undefined ? [] : [called.variadic])];
  return {
    label: callableSignature(called),
    documentation: called.summary,
    parameters,
    meanings: described.map(({ description }) => description),
    active: Math.min(place.call.argument, last),
  };
}

function placeIn(path: string, text: string, offset: number): Place {
  return dialectOf(path) === 'template' ? templatePlaceAt(text, offset).place : placeAt(text, offset);
}
