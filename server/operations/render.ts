import * as path from 'node:path';
import type { HookEvent, OutputValue, TerraformEvent } from './events';
import { asJson } from './json';
import type { ApplyOutcome, OperationEvent, Phase } from './operation';
import type { PlanModel } from './planModel';
import { renderDiagnostic } from './renderDiagnostic';
import { renderPlan, symbolOf, TONES } from './renderPlan';
import { formatValue, plural } from './renderValue';
import type { Target } from './requests';
import { formatDuration, paint } from './style';
import type { Style, Tone } from './style';

/** Turns the events of one operation into text for a terminal, each event into its lines (or none). */
export type Renderer = (event: OperationEvent) => string;

/** The text depends on nothing but the style and the events given so far; every line ends with `\n`. */
export function createRenderer(style: Style): Renderer {
  const text = new OperationText(style);
  return (event) => text.render(event);
}

/** The last words about an apply that did not simply succeed; empty for one that did. */
export function renderApplyOutcome(outcome: ApplyOutcome, style: Style, target: Target = 'real'): string {
  switch (outcome.status) {
    case 'applied':
      return '';
    case 'refused':
      return [
        paint(
          style,
          'Nothing was applied: the world is not as it was when this plan was reviewed.',
          'red',
          'bold',
        ),
        ...outcome.moved.map((moved) => `  ${moved.detail}`),
        'Plan again and review the new plan.',
        '',
      ].join('\n');
    case 'failed':
    case 'stopped':
    case 'unknown': {
      const { completed, failed, inFlight } = outcome.progress;
      const list = (title: string, names: readonly string[], tone: Tone): readonly string[] =>
        names.length === 0 ? [] : [paint(style, title, tone), ...names.map((name) => `  ${name}`)];
      return [
        paint(
          style,
          lastWords(outcome.status, target),
          outcome.status === 'stopped' ? 'yellow' : 'red',
          'bold',
        ),
        ...list('Done before that:', completed, 'green'),
        ...list('Failed:', failed, 'red'),
        ...list('In flight at the end, look at them before the next plan:', inFlight, 'yellow'),
        '',
      ].join('\n');
    }
  }
}

function lastWords(status: 'failed' | 'stopped' | 'unknown', target: Target): string {
  const sandbox = target === 'sandbox';
  const apply = sandbox ? 'The simulated apply' : 'The apply';
  const state = sandbox ? "sandbox's state" : 'state';
  if (status === 'unknown') return `${apply} was killed. The ${state} may miss what was in flight.`;
  return `${apply} ${status === 'failed' ? 'failed' : 'was stopped'}. What was done is saved in the ${state}.`;
}

const HEADINGS: Readonly<Record<Phase, string>> = {
  init: 'Initialising',
  plan: 'Planning',
  apply: 'Applying',
};

/** Words of one action: while it runs, when it is done, when it failed. */
const WORDS: Readonly<Record<string, readonly [string, string, string]>> = {
  create: ['creating', 'created', 'creation failed'],
  update: ['updating', 'updated', 'update failed'],
  delete: ['destroying', 'destroyed', 'destruction failed'],
  read: ['reading', 'read', 'reading failed'],
};

/** What terraform says of the command that does nothing, which the sandbox puts in the place of each provisioner. */
const SILENCED = /^Executing: \[.* "exit 0"\]$/;

class OperationText {
  readonly #started = new Map<string, number>();
  readonly #done = new Set<string>();
  #model: PlanModel | undefined;
  #refreshed = 0;
  #phaseStart: number | undefined;
  #heading = '';
  #target: Target = 'real';

  constructor(private readonly style: Style) {}

  /** A phase is announced by its first words: a plan that only finds that it needs an init has none. */
  render(event: OperationEvent): string {
    const text = this.#textOf(event);
    const isWork = event.type === 'terraform' && event.event.type === 'refresh_start';
    if (event.type === 'phase' || (text === '' && !isWork)) return '';
    const heading = this.#heading;
    this.#heading = '';
    return heading + text;
  }

  #textOf(event: OperationEvent): string {
    switch (event.type) {
      case 'phase':
        this.#phaseStart = undefined;
        this.#refreshed = 0;
        this.#target = event.target;
        this.#heading = `${paint(this.style, HEADINGS[event.phase], 'bold')} ${path.basename(event.directory)} ${this.#dim(`(${event.target === 'sandbox' ? 'sandbox: simulated, nothing real is touched' : 'real target'})`)}\n`;
        return '';
      case 'plan':
        this.#model = event.model;
        return event.phase === 'apply'
          ? ''
          : `${this.#refreshLine()}\n${renderPlan(event.model, this.style, this.#target)}`;
      case 'notice': {
        const tone = ({ info: 'dim', warning: 'yellow', error: 'red' } as const)[event.level];
        return `${paint(this.style, event.text, tone)}\n`;
      }
      case 'stopping':
        return `${paint(this.style, 'Stopping: waiting for what is in flight to finish.', 'yellow', 'bold')}\n`;
      case 'process':
        return '';
      case 'terraform':
        return this.#terraform(event.phase, event.event);
    }
  }

  #terraform(phase: Phase, event: TerraformEvent): string {
    this.#phaseStart ??= timeOf(event);
    switch (event.type) {
      case 'version':
      case 'planned_change':
      case 'resource_drift':
      case 'state_lock_release':
      case 'refresh_start':
      case 'ephemeral_op_progress':
        return '';
      case 'refresh_complete':
        this.#refreshed += 1;
        return '';
      case 'change_summary':
        return event.changes.operation === 'plan' ? '' : this.#applied(event);
      case 'outputs':
        return phase === 'apply' ? this.#outputs(event.outputs) : '';
      case 'diagnostic':
        return renderDiagnostic(event.diagnostic, this.style);
      case 'init_output':
        return event.code === 'output_init_success_cli_message' ? '' : this.#told(phase, event);
      case 'log':
      case 'state_lock_acquire':
      case 'unknown':
      case 'raw':
        return this.#told(phase, event);
      default:
        return this.#hook(event);
    }
  }

  #hook(event: HookEvent): string {
    switch (event.type) {
      case 'apply_start':
        this.#started.set(keyOf(event), timeOf(event) ?? 0);
        return this.#line(event, this.#dim(`${wordsOf(event)[0]} ...`));
      case 'apply_progress':
        return this.#line(event, this.#dim(`still ${wordsOf(event)[0]}, ${this.#elapsed(event)}`));
      case 'apply_complete': {
        const tone = TONES[actionOf(event)];
        const id =
          event.idValue === undefined
            ? ''
            : this.#dim(`  ${this.#simulated('', ' ')}${event.idKey ?? 'id'}=${event.idValue}`);
        const done = `${wordsOf(event)[1]} in ${this.#elapsed(event)}`;
        return this.#line(event, `${paint(this.style, done, tone)}${this.#count(event)}${id}`);
      }
      case 'apply_errored':
        return this.#line(
          event,
          paint(this.style, `${wordsOf(event)[2]} after ${this.#elapsed(event)}`, 'red', 'bold'),
        );
      case 'provision_progress':
        if (this.#target === 'sandbox' && SILENCED.test(event.output ?? '')) {
          return `      ${this.#dim(`${event.resource.address} | provisioner does not run in the sandbox`)}\n`;
        }
        return (event.output ?? '')
          .split(/\r?\n/)
          .map((text) => `      ${this.#dim(`${event.resource.address} |`)} ${text}\n`)
          .join('');
      case 'provision_errored':
        return `      ${this.#dim(`${event.resource.address} |`)} ${paint(this.style, `${event.provisioner ?? 'provisioner'} failed`, 'red')}\n`;
      case 'ephemeral_op_errored':
        return this.#dimLines(event.message);
      default:
        return '';
    }
  }

  #line(event: HookEvent, text: string): string {
    const action = actionOf(event);
    const symbol = paint(this.style, symbolOf({ action, createBeforeDestroy: false }), TONES[action]);
    return `${symbol} ${event.resource.address}: ${text}\n`;
  }

  /** ` [3/8]`: how many of the plan's changes are done. A replacement counts when both halves are. */
  #count(event: HookEvent): string {
    const work = (this.#model?.changes ?? []).filter(
      (change) => change.action !== 'none' && change.action !== 'forget',
    );
    const change = work.find((one) => one.address === event.resource.address);
    if (change === undefined) return '';
    const last = change.action !== 'replace' || (event.action === 'delete') === change.createBeforeDestroy;
    if (last) this.#done.add(`${change.address} ${change.deposed ?? ''}`);
    return last ? this.#dim(`  [${this.#done.size}/${work.length}]`) : '';
  }

  #elapsed(event: HookEvent): string {
    const start = this.#started.get(keyOf(event));
    const now = timeOf(event);
    return start === undefined || now === undefined ? 'an unknown time' : formatDuration(now - start);
  }

  #refreshLine(): string {
    if (this.#refreshed === 0) return '';
    return `${this.#dim(`  Looked at ${plural(this.#refreshed, 'existing object')}.`)}\n`;
  }

  #applied(event: Extract<TerraformEvent, { type: 'change_summary' }>): string {
    const { add, change, remove, import: imported } = event.changes;
    const now = timeOf(event);
    const time =
      this.#phaseStart === undefined || now === undefined
        ? ''
        : ` in ${formatDuration(now - this.#phaseStart)}`;
    const counts = [
      ...(imported > 0 ? [`${imported} imported`] : []),
      `${add} added`,
      `${change} changed`,
      `${remove} destroyed`,
    ];
    return `\n${paint(this.style, `Applied${time}${this.#simulated(' ')}: ${counts.join(', ')}.`, 'green', 'bold')}\n`;
  }

  #outputs(outputs: Readonly<Record<string, OutputValue>>): string {
    const names = Object.keys(outputs).sort();
    if (names.length === 0) return '';
    const column = Math.max(...names.map((name) => name.length));
    const lines = names.map((name) => {
      const output = outputs[name];
      const text =
        output === undefined || output.sensitive || output.value === undefined
          ? this.#dim('(sensitive)')
          : formatValue(asJson(output.value));
      return `  ${name.padEnd(column)} = ${text}\n`;
    });
    return `\n${paint(this.style, `Outputs${this.#simulated(' ')}`, 'bold')}\n${lines.join('')}`;
  }

  /** Said of what is no fact about the world. */
  #simulated(before: string, after = ''): string {
    return this.#target === 'sandbox' ? `${before}(simulated)${after}` : '';
  }

  /** What the sandbox's init tells is about its own backend and providers; mistakes come as diagnostics. */
  #told(phase: Phase, { level, message }: TerraformEvent): string {
    return phase === 'init' && this.#target === 'sandbox' && level === 'info' ? '' : this.#dimLines(message);
  }

  #dimLines(text: string): string {
    return text
      .trim()
      .split('\n')
      .map((line) => `  ${this.#dim(line)}\n`)
      .join('');
  }

  #dim(text: string): string {
    return paint(this.style, text, 'dim');
  }
}

function keyOf(event: HookEvent): string {
  return `${event.action ?? ''} ${event.resource.address}`;
}

function actionOf(event: HookEvent): 'create' | 'update' | 'delete' | 'read' | 'other' {
  const { action } = event;
  return action === 'create' || action === 'update' || action === 'delete' || action === 'read'
    ? action
    : 'other';
}

function wordsOf(event: HookEvent): readonly [string, string, string] {
  const action = event.action ?? 'work';
  return WORDS[action] ?? [action, `${action} done`, `${action} failed`];
}

function timeOf(event: TerraformEvent): number | undefined {
  const time = Date.parse(event.timestamp);
  return Number.isNaN(time) ? undefined : time;
}
