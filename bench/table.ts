/** One promise and what became of it. */
export interface Row {
  readonly what: string;
  readonly atLeast: string;
  readonly measured: string;
  /** Undefined where it could not be measured, which is not the same as met. */
  readonly ok: boolean | undefined;
}

/** Writes the table; returns whether no row falls short. A row that was not measured does not fail, nor does it pass. */
export function printTable(title: string, rows: readonly Row[]): boolean {
  const head = ['what', 'at least', 'measured', 'ok'];
  const cells = rows.map(({ what, atLeast, measured, ok }) => [
    what,
    atLeast,
    measured,
    ok === undefined ? 'not measured' : ok ? 'yes' : 'NO',
  ]);
  const widths = head.map((name, column) =>
    Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  say(`\n${title}\n\n${line(head)}${line(widths.map((width) => '-'.repeat(width)))}`);
  for (const row of cells) say(line(row));
  return rows.every(({ ok }) => ok !== false);
}

export function say(text: string): void {
  process.stdout.write(text);
}

/** A row for a ratio that must reach `least`. */
export function ratioRow(what: string, least: number, ratio: number, details: string): Row {
  return {
    what,
    atLeast: `${least}×`,
    measured: `${ratio.toFixed(ratio < 10 ? 2 : 0)}× (${details})`,
    ok: ratio >= least,
  };
}

/** A row for a share of `total` that must reach `least`, from 0 to 1. */
export function shareRow(what: string, least: number, part: number, total: number): Row {
  return {
    what,
    atLeast: `${(least * 100).toFixed(0)} %`,
    measured: `${((part / total) * 100).toFixed(2)} % (${part} of ${total})`,
    ok: total > 0 && part / total >= least,
  };
}

/** A row for faults, of which there must be none in `total` cases. */
export function faultlessRow(what: string, faults: number, total: number): Row {
  return { what, atLeast: `0 of ${total}`, measured: String(faults), ok: total > 0 && faults === 0 };
}
