import './style.css';
import { button, element, icon } from '../dom';
import { connect, pageRoot } from '../page';
import type { InferenceState, InferenceToHost, InferenceToPage } from '../protocol';
import { fileOf, readImage } from './imageFile';
import { DrawingPad } from './pad';
import { base64Of, inputSize } from './ranking';
import { ResultView } from './result';
import { ServerView } from './server';

class InferencePage {
  private state: InferenceState | undefined;
  /** The newest image, as a `data:` URL, and the request it went out with, if it did. */
  private image: string | undefined;
  private sent = 0;
  private waiting = false;
  private readonly name = element('h1');
  private readonly path = element('p', { class: 'muted' });
  private readonly examples = element('div', { class: 'examples' });
  private readonly examplesPart = element(
    'section',
    { class: 'hidden' },
    element('h2', {}, 'Examples'),
    this.examples,
  );
  private readonly result = new ResultView();
  private readonly pad = new DrawingPad((image) => {
    this.predict(image);
  });
  private readonly server = new ServerView({
    start: () => {
      this.host.send({ type: 'start' });
    },
    stop: () => {
      this.host.send({ type: 'stop' });
    },
    copy: (text) => {
      this.host.send({ type: 'copy', text });
    },
  });
  private readonly host = connect<{
    toPage: InferenceToPage;
    toHost: InferenceToHost;
    state: Record<string, never>;
  }>((message) => {
    this.receive(message);
  });

  constructor(root: HTMLElement) {
    root.append(
      element(
        'div',
        { class: 'page' },
        element('header', { class: 'head' }, this.name, this.path),
        element(
          'div',
          { class: 'body' },
          element('div', { class: 'side' }, this.drawing(), this.dropZone(), this.examplesPart),
          element('div', { class: 'main' }, this.result.element, this.server.element),
        ),
      ),
    );
    this.listenToDrops();
    this.host.send({ type: 'ready' });
  }

  private receive(message: InferenceToPage): void {
    switch (message.type) {
      case 'state':
        this.show(message.state);
        return;
      case 'prediction':
        if (message.id === this.sent) this.result.show(message.prediction, this.state?.model.classes ?? []);
        return;
      case 'refused':
        if (message.id === this.sent) this.result.refuse(message.reason);
        return;
    }
  }

  private show(state: InferenceState): void {
    const before = this.state;
    this.state = state;
    this.name.textContent = state.model.name;
    this.path.textContent = state.model.path;
    this.server.show(state.server);
    const { width, height } = inputSize(state.model.input);
    this.pad.resize(width, height);
    if (before?.examples !== state.examples) this.showExamples(state.examples);
    if (state.server.status === 'running' && this.waiting && this.image !== undefined)
      this.predict(this.image);
  }

  private showExamples(examples: InferenceState['examples']): void {
    this.examplesPart.classList.toggle('hidden', examples.length === 0);
    this.examples.replaceChildren(
      ...examples.map(({ image, label }) => {
        const picture = element('img', { src: image, alt: '' });
        const choose = element(
          'button',
          { type: 'button', class: 'example', title: label, 'aria-label': `Example: ${label}` },
          picture,
        );
        choose.addEventListener('click', () => {
          this.predict(image);
        });
        return choose;
      }),
    );
  }

  private drawing(): HTMLElement {
    const clear = button({
      kind: 'link',
      label: 'Clear',
      onClick: () => {
        this.pad.clear();
        this.result.reset();
        this.waiting = false;
        this.sent++;
      },
    });
    return element(
      'section',
      {},
      element('div', { class: 'part-head' }, element('h2', {}, 'Draw'), clear),
      this.pad.element,
    );
  }

  private dropZone(): HTMLElement {
    const chooser = element('input', {
      type: 'file',
      accept: 'image/png,image/jpeg,image/*',
      class: 'unseen',
      tabindex: -1,
      'aria-hidden': 'true',
    });
    chooser.addEventListener('change', () => {
      const file = chooser.files?.[0];
      if (file !== undefined) void this.take(file);
      chooser.value = '';
    });
    const choose = button({
      kind: 'link',
      label: 'choose a file',
      onClick: () => {
        chooser.click();
      },
    });
    return element(
      'section',
      {},
      element('h2', {}, 'Image'),
      element(
        'div',
        { class: 'drop' },
        icon('file'),
        element('p', {}, 'Drop or paste an image here, or ', choose),
        chooser,
      ),
    );
  }

  /** The whole page takes dropped and pasted images; the zone only shows where they belong. */
  private listenToDrops(): void {
    const mark = (over: boolean): void => {
      document.body.classList.toggle('dropping', over);
    };
    document.addEventListener('dragover', (event) => {
      event.preventDefault();
      mark(true);
    });
    document.addEventListener('dragleave', (event) => {
      if (event.relatedTarget === null) mark(false);
    });
    document.addEventListener('drop', (event) => {
      event.preventDefault();
      mark(false);
      const file = fileOf(event.dataTransfer);
      if (file === undefined)
        this.result.refuse('Drop an image file; VS Code passes files only while Shift is held.');
      else void this.take(file);
    });
    document.addEventListener('paste', (event) => {
      const file = fileOf(event.clipboardData);
      if (file !== undefined) void this.take(file);
    });
  }

  private async take(file: File): Promise<void> {
    try {
      this.predict(await readImage(file));
    } catch (error) {
      this.result.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  private predict(image: string): void {
    this.image = image;
    const data = base64Of(image);
    if (data === undefined) {
      this.result.refuse('This image cannot be sent; use a PNG or JPEG file.');
      return;
    }
    this.waiting = this.state?.server.status !== 'running';
    if (this.waiting) {
      const starting = this.state?.server.status === 'starting';
      this.result.wait(
        image,
        starting ? 'Waiting for the server to start.' : 'Start the server to get a prediction.',
      );
      return;
    }
    this.sent++;
    this.result.wait(image, 'Asking the server.');
    this.host.send({ type: 'predict', id: this.sent, data });
  }
}

new InferencePage(pageRoot());
