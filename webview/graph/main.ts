import './style.css';
import './details.css';
import { element } from '../dom';
import { connect, pageRoot } from '../page';
import type { GraphBox, GraphLine, GraphPicture, GraphToHost, GraphToPage } from '../protocol';
import { findBoxes, surroundings } from './geometry';
import { Scene } from './scene';
import { Toolbar, legend } from './toolbar';
import type { Viewport } from './viewport';
import { boxName, lineName } from './words';

interface SavedState {
  readonly view: Viewport | undefined;
  readonly selected: string | undefined;
  readonly root: string;
}

class GraphPage {
  private picture: GraphPicture | undefined;
  private found: readonly GraphBox[] = [];
  private foundIndex = -1;
  private text = '';
  private readonly scene: Scene;
  private readonly toolbar: Toolbar;
  private readonly footer = element('footer', { class: 'details' });
  private readonly details = element('p', { class: 'about' });
  private readonly empty = element(
    'div',
    { class: 'empty hidden' },
    element('h2', {}, 'Nothing to draw yet'),
    element(
      'p',
      {},
      'No Terraform blocks here yet. Add a resource, a data source or a module call, and it appears here as you type.',
    ),
  );
  private readonly notice = element('div', { class: 'notice hidden', role: 'status' });
  private readonly host = connect<{ toPage: GraphToPage; toHost: GraphToHost; state: SavedState }>(
    (message) => {
      this.receive(message);
    },
  );

  constructor(root: HTMLElement) {
    this.scene = new Scene({
      open: (box) => {
        this.host.send({ type: 'open', id: box.id });
      },
      search: () => {
        this.toolbar.focusSearch();
      },
      changed: () => {
        this.save();
      },
      described: (about) => {
        this.describe(about);
      },
    });
    this.toolbar = new Toolbar({
      zoomIn: () => {
        this.scene.zoom(1.25);
      },
      zoomOut: () => {
        this.scene.zoom(0.8);
      },
      fit: () => {
        this.scene.fit();
      },
      save: () => {
        this.host.send({ type: 'export', format: 'svg' });
      },
      search: (text) => {
        this.search(text);
      },
      next: (back) => {
        this.goToFound(back);
      },
    });
    this.scene.element.append(this.empty);
    root.append(this.toolbar.element, this.notice, this.scene.element, this.footer);
    this.host.send({ type: 'ready' });
  }

  private receive(message: GraphToPage): void {
    switch (message.type) {
      case 'graph':
        this.show(message.picture);
        return;
      case 'select':
        this.scene.select(message.id, true);
        return;
      case 'message':
        this.notice.textContent = message.text;
        this.notice.classList.toggle('hidden', message.text === '');
        return;
    }
  }

  private show(picture: GraphPicture): void {
    const isFirst = this.picture === undefined;
    const saved = this.host.savedState();
    if (isFirst && saved.root === picture.root) {
      if (saved.view !== undefined) this.scene.restore(saved.view);
      this.scene.selected = saved.selected;
    } else if (!isFirst && this.picture?.root !== picture.root) {
      this.scene.fitted = true;
    }
    this.picture = picture;
    this.notice.classList.add('hidden');
    this.empty.classList.toggle('hidden', picture.boxes.length > 0);
    this.toolbar.show(picture);
    this.scene.show(picture);
    this.footer.replaceChildren(this.details, ...(picture.boxes.length > 0 ? [legend(picture)] : []));
    if (this.text !== '') this.search(this.text);
    this.describe(picture.boxes.find((box) => box.id === this.scene.selected));
  }

  private save(): void {
    if (this.picture === undefined) return;
    const view = this.scene.fitted ? undefined : this.scene.view;
    this.host.saveState({ view, selected: this.scene.selected, root: this.picture.root });
  }

  private search(text: string): void {
    this.text = text.trim();
    this.foundIndex = -1;
    if (this.picture === undefined || this.text === '') {
      this.found = [];
      this.scene.highlight(undefined);
      this.toolbar.showFound('');
      return;
    }
    this.found = findBoxes(this.picture, this.text);
    this.scene.highlight(new Set(this.found.map((box) => box.id)));
    this.toolbar.showFound(this.found.length === 0 ? 'none' : `${this.found.length} found`);
    const [first] = this.found;
    if (first !== undefined) this.scene.reveal(first);
  }

  private goToFound(back: boolean): void {
    const count = this.found.length;
    if (count === 0) return;
    const start = this.foundIndex === -1 && back ? 0 : this.foundIndex;
    this.foundIndex = (start + (back ? count - 1 : 1)) % count;
    const box = this.found[this.foundIndex];
    if (box !== undefined) this.scene.select(box.id, true);
    this.toolbar.showFound(`${this.foundIndex + 1} of ${count}`);
  }

  private describe(about: GraphBox | GraphLine | undefined): void {
    const { picture } = this;
    let text = 'Click a block to open it. Drag to move, scroll to zoom.';
    if (about !== undefined && 'points' in about) {
      text = about.via.length === 0 ? lineName(about) : `${lineName(about)}: ${about.via.join(' → ')}`;
    } else if (about !== undefined && picture !== undefined) {
      const { dependencies } = surroundings(picture, about.id);
      text = boxName(picture, about) + (dependencies.size === 0 ? '' : `: ${[...dependencies].join(', ')}`);
    }
    if (picture?.boxes.length === 0) text = '';
    if (this.details.textContent !== text) this.details.textContent = text;
    this.details.title = text;
  }
}

new GraphPage(pageRoot());
