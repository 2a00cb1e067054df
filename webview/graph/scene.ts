import { element, svg } from '../dom';
import { prefersLessMotion } from '../page';
import type { GraphBox, GraphLine, GraphPicture } from '../protocol';
import { drawPicture, fitTexts } from './drawing';
import type { Drawing } from './drawing';
import { insideOf, modulesAround, nextBox, surroundings } from './geometry';
import type { Direction } from './geometry';
import { fit, pan, reveal, zoomAt } from './viewport';
import type { Size, Viewport } from './viewport';

export interface SceneEvents {
  /** A click or Enter on a box. */
  readonly open: (box: GraphBox) => void;
  readonly search: () => void;
  /** Zoom, position or selection changed. */
  readonly changed: () => void;
  readonly described: (about: GraphBox | GraphLine | undefined) => void;
}

const dragThreshold = 4;
const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const steps: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [60, 0],
  right: [-60, 0],
  up: [0, 60],
  down: [0, -60],
};

/** The picture on the screen: zoom, pan, selection, keyboard. Knows nothing of where pictures come from. */
export class Scene {
  readonly element: HTMLElement;
  view: Viewport = { x: 0, y: 0, scale: 1 };
  /** As long as the person did not zoom or pan, the whole graph is kept in sight. */
  fitted = true;
  selected: string | undefined;

  private readonly surface = svg('svg', {
    class: 'surface',
    role: 'group',
    'aria-label': 'Dependency graph',
  });
  private picture: GraphPicture = { root: '', width: 1, height: 1, boxes: [], lines: [] };
  private drawing: Drawing = { root: svg('g'), boxes: new Map(), lines: new Map() };
  private matches: ReadonlySet<string> | undefined;
  private hovered: string | undefined;

  constructor(private readonly events: SceneEvents) {
    this.element = element(
      'div',
      { class: 'scene', tabindex: 0, role: 'application', 'aria-label': sceneHelp },
      this.surface,
    );
    this.listenToPointer();
    this.element.addEventListener('keydown', (event) => {
      if (this.onKey(event)) event.preventDefault();
    });
    new ResizeObserver(() => {
      if (this.fitted) this.fit();
    }).observe(this.element);
  }

  show(picture: GraphPicture): void {
    const focused = document.activeElement?.closest('.box')?.getAttribute('data-id') ?? undefined;
    this.picture = picture;
    this.drawing = drawPicture(picture);
    this.surface.replaceChildren(this.drawing.root);
    fitTexts(this.drawing);
    if (this.selected !== undefined && !this.drawing.boxes.has(this.selected)) this.selected = undefined;
    if (this.fitted) this.fit();
    else this.place();
    this.makeReachable();
    if (focused !== undefined) this.drawing.boxes.get(focused)?.focus();
    this.paint();
  }

  fit(): void {
    this.fitted = true;
    this.view = fit(this.picture, this.size());
    this.place();
    this.events.changed();
  }

  zoom(factor: number, x = this.size().width / 2, y = this.size().height / 2): void {
    this.move(zoomAt(this.view, factor, x, y));
  }

  restore(view: Viewport): void {
    this.fitted = false;
    this.view = view;
  }

  /** Marks a box and brings it into sight. */
  select(id: string | undefined, moveTo: boolean): void {
    this.selected = id;
    const box = this.picture.boxes.find((each) => each.id === id);
    if (moveTo && box !== undefined) this.reveal(box);
    this.makeReachable();
    this.paint();
    this.events.described(box);
    this.events.changed();
  }

  /** Dims everything but these boxes; `undefined` ends it. */
  highlight(ids: ReadonlySet<string> | undefined): void {
    this.matches = ids;
    this.paint();
  }

  reveal(box: GraphBox): void {
    const next = reveal(this.view, box, this.size());
    if (next.x === this.view.x && next.y === this.view.y) return;
    this.surface.classList.toggle('gliding', !prefersLessMotion());
    this.move(next);
    setTimeout(() => {
      this.surface.classList.remove('gliding');
    }, 220);
  }

  private size(): Size {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  private move(view: Viewport): void {
    this.fitted = false;
    this.view = view;
    this.place();
    this.events.changed();
  }

  private place(): void {
    const { x, y, scale } = this.view;
    this.drawing.root.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    this.surface.classList.toggle('far', scale < 0.45);
  }

  /** One box at a time is in the tab order; arrow keys go on from it. */
  private makeReachable(): void {
    const first = this.picture.boxes.find((box) => box.kind !== 'module') ?? this.picture.boxes[0];
    const reachable = this.selected ?? first?.id;
    for (const [id, group] of this.drawing.boxes)
      group.setAttribute('tabindex', id === reachable ? '0' : '-1');
  }

  /** Lights by search, else by what is under the pointer, else by the selection; only the first two dim the rest. */
  private paint(): void {
    const centre = this.hovered ?? this.selected;
    const near = centre === undefined ? undefined : surroundings(this.picture, centre);
    const lit = new Set<string>();
    if (this.matches !== undefined) for (const id of this.matches) lit.add(id);
    else if (centre !== undefined && near !== undefined) {
      for (const id of [...insideOf(this.picture, centre), ...near.dependencies, ...near.dependents])
        lit.add(id);
    }
    for (const id of [...lit]) for (const module of modulesAround(this.picture, id)) lit.add(module);
    this.surface.classList.toggle('dimmed', this.matches !== undefined || this.hovered !== undefined);
    for (const [id, group] of this.drawing.boxes) {
      group.classList.toggle('lit', lit.has(id));
      group.classList.toggle('selected', id === this.selected);
      group.classList.toggle('hovered', id === this.hovered);
    }
    for (const [line, group] of this.drawing.lines) {
      group.classList.toggle('lit', this.matches === undefined && near?.lines.has(line) === true);
    }
  }

  private boxAt(target: EventTarget | null): GraphBox | undefined {
    const id = target instanceof Element ? target.closest('.box')?.getAttribute('data-id') : undefined;
    return this.picture.boxes.find((box) => box.id === id);
  }

  private listenToPointer(): void {
    let drag: { readonly x: number; readonly y: number; readonly view: Viewport; moved: boolean } | undefined;
    const scene = this.element;
    scene.addEventListener('pointerdown', (event) => {
      if (event.button > 1) return;
      drag = { x: event.clientX, y: event.clientY, view: this.view, moved: false };
    });
    scene.addEventListener('pointermove', (event) => {
      if (drag === undefined) {
        this.hover(event.target);
        return;
      }
      const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
      if (!drag.moved && Math.hypot(dx, dy) < dragThreshold) return;
      if (!drag.moved) scene.setPointerCapture(event.pointerId);
      drag.moved = true;
      scene.classList.add('dragging');
      this.move(pan(drag.view, dx, dy));
    });
    scene.addEventListener('pointerup', (event) => {
      const clicked = drag?.moved === false && event.button === 0;
      drag = undefined;
      scene.classList.remove('dragging');
      if (clicked) this.click(this.boxAt(event.target));
    });
    scene.addEventListener('pointercancel', () => {
      drag = undefined;
      scene.classList.remove('dragging');
    });
    scene.addEventListener('pointerleave', () => {
      this.hover(null);
    });
    scene.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        const edge = scene.getBoundingClientRect();
        // Two fingers on a touch pad pan; a wheel, or a pinch (which arrives with ctrl), zooms.
        if (event.shiftKey || (event.deltaX !== 0 && !event.ctrlKey))
          this.move(pan(this.view, -event.deltaX, -event.deltaY));
        else
          this.zoom(
            Math.exp(-event.deltaY / (event.ctrlKey ? 120 : 500)),
            event.clientX - edge.left,
            event.clientY - edge.top,
          );
      },
      { passive: false },
    );
  }

  private click(box: GraphBox | undefined): void {
    this.select(box?.id, false);
    if (box === undefined) return;
    this.drawing.boxes.get(box.id)?.focus({ preventScroll: true });
    this.events.open(box);
  }

  private hover(target: EventTarget | null): void {
    const box = this.boxAt(target);
    if (box?.id !== this.hovered) {
      this.hovered = box?.id;
      this.paint();
    }
    const group = target instanceof Element ? target.closest('.line') : null;
    const line = [...this.drawing.lines].find(([, drawn]) => drawn === group)?.[0];
    this.events.described(line ?? box ?? this.picture.boxes.find((each) => each.id === this.selected));
  }

  private onKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const box = this.boxAt(event.target);
    const direction = arrows[event.key];
    if (direction !== undefined) {
      if (box === undefined || event.shiftKey) this.move(pan(this.view, ...steps[direction]));
      else this.goTo(nextBox(this.picture, box, direction));
      return true;
    }
    switch (event.key) {
      case '+':
      case '=':
        this.zoom(1.25);
        return true;
      case '-':
        this.zoom(0.8);
        return true;
      case '0':
        this.fit();
        return true;
      case '/':
        this.events.search();
        return true;
      case 'Escape':
        this.select(undefined, false);
        return true;
      case 'Enter':
      case ' ':
        if (box !== undefined) this.click(box);
        return box !== undefined;
      default:
        return this.follow(event.key, box);
    }
  }

  /** `d` goes to the first dependency, `u` to the first dependent. */
  private follow(key: string, box: GraphBox | undefined): boolean {
    if (box === undefined || (key !== 'd' && key !== 'u')) return false;
    const { dependencies, dependents } = surroundings(this.picture, box.id);
    const [target] = key === 'd' ? dependencies : dependents;
    this.goTo(this.picture.boxes.find((each) => each.id === target));
    return true;
  }

  private goTo(box: GraphBox | undefined): void {
    if (box === undefined) return;
    this.select(box.id, true);
    this.drawing.boxes.get(box.id)?.focus({ preventScroll: true });
  }
}

const sceneHelp =
  'Dependency graph. Tab enters it; arrow keys go from block to block, Enter opens the block, d and u go to a dependency or dependent, plus and minus zoom, 0 shows everything, slash searches.';
