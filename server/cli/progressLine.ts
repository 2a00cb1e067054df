import type { Progress, RunEvent } from '../training/training';
import type { CommandIo } from './command';

/** Draws a training on a terminal as one line that is drawn anew; elsewhere as a plain line for each epoch. */
export class ProgressLine {
  readonly #io: CommandIo;
  readonly #redraws: boolean;
  #drawn = false;

  constructor(io: CommandIo) {
    this.#io = io;
    this.#redraws = (io.stdout as { isTTY?: boolean }).isTTY === true && io.env.TERM !== 'dumb';
  }

  show(events: readonly RunEvent[], progress: Progress): void {
    for (const event of events) {
      const text = lineOf(event, progress);
      if (text !== undefined) this.#write(text);
    }
    if (this.#redraws && progress.finished === undefined && progress.step > 0) this.#draw(current(progress));
  }

  end(): void {
    this.#erase();
  }

  #write(text: string): void {
    this.#erase();
    this.#io.stdout.write(`${text}\n`);
  }

  #draw(text: string): void {
    const width = (this.#io.stdout as { columns?: number }).columns ?? 80;
    this.#io.stdout.write(`\r\u001b[K${text.slice(0, width - 1)}`);
    this.#drawn = true;
  }

  #erase(): void {
    if (this.#drawn) this.#io.stdout.write('\r\u001b[K');
    this.#drawn = false;
  }
}

/** Seconds as `45 s`, `3 min 20 s`, `2 h 05 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

/** What stays on the screen of an event; undefined for those that only move the progress. */
function lineOf(event: RunEvent, progress: Progress): string | undefined {
  switch (event.type) {
    case 'started':
      return (
        `${event.samples.toLocaleString('en')} images, ${event.parameters.toLocaleString('en')} parameters, ` +
        `${event.epochs} ${event.epochs === 1 ? 'epoch' : 'epochs'} of ${event.stepsPerEpoch} steps on ${event.backend} (${event.device})` +
        (event.resumedAt === undefined ? '' : `, going on after step ${event.resumedAt}`)
      );
    case 'epoch':
      return [
        `Epoch ${event.epoch}/${progress.epochs ?? '?'}`,
        numbers(event.loss, event.accuracy),
        event.val_loss === undefined
          ? undefined
          : `validation ${numbers(event.val_loss, event.val_accuracy)}`,
        duration(event.seconds),
      ]
        .filter((part) => part !== undefined)
        .join('  ');
    case 'finished':
      return event.test_loss === undefined
        ? undefined
        : `Held-out images: ${numbers(event.test_loss, event.test_accuracy)} (${event.test_samples ?? 0} images). Saved ${event.saved ?? 'nothing'}.`;
    case 'log':
      return event.text;
    default:
      return undefined;
  }
}

function current(progress: Progress): string {
  const {
    epoch,
    epochs = 0,
    stepsPerEpoch = 1,
    step,
    loss = 0,
    accuracy,
    samplesPerSecond = 0,
    eta,
  } = progress;
  const done = step / Math.max(1, epochs * stepsPerEpoch);
  const cells = 20;
  const full = Math.min(cells, Math.round(done * cells));
  const bar = '█'.repeat(full) + '░'.repeat(cells - full);
  const left = eta === undefined ? '' : `  ${duration(eta)} left`;
  return `${bar} ${Math.floor(done * 100)} %  epoch ${epoch}/${epochs}  ${numbers(loss, accuracy)}  ${Math.round(samplesPerSecond)} images/s${left}`;
}

function numbers(loss: number, accuracy: number | undefined): string {
  return `loss ${loss.toFixed(4)}${accuracy === undefined ? '' : `  accuracy ${accuracy.toFixed(4)}`}`;
}
