import type { DetachedProcess } from './detachedProcess';
import type { Phase } from './operation';

/** Carries a wish to stop from whoever has it to the command that runs at that moment, once. */
export class StopControl {
  #phase: Phase | undefined;
  #child: DetachedProcess | undefined;
  #wanted = false;
  readonly #onStopping: () => void;

  constructor(onStopping: () => void) {
    this.#onStopping = onStopping;
  }

  /** Somebody asked for a stop. */
  get wanted(): boolean {
    return this.#wanted;
  }

  /** The operation's next command runs now. A stop that came between two commands reaches it at once. */
  async enter(phase: Phase, child: DetachedProcess): Promise<void> {
    this.#phase = phase;
    this.#child = child;
    if (this.#wanted) await this.#interrupt();
  }

  /** @throws StopUnsupportedError */
  async stop(): Promise<void> {
    // A second interrupt makes terraform exit without saving the state, so it is never sent.
    if (this.#wanted) return;
    this.#wanted = true;
    try {
      await this.#interrupt();
    } catch (error) {
      this.#wanted = false;
      throw error;
    }
    this.#onStopping();
  }

  async kill(): Promise<void> {
    this.#wanted = true;
    await this.#child?.kill();
  }

  async #interrupt(): Promise<void> {
    if (this.#child === undefined) return;
    // Windows cannot interrupt; before an apply nothing is lost by ending the process.
    if (process.platform === 'win32' && this.#phase !== 'apply') await this.#child.kill();
    else await this.#child.interrupt();
  }
}
