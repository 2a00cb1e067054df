import type { Backend, BackendProbe } from '../backend';
import type { BackendChoice } from '../trainSpec';
import { cpu } from './cpu';
import { cuda } from './cuda';
import { wasm } from './wasm';
import { webgpu } from './webgpu';

/** Fastest first: what `auto` tries, in this order. */
const LADDER: readonly Backend[] = [cuda, webgpu, wasm, cpu];

export interface ChosenBackend {
  readonly backend: Backend;
  readonly probe: BackendProbe;
  /** Why each faster one was passed over, a sentence each. */
  readonly passedOver: readonly string[];
}

/** What each backend is on this machine, fastest first. */
export function probeBackends(): Promise<BackendProbe[]> {
  return Promise.all(LADDER.map((backend) => backend.probe()));
}

/**
 * Finds the backend to train on.
 * @throws an Error that says why the one asked for cannot be used and what to do
 */
export async function chooseBackend(choice: BackendChoice): Promise<ChosenBackend> {
  const passedOver: string[] = [];
  for (const backend of LADDER) {
    if (choice !== 'auto' && choice !== backend.name) continue;
    const probe = await backend.probe();
    if (choice !== 'auto') {
      if (probe.available) return { backend, probe, passedOver };
      throw new Error(
        `The backend "${choice}" cannot be used: ${probe.why ?? 'unknown reason'}. ${probe.whatToDo ?? ''}`.trim(),
      );
    }
    if (probe.available && !probe.software) return { backend, probe, passedOver };
    passedOver.push(
      `${probe.name}: ${probe.software ? `only ${probe.device}` : (probe.why ?? 'unavailable')}.`,
    );
  }
  throw new Error(`No backend works here. ${passedOver.join(' ')}`);
}
