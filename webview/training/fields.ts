import { element } from '../dom';
import type { SpecField } from '../protocol';

type Control = HTMLInputElement | HTMLSelectElement;

interface Row {
  readonly element: HTMLElement;
  readonly control: Control;
  readonly problem: HTMLElement;
  readonly kind: SpecField['kind'];
}

/** The fields of a spec as a form. Values that come in never replace what a person is just typing. */
export class SpecForm {
  readonly element = element('form', { class: 'fields', 'aria-label': 'Training settings' });
  private readonly rows = new Map<string, Row>();

  constructor(private readonly onEdit: (key: string, value: string | number) => void) {
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
    });
  }

  show(fields: readonly SpecField[], editable: boolean): void {
    const keys = new Set(fields.map((field) => field.key));
    for (const [key, row] of this.rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      this.rows.delete(key);
    }
    for (const field of fields) {
      const known = this.rows.get(field.key);
      const row = known?.kind === field.kind ? known : this.makeRow(field);
      if (row !== known) {
        known?.element.remove();
        this.rows.set(field.key, row);
        this.element.append(row.element);
      }
      if (document.activeElement !== row.control) row.control.value = String(field.value);
      row.control.disabled = !editable;
      showProblem(row, field.problem);
    }
  }

  private makeRow(field: SpecField): Row {
    const id = `field-${field.key}`;
    const control = makeControl(field, id);
    const problem = element('p', { class: 'problem', id: `${id}-problem`, role: 'alert' });
    const row: Row = {
      control,
      problem,
      kind: field.kind,
      element: element(
        'div',
        { class: 'field', title: field.help },
        element('label', { for: id }, field.label),
        control,
        problem,
      ),
    };
    control.addEventListener('change', () => {
      const value = readValue(field, control.value);
      showProblem(row, typeof value === 'object' ? value.problem : undefined);
      if (typeof value !== 'object') this.onEdit(field.key, value);
    });
    return row;
  }
}

/** What a typed text means for a field, or why it means nothing. */
export function readValue(
  field: Pick<SpecField, 'kind' | 'minimum' | 'label'>,
  text: string,
): string | number | { readonly problem: string } {
  const trimmed = text.trim();
  if (field.kind === 'text' || field.kind === 'choice') return trimmed;
  const value = Number(trimmed);
  if (trimmed === '' || !Number.isFinite(value)) return { problem: `${field.label} must be a number.` };
  if (field.kind === 'integer' && !Number.isInteger(value))
    return { problem: `${field.label} must be a whole number.` };
  if (field.minimum !== undefined && value < field.minimum) {
    return { problem: `${field.label} must be at least ${field.minimum}.` };
  }
  return value;
}

function makeControl(field: SpecField, id: string): Control {
  const described = `${id}-problem`;
  if (field.kind === 'choice') {
    const options = (field.choices ?? [String(field.value)]).map((choice) =>
      element('option', { value: choice }, choice),
    );
    return element('select', { id, class: 'select', 'aria-describedby': described }, ...options);
  }
  const numeric = field.kind === 'integer' || field.kind === 'number';
  return element('input', {
    id,
    class: 'input',
    type: 'text',
    inputmode: numeric ? (field.kind === 'integer' ? 'numeric' : 'decimal') : undefined,
    spellcheck: 'false',
    'aria-describedby': described,
  });
}

function showProblem(row: Row, problem: string | undefined): void {
  row.problem.textContent = problem ?? '';
  row.control.classList.toggle('wrong', problem !== undefined);
  row.control.setAttribute('aria-invalid', String(problem !== undefined));
}
