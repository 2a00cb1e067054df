import assert from 'node:assert/strict';
import type { ApplyOutcome, OperationEvent, Phase } from '../../server/operations/operation';
import type { TerraformEvent } from '../../server/operations/events';
import { createRenderer, renderApplyOutcome } from '../../server/operations/render';
import { renderPlan } from '../../server/operations/renderPlan';
import type { Target } from '../../server/operations/requests';
import type { Style } from '../../server/operations/style';
import { Goldens } from '../support/golden';
import { planModelOf, transcriptEvents } from './transcripts';

const goldens = new Goldens('operations');
const plain: Style = { colour: false, width: 100 };

function renderEvents(phase: Phase, transcript: string, plan?: string): string {
  const render = createRenderer(plain);
  const events: OperationEvent[] = [
    { type: 'phase', phase, target: 'real', directory: '/home/somebody/serve' },
    ...(plan === undefined ? [] : [{ type: 'plan' as const, phase, model: planModelOf(plan) }]),
    ...transcriptEvents(transcript).map((event): OperationEvent => ({ type: 'terraform', phase, event })),
  ];
  return events.map(render).join('');
}

describe('render', () => {
  for (const name of [
    'show-plan-update-replace',
    'show-plan-create',
    'show-plan-count-shrinks',
    'show-plan-destroy',
    'show-plan-removed-forget',
    'show-plan-target',
    'show-plan-prevent-destroy',
  ]) {
    it(`draws ${name}`, () => {
      goldens.expect(`${name}.txt`, renderPlan(planModelOf(name), plain));
    });
  }

  it('draws a plan in colour and in a narrow terminal', () => {
    const text = renderPlan(planModelOf('show-plan-count-shrinks'), { colour: true, width: 40 });
    goldens.expect('coloured-narrow.ansi', text);
  });

  for (const [phase, name, plan] of [
    ['apply', 'apply-create-ok', 'show-plan-create'],
    ['apply', 'apply-one-resource-fails', undefined],
    ['apply', 'apply-check-fails-warning', undefined],
    ['apply', 'apply-sigint-group', undefined],
    ['apply', 'apply-slow-ok', undefined],
    ['plan', 'lock-refused-plan', undefined],
    ['plan', 'plan-undeclared-reference', undefined],
    ['plan', 'plan-missing-variable', undefined],
    ['plan', 'plan-cycle', undefined],
    ['init', 'init-ok', undefined],
  ] as const) {
    it(`draws the events of ${name}`, () => {
      goldens.expect(`${name}.txt`, renderEvents(phase, name, plan));
    });
  }

  it('marks the right characters below graphemes of several code units', () => {
    const code = 'resource "terraform_data" "x" { input = ["héllo 👩‍💻", nope.y] }';
    const at = Buffer.byteLength(code.slice(0, code.indexOf('nope')));
    const text = createRenderer(plain)({
      type: 'terraform',
      phase: 'plan',
      event: {
        type: 'diagnostic',
        level: 'error',
        message: '',
        timestamp: '',
        diagnostic: {
          severity: 'error',
          summary: 'Nope',
          detail: '',
          range: {
            file: 'a.tf',
            start: { line: 1, column: 53, byte: at },
            end: { line: 1, column: 59, byte: at + 6 },
          },
          snippet: { context: '', code, startLine: 1, highlightStart: at, highlightEnd: at + 6, values: [] },
        },
      },
    });
    const marks = text.split('\n').find((line) => line.includes('^')) ?? '';
    assert.equal(marks.indexOf('^') - '│   1 │ '.length, 52, 'column 53 as terraform counts it');
    assert.equal(marks.trim().replace(/[^^]/g, ''), '^^^^^^');
  });

  it('ends with what happened and what to do', () => {
    const progress = { completed: ['a.x'], failed: ['a.y'], inFlight: ['a.z'] };
    const outcomes: readonly ApplyOutcome[] = [
      {
        status: 'refused',
        moved: [{ what: 'configuration', detail: 'The configuration changed: main.tf changed.' }],
      },
      { status: 'failed', progress, diagnostics: [] },
      { status: 'stopped', progress: { ...progress, failed: [] }, diagnostics: [] },
      { status: 'unknown', progress: { completed: [], failed: [], inFlight: ['a.z'] }, diagnostics: [] },
    ];
    goldens.expect('outcomes.txt', outcomes.map((outcome) => renderApplyOutcome(outcome, plain)).join('\n'));
  });

  it('labels everything simulated as simulated', () => {
    const render = createRenderer(plain);
    const model = planModelOf('show-plan-create');
    const hook = {
      level: 'info',
      message: '',
      timestamp: '',
      resource: { address: 'a.x', module: '', type: 'a', name: 'x', key: '' },
    } as const;
    const say = (event: TerraformEvent): string => render({ type: 'terraform', phase: 'apply', event });
    render({ type: 'phase', phase: 'plan', target: 'sandbox', directory: '/infra' });
    const planned = render({ type: 'plan', phase: 'plan', model });
    assert.match(planned, /^Planning infra \(sandbox: simulated, nothing real is touched\)$/m);
    assert.match(planned, /^Plan: .* to create \(simulated\)\.$/m);

    render({ type: 'phase', phase: 'apply', target: 'sandbox', directory: '/infra' });
    const output = 'Executing: ["/bin/sh" "-c" "exit 0"]';
    assert.match(
      say({ ...hook, type: 'provision_progress', provisioner: 'local-exec', output }),
      /a\.x \| provisioner does not run in the sandbox\n$/,
    );
    assert.match(
      say({ ...hook, type: 'apply_complete', action: 'create', idKey: 'id', idValue: 'i-1' }),
      /\(simulated\) id=i-1/,
    );
    const changes = { operation: 'apply', add: 1, change: 0, remove: 0, import: 0, forget: 0 } as const;
    assert.match(
      say({ type: 'change_summary', level: 'info', message: '', timestamp: '', changes }),
      /^Applied \(simulated\): 1 added/m,
    );
    const outputs = { ip: { sensitive: false, value: '10.0.0.7' } };
    assert.match(
      say({ type: 'outputs', level: 'info', message: '', timestamp: '', outputs }),
      /^Outputs \(simulated\)\n {2}ip = "10\.0\.0\.7"$/m,
    );
    const progress = { completed: [], failed: ['a.x'], inFlight: [] };
    assert.match(
      renderApplyOutcome({ status: 'failed', progress, diagnostics: [] }, plain, 'sandbox'),
      /^The simulated apply failed\. What was done is saved in the sandbox's state\.$/m,
    );
  });

  it("says nothing of the sandbox's own init, but for mistakes", () => {
    const render = createRenderer(plain);
    const said = (target: Target, level: 'info' | 'error'): string => {
      render({ type: 'phase', phase: 'init', target, directory: '/infra' });
      const event = {
        type: 'log',
        level,
        message: 'Backend "local"!',
        timestamp: '',
        holdsState: false,
      } as const;
      return render({ type: 'terraform', phase: 'init', event });
    };
    assert.match(said('real', 'info'), /^Initialising infra \(real target\)\n {2}Backend "local"!\n$/);
    assert.equal(said('sandbox', 'info'), '');
    assert.match(said('sandbox', 'error'), /Backend "local"!/);
  });

  it('has no golden left over', () => {
    goldens.expectNoOthers();
  });
});
