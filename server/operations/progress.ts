import type { TerraformEvent } from './events';
import type { Progress } from './operation';

/**
 * Follows which resources an apply has dealt with. A replaced one is deleted and created, so work is counted by address
 * and action.
 */
export class ProgressTracker {
  readonly #running = new Map<string, string>();
  readonly #completed = new Set<string>();
  readonly #failed = new Set<string>();

  take(event: TerraformEvent): void {
    if (event.type !== 'apply_start' && event.type !== 'apply_complete' && event.type !== 'apply_errored') {
      return;
    }
    const { address } = event.resource;
    const key = `${event.action ?? ''} ${address}`;
    if (event.type === 'apply_start') {
      this.#running.set(key, address);
      // The second half of a replacement: it is not done after all.
      this.#completed.delete(address);
      return;
    }
    this.#running.delete(key);
    if (event.type === 'apply_complete') this.#completed.add(address);
    else this.#failed.add(address);
  }

  progress(): Progress {
    return {
      completed: [...this.#completed],
      failed: [...this.#failed],
      inFlight: [...new Set(this.#running.values())],
    };
  }
}
