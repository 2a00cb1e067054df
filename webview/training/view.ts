import { button, element, icon } from '../dom';
import { formatPercent } from '../format';
import type { TrainingState, TrainingToHost } from '../protocol';
import { Chart } from './chart';
import { SpecForm } from './fields';
import { progress } from './series';
import { announcement, commandsFor, facts, isActive, position, statusWords } from './words';

export interface ViewEvents {
  readonly send: (message: TrainingToHost) => void;
  readonly smoothed: (weight: number) => void;
}

/** The whole page: header with commands, settings on the left, the run on the right. */
export class TrainingView {
  readonly element: HTMLElement;
  private readonly name = element('h1');
  private readonly path = button({
    kind: 'link',
    label: '',
    title: 'Open the spec',
    onClick: this.sender({ type: 'openSpec' }),
  });
  private readonly status = element('span', { class: 'status' });
  private readonly start = button({
    kind: 'primary',
    icon: 'play',
    label: 'Start Training',
    onClick: this.sender({ type: 'start' }),
  });
  private readonly stop = button({ icon: 'stop', label: 'Stop', onClick: this.sender({ type: 'stop' }) });
  private readonly resume = button({
    kind: 'primary',
    icon: 'resume',
    label: 'Resume',
    onClick: this.sender({ type: 'resume' }),
  });
  private readonly form = new SpecForm((key, value) => {
    this.events.send({ type: 'edit', key, value });
  });
  private readonly layers = element('ol', { class: 'layers mono' });
  private readonly failure = element('div', { class: 'notice error hidden', role: 'alert' });
  private readonly result = element('section', { class: 'result card hidden', 'aria-label': 'Result' });
  private readonly bar = element(
    'div',
    { class: 'bar', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-label': 'Progress' },
    element('div'),
  );
  private readonly position = element('span');
  private readonly percent = element('span', { class: 'mono' });
  private readonly facts = element('dl', { class: 'facts' });
  private readonly loss = new Chart('Loss', 'free');
  private readonly accuracy = new Chart('Accuracy', 'unit');
  private readonly slider = element('input', {
    type: 'range',
    min: 0,
    max: 0.99,
    step: 0.01,
    id: 'smoothing',
  });
  private readonly announcer = element('p', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  private readonly run = element('div', { class: 'run' });
  private readonly waiting = element(
    'p',
    { class: 'waiting muted' },
    'Loss and accuracy appear here, batch by batch, once the training runs.',
  );

  constructor(private readonly events: ViewEvents) {
    this.slider.value = '0.9';
    this.slider.addEventListener('input', () => {
      this.smooth(Number(this.slider.value));
      this.events.smoothed(Number(this.slider.value));
    });
    this.run.append(
      element(
        'div',
        { class: 'progress' },
        element('div', { class: 'position' }, this.position, this.percent),
        this.bar,
      ),
      this.facts,
      element(
        'div',
        { class: 'charts-head' },
        element('label', { for: 'smoothing' }, 'Smoothing'),
        this.slider,
      ),
      element('div', { class: 'charts' }, this.loss.element, this.accuracy.element),
    );
    this.element = element(
      'div',
      { class: 'page' },
      element(
        'header',
        { class: 'head' },
        element(
          'div',
          { class: 'names' },
          element('div', { class: 'title' }, this.name, this.status),
          this.path,
        ),
        element('div', { class: 'commands' }, this.stop, this.resume, this.start),
      ),
      element(
        'div',
        { class: 'body' },
        element(
          'aside',
          { class: 'side' },
          element('h2', {}, 'Settings'),
          this.form.element,
          element('h2', {}, 'Layers'),
          this.layers,
        ),
        element('div', { class: 'main' }, this.failure, this.result, this.waiting, this.run),
      ),
      this.announcer,
    );
  }

  show(state: TrainingState): void {
    const active = isActive(state.status);
    this.name.textContent = state.spec.name;
    setLabel(this.path, state.spec.path);
    this.status.textContent = statusWords[state.status];
    this.status.className = `status ${state.status}`;
    this.showCommands(state);
    this.form.show(state.spec.fields, !active);
    this.showLayers(state.spec.layers);
    this.failure.classList.toggle('hidden', state.error === undefined);
    if (state.error !== undefined) this.failure.replaceChildren(icon('error'), element('p', {}, state.error));
    this.showResult(state);
    const begun = active || state.points.length > 0;
    this.waiting.classList.toggle('hidden', begun);
    this.run.classList.toggle('hidden', !begun);
    if (begun) this.showRun(state);
    const words = announcement(state);
    if (this.announcer.textContent !== words) this.announcer.textContent = words;
  }

  smooth(weight: number): void {
    this.slider.value = String(weight);
    this.slider.setAttribute('aria-valuetext', `${Math.round(weight * 100)} percent`);
    this.loss.smoothing(weight);
    this.accuracy.smoothing(weight);
  }

  recolour(): void {
    this.loss.recolour();
    this.accuracy.recolour();
  }

  private sender(message: TrainingToHost): () => void {
    return () => {
      this.events.send(message);
    };
  }

  private showCommands(state: TrainingState): void {
    const commands = commandsFor(state);
    const wrong = state.spec.fields.some((field) => field.problem !== undefined);
    this.start.classList.toggle('hidden', commands.start === undefined);
    this.start.classList.toggle('primary', state.status === 'idle');
    setLabel(this.start, commands.start ?? '');
    this.start.disabled = wrong;
    this.start.title = wrong ? 'Correct the settings first' : '';
    this.resume.classList.toggle('hidden', !commands.resume);
    this.stop.classList.toggle('hidden', !isActive(state.status));
    this.stop.disabled = !commands.stop;
    setLabel(this.stop, state.status === 'stopping' ? 'Stopping…' : 'Stop');
  }

  private showLayers(layers: readonly string[]): void {
    if (this.layers.childElementCount === layers.length && this.layers.textContent === layers.join(''))
      return;
    this.layers.replaceChildren(...layers.map((layer) => element('li', {}, layer)));
  }

  private showResult(state: TrainingState): void {
    const done =
      (state.status === 'completed' || state.status === 'stopped') && state.runFolder !== undefined;
    this.result.classList.toggle('hidden', !done);
    if (!done) return;
    const { saved, testAccuracy } = state;
    this.result.replaceChildren(
      icon('check'),
      element(
        'div',
        { class: 'outcome' },
        element(
          'p',
          { class: 'headline' },
          testAccuracy === undefined
            ? `Training ${state.status}`
            : `${formatPercent(testAccuracy)} test accuracy`,
        ),
        element(
          'p',
          { class: 'muted' },
          saved === undefined ? 'The checkpoints are in the run folder.' : 'Saved as ',
          ...(saved === undefined ? [] : [element('code', {}, saved)]),
        ),
      ),
      element(
        'div',
        { class: 'commands' },
        button({ icon: 'folder', label: 'Open Run Folder', onClick: this.sender({ type: 'openFolder' }) }),
        ...(saved === undefined
          ? []
          : [
              button({
                kind: 'primary',
                icon: 'spark',
                label: 'Try the Model',
                onClick: this.sender({ type: 'infer' }),
              }),
            ]),
      ),
    );
  }

  private showRun(state: TrainingState): void {
    const last = state.points.at(-1);
    const part =
      state.status === 'completed' ? 1 : progress(last?.step ?? 0, state.stepsPerEpoch, state.epochs);
    this.bar.setAttribute('aria-valuenow', String(Math.round(part * 100)));
    this.bar.classList.toggle('unknown', state.status === 'starting');
    const [fill] = this.bar.children;
    if (fill instanceof HTMLElement) fill.style.width = `${part * 100}%`;
    this.position.textContent = position(state);
    this.percent.textContent = state.status === 'starting' ? '' : `${Math.floor(part * 100)} %`;
    this.facts.replaceChildren(
      ...facts(state).map(([label, value]) =>
        element('div', {}, element('dt', {}, label), element('dd', { class: 'mono', title: value }, value)),
      ),
    );
    this.showCharts(state);
  }

  private showCharts(state: TrainingState): void {
    const { points, validations } = state;
    const total =
      state.epochs === undefined || state.stepsPerEpoch === undefined
        ? undefined
        : state.epochs * state.stepsPerEpoch;
    const epochEnds = validations.map((epoch) => epoch.step);
    const common = { epochEnds, lastStep: total };
    this.loss.show({
      ...common,
      raw: seriesOf(points, (point) => point.loss),
      validation: seriesOf(validations, (epoch) => epoch.validationLoss),
    });
    const accuracy = seriesOf(points, (point) => point.accuracy);
    const validation = seriesOf(validations, (epoch) => epoch.validationAccuracy);
    const known = accuracy.steps.length + validation.steps.length > 0 || points.length === 0;
    this.accuracy.element.classList.toggle('hidden', !known);
    if (known) this.accuracy.show({ ...common, raw: accuracy, validation });
  }
}

function seriesOf<T extends { readonly step: number }>(
  points: readonly T[],
  value: (point: T) => number | undefined,
): { readonly steps: number[]; readonly values: number[] } {
  const steps: number[] = [];
  const values: number[] = [];
  for (const point of points) {
    const found = value(point);
    if (found === undefined) continue;
    steps.push(point.step);
    values.push(found);
  }
  return { steps, values };
}

function setLabel(control: HTMLButtonElement, label: string): void {
  const text = control.querySelector('span');
  if (text !== null) text.textContent = label;
}
