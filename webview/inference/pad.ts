import { element } from '../dom';

/** Pixels of the pad for each pixel of the model's input. */
const detail = 10;
/** A pencil's width, in pixels of the model's input. */
const pencil = 2.2;

/** A black square to draw on in white, as large as the model's input times ten. */
export class DrawingPad {
  readonly element: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private width = 28;
  private height = 28;

  /** `onDrawn` gets the drawing as a PNG `data:` URL in the model's own size, after each stroke. */
  constructor(private readonly onDrawn: (image: string) => void) {
    this.element = element('canvas', {
      class: 'pad',
      role: 'img',
      'aria-label':
        'Drawing pad: draw with the pointer, white on black. By keyboard, choose a file or an example instead.',
    });
    this.context = context2d(this.element);
    this.resize(this.width, this.height);
    this.listen();
  }

  /** For a model with another input size; clears the pad when it differs. */
  resize(width: number, height: number): void {
    if (this.element.width === width * detail && this.element.height === height * detail) return;
    this.width = width;
    this.height = height;
    this.element.width = width * detail;
    this.element.height = height * detail;
    this.clear();
  }

  clear(): void {
    this.context.fillStyle = '#000';
    this.context.fillRect(0, 0, this.element.width, this.element.height);
  }

  private listen(): void {
    const pad = this.element;
    let last: { readonly x: number; readonly y: number } | undefined;
    pad.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      pad.setPointerCapture(event.pointerId);
      last = this.at(event);
      this.stroke(last, last);
    });
    pad.addEventListener('pointermove', (event) => {
      if (last === undefined) return;
      const next = this.at(event);
      this.stroke(last, next);
      last = next;
    });
    const finish = (): void => {
      if (last === undefined) return;
      last = undefined;
      this.onDrawn(this.image());
    };
    pad.addEventListener('pointerup', finish);
    pad.addEventListener('pointercancel', finish);
  }

  private at(event: PointerEvent): { x: number; y: number } {
    const box = this.element.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * this.element.width,
      y: ((event.clientY - box.top) / box.height) * this.element.height,
    };
  }

  private stroke(from: { x: number; y: number }, to: { x: number; y: number }): void {
    const { context } = this;
    context.strokeStyle = '#fff';
    context.lineWidth = pencil * detail;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
  }

  private image(): string {
    const small = element('canvas', { width: this.width, height: this.height });
    const context = context2d(small);
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.element, 0, 0, this.width, this.height);
    return small.toDataURL('image/png');
  }
}

function context2d(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser cannot draw on a canvas.');
  return context;
}
