import { button, element, svg } from '../dom';
import type { GraphPicture } from '../protocol';
import { actionMarks, summary } from './words';

export interface ToolbarActions {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly save: () => void;
  readonly search: (text: string) => void;
  /** Go to the next find, or with `back` to the one before. */
  readonly next: (back: boolean) => void;
}

/** The strip above the graph: what is shown, search, zoom, export. */
export class Toolbar {
  readonly element: HTMLElement;
  private readonly title = element('h1');
  private readonly counts = element('p', { class: 'muted counts' });
  private readonly found = element('span', { class: 'found muted', role: 'status' });
  private readonly input: HTMLInputElement;

  constructor(actions: ToolbarActions) {
    this.input = element('input', {
      class: 'input',
      type: 'search',
      placeholder: 'Find a block',
      'aria-label': 'Find a block',
      spellcheck: 'false',
    });
    this.input.addEventListener('input', () => {
      actions.search(this.input.value);
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') actions.next(event.shiftKey);
      if (event.key !== 'Escape') return;
      this.input.value = '';
      actions.search('');
    });
    this.element = element(
      'header',
      { class: 'toolbar' },
      element('div', { class: 'heading' }, this.title, this.counts),
      element('div', { class: 'search' }, this.input, this.found),
      element(
        'div',
        { class: 'zoom', role: 'group', 'aria-label': 'Zoom' },
        button({ kind: 'icon', icon: 'minus', label: 'Zoom out (−)', onClick: actions.zoomOut }),
        button({ kind: 'icon', icon: 'plus', label: 'Zoom in (+)', onClick: actions.zoomIn }),
        button({ kind: 'icon', icon: 'fit', label: 'Show the whole graph (0)', onClick: actions.fit }),
        button({ kind: 'icon', icon: 'save', label: 'Export as SVG', onClick: actions.save }),
      ),
    );
  }

  show(picture: GraphPicture): void {
    this.title.textContent = picture.root;
    this.counts.textContent = picture.boxes.length === 0 ? '' : summary(picture);
  }

  focusSearch(): void {
    this.input.focus();
    this.input.select();
  }

  showFound(text: string): void {
    this.found.textContent = text;
  }
}

/** What lines, marks and frames mean; only what the picture has. */
export function legend(picture: GraphPicture): HTMLElement {
  const items = [
    lineItem('implicit', 'depends on, by reference'),
    ...(picture.lines.some((line) => line.kind === 'explicit')
      ? [lineItem('explicit', 'depends on, by depends_on')]
      : []),
  ];
  if (picture.boxes.some((box) => box.cyclic === true)) {
    items.push(element('li', {}, element('span', { class: 'key cycle' }), 'dependency cycle'));
  }
  const used = new Set(picture.boxes.map((box) => box.action));
  for (const [action, { sign, words }] of Object.entries(actionMarks)) {
    if (!used.has(action as keyof typeof actionMarks)) continue;
    items.push(element('li', {}, element('span', { class: `key sign ${action}` }, sign), words));
  }
  return element('ul', { class: 'legend', 'aria-label': 'Legend' }, ...items);
}

function lineItem(kind: 'implicit' | 'explicit', words: string): HTMLElement {
  const sample = svg(
    'svg',
    { width: 34, height: 10, viewBox: '0 0 34 10', 'aria-hidden': 'true' },
    svg(
      'g',
      { class: `line ${kind}` },
      svg('path', { class: 'stroke', d: 'M1 5H27' }),
      svg('path', { class: 'head', d: 'M33 5l-7 -3.5v7z' }),
    ),
  );
  return element('li', {}, sample, words);
}
