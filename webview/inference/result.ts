import { element, icon } from '../dom';
import { formatPercent } from '../format';
import type { Prediction } from '../protocol';
import { rankClasses } from './ranking';

/** What the model said about an image: the label, and every class with its probability. */
export class ResultView {
  readonly element = element('section', { class: 'result card', 'aria-label': 'Prediction' });
  private readonly image = element('img', { class: 'subject hidden', alt: 'The image' });
  private readonly label = element('p', { class: 'label' });
  private readonly note = element('p', { class: 'muted' });
  private readonly bars = element('ul', { class: 'bars', 'aria-label': 'Probabilities' });
  private readonly failure = element('div', { class: 'notice error hidden', role: 'alert' });
  private readonly announcer = element('p', { class: 'unseen', role: 'status' });

  constructor() {
    this.element.append(
      element(
        'div',
        { class: 'answer' },
        this.image,
        element('div', { class: 'words' }, this.label, this.note),
      ),
      this.failure,
      this.bars,
      this.announcer,
    );
    this.reset();
  }

  reset(): void {
    this.image.classList.add('hidden');
    this.failure.classList.add('hidden');
    this.bars.replaceChildren();
    this.label.textContent = 'No prediction yet';
    this.label.classList.add('none');
    this.note.textContent = 'Draw something, drop an image or click an example.';
  }

  /** An image was sent, or waits for the server. */
  wait(image: string, why: string): void {
    this.image.src = image;
    this.image.classList.remove('hidden');
    this.failure.classList.add('hidden');
    this.element.classList.add('waiting');
    this.note.textContent = why;
  }

  show(prediction: Prediction, classes: readonly string[]): void {
    const ranked = rankClasses(prediction.probabilities, classes);
    const best = ranked.find((each) => each.label === prediction.label);
    const sure = best === undefined ? '' : formatPercent(best.probability);
    this.element.classList.remove('waiting');
    this.failure.classList.add('hidden');
    this.label.classList.remove('none');
    this.label.replaceChildren(prediction.name, element('span', { class: 'muted' }, sure));
    const time = `${prediction.milliseconds < 10 ? prediction.milliseconds.toFixed(1) : Math.round(prediction.milliseconds)} ms in the server`;
    this.note.textContent = prediction.preprocessing === '' ? time : `${time} · ${prediction.preprocessing}`;
    this.bars.replaceChildren(
      ...ranked.map(({ label, name, probability }) => {
        const fill = element('span', { class: 'fill' });
        fill.style.width = `${probability * 100}%`;
        return element(
          'li',
          { class: label === prediction.label ? 'best' : undefined },
          element('span', { class: 'name' }, name),
          element('span', { class: 'track', 'aria-hidden': 'true' }, fill),
          element('span', { class: 'value mono' }, formatPercent(probability)),
        );
      }),
    );
    this.announcer.textContent = `Predicted ${prediction.name} ${sure}`;
  }

  refuse(reason: string): void {
    this.element.classList.remove('waiting');
    this.failure.replaceChildren(icon('error'), element('p', {}, reason));
    this.failure.classList.remove('hidden');
    this.bars.replaceChildren();
    this.label.textContent = 'No prediction';
    this.label.classList.add('none');
    this.note.textContent = '';
  }
}
