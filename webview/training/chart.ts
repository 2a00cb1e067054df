import uPlot from 'uplot';
import { element } from '../dom';
import { formatCount, formatMetric } from '../format';
import { themeColour } from '../page';
import { align, smooth, thin } from './series';
import type { Series } from './series';

export interface ChartData {
  readonly raw: Series;
  readonly validation: Series;
  /** The last step of each epoch that ended. */
  readonly epochEnds: readonly number[];
  /** The step at which the run will be over, when known. */
  readonly lastStep: number | undefined;
}

const height = 220;
/** How much each series is thinned: about this many points per pixel of width. */
const density = 2;

/** One metric over the steps of a run: every batch faint, smoothed on top, validation as points. */
export class Chart {
  readonly element: HTMLElement;
  private readonly frame = element('div', { class: 'plot' });
  private readonly readout = element('span', { class: 'readout' });
  private readonly note = element('p', { class: 'note muted' });
  private plot: uPlot | undefined;
  private data: ChartData | undefined;
  private weight = 0.9;
  private pending = false;

  constructor(
    title: string,
    private readonly range: 'free' | 'unit',
  ) {
    this.element = element(
      'section',
      { class: 'chart card', 'aria-label': title },
      element('div', { class: 'chart-head' }, element('h2', {}, title), this.readout),
      this.frame,
      this.note,
    );
    new ResizeObserver(() => {
      this.plot?.setSize({ width: this.width(), height });
      this.request();
    }).observe(this.frame);
  }

  show(data: ChartData): void {
    this.data = data;
    this.request();
  }

  /** From 0 (none) to below 1. */
  smoothing(weight: number): void {
    this.weight = weight;
    this.request();
  }

  /** Takes the colours of a changed theme. */
  recolour(): void {
    this.plot?.destroy();
    this.plot = undefined;
    this.request();
  }

  /** Many batches may end between two frames; the chart is drawn once for all of them. */
  private request(): void {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      this.draw();
    });
  }

  private draw(): void {
    const { data } = this;
    if (data === undefined || this.width() <= 0) return;
    const { steps, values } = data.raw;
    const smoothed = smooth(values, this.weight);
    const indices = thin(values, this.width() * density);
    const pick = (from: readonly number[]): number[] => indices.map((index) => from[index] ?? NaN);
    const shown = { steps: pick(steps), values: pick(values) };
    const columns = align([
      shown,
      { steps: shown.steps, values: pick(smoothed) },
      data.validation,
    ]) as uPlot.AlignedData;
    this.plot ??= new uPlot(this.options(), columns, this.frame);
    this.plot.setData(columns, true);
    this.showReadout(undefined);
    this.note.textContent = noteOf(steps.length, indices.length, data.validation.steps.length);
  }

  private width(): number {
    return this.frame.clientWidth;
  }

  private options(): uPlot.Options {
    const text = themeColour('--vscode-descriptionForeground', '#888');
    const grid = {
      stroke: `color-mix(in srgb, ${themeColour('--vscode-foreground', '#888')} 14%, transparent)`,
      width: 1,
    };
    const line = themeColour('--vscode-charts-blue', '#3794ff');
    const points = themeColour('--vscode-charts-orange', '#d18616');
    const font = `11px ${themeColour('--vscode-font-family', 'sans-serif')}`;
    const axis = { stroke: text, font, grid, ticks: { ...grid, size: 4 } };
    return {
      width: this.width(),
      height,
      legend: { show: false },
      cursor: { drag: { x: true, y: false }, points: { size: 6 } },
      scales: {
        x: {
          time: false,
          range: (_, low, high) => [Math.min(low, 1), Math.max(high, this.data?.lastStep ?? high, 2)],
        },
        y: { range: (_, low, high) => (this.range === 'unit' ? [0, 1] : padded(low, high)) },
      },
      axes: [
        { ...axis, size: 28, space: 52 },
        { ...axis, size: 46, space: 34, values: (_, ticks) => ticks.map((tick) => formatMetric(tick)) },
      ],
      series: [
        {},
        { stroke: line, alpha: 0.28, width: 1, points: { show: false }, spanGaps: true },
        { stroke: line, width: 2, points: { show: false }, spanGaps: true },
        {
          stroke: points,
          width: 1.5,
          dash: [4, 3],
          points: { show: true, size: 7, fill: points, stroke: points },
          spanGaps: true,
        },
      ],
      hooks: {
        setCursor: [
          (plot) => {
            this.showReadout(plot.cursor.idx ?? undefined);
          },
        ],
        drawAxes: [
          (plot) => {
            this.drawEpochs(plot, grid.stroke);
          },
        ],
      },
    };
  }

  /** A line where each epoch ended. */
  private drawEpochs(plot: uPlot, stroke: string): void {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = stroke;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
    for (const step of this.data?.epochEnds ?? []) {
      const x = Math.round(plot.valToPos(step, 'x', true));
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }

  /** Values under the pointer, else the newest. */
  private showReadout(index: number | undefined): void {
    const [steps = [], , smoothed = [], validation = []] = this.plot?.data ?? [];
    const at = index ?? lastIndex(smoothed);
    const step = steps[at];
    if (step === undefined) {
      this.readout.textContent = '';
      return;
    }
    const checked = index === undefined ? lastIndex(validation) : at;
    const parts = [
      ...(index === undefined ? [] : [`step ${formatCount(step)}`]),
      ...labelled('smoothed', smoothed[at]),
      ...labelled('validation', validation[checked]),
    ];
    this.readout.textContent = parts.join('   ');
  }
}

function labelled(name: string, value: number | null | undefined): string[] {
  return value === null || value === undefined ? [] : [`${name} ${formatMetric(value)}`];
}

function lastIndex(values: ArrayLike<number | null | undefined>): number {
  for (let index = values.length - 1; index >= 0; index--) {
    if (values[index] !== null && values[index] !== undefined) return index;
  }
  return -1;
}

function padded(low: number, high: number): [number, number] {
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}

function noteOf(count: number, drawn: number, validations: number): string {
  const total = `${formatCount(count)} ${count === 1 ? 'batch' : 'batches'}`;
  const how =
    drawn < count
      ? `${total}, drawn as ${formatCount(drawn)} points (lowest and highest of each pixel)`
      : `${total}, every one drawn`;
  return validations === 0
    ? how
    : `${how}; ${validations} validation ${validations === 1 ? 'point' : 'points'}`;
}
