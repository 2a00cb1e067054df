import type { Label } from '../hcl/syntax';
import type { Range } from '../text/range';

/** The part of a label between its quotes. */
export function labelText(label: Label): Range {
  if (!label.quoted) return label.range;
  const { start, end } = label.range;
  return end - start >= 2 ? { start: start + 1, end: end - 1 } : label.range;
}
