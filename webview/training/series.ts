/** One value at each step of a run. */
export interface Series {
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/**
 * An exponential moving average, corrected at the start so that it does not lean to zero. `weight` is from 0 (none) to
 * below 1. Values that are no finite numbers do not enter it.
 */
export function smooth(values: readonly number[], weight: number): number[] {
  let average = 0;
  let mass = 0;
  return values.map((value) => {
    if (Number.isFinite(value)) {
      average = average * weight + value * (1 - weight);
      mass = mass * weight + (1 - weight);
    }
    return mass === 0 ? value : average / mass;
  });
}

/**
 * Indices of at most about `most` points that draw the same picture: the lowest and the highest of each bucket, in order,
 * and always the first and the last. All indices where there are no more than that.
 */
export function thin(values: readonly number[], most: number): number[] {
  const count = values.length;
  if (count <= most) return values.map((_, index) => index);
  const buckets = Math.max(1, Math.floor(most / 2) - 1);
  const kept = new Set([0, count - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * count) / buckets);
    const end = Math.floor(((bucket + 1) * count) / buckets);
    let [low, high] = [start, start];
    for (let index = start; index < end; index++) {
      const value = values[index] ?? NaN;
      if (value < (values[low] ?? NaN)) low = index;
      if (value > (values[high] ?? NaN)) high = index;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}

/** Columns for a chart that shares one axis of steps; `null` where a series has no value at a step. */
export function align(series: readonly Series[]): [number[], ...(number | null)[][]] {
  const steps = [...new Set(series.flatMap((each) => each.steps))].sort((a, b) => a - b);
  const place = new Map(steps.map((step, index) => [step, index]));
  const columns = series.map((each) => {
    const column = new Array<number | null>(steps.length).fill(null);
    each.steps.forEach((step, index) => {
      const value = each.values[index];
      const at = place.get(step);
      if (at !== undefined && value !== undefined && Number.isFinite(value)) column[at] = value;
    });
    return column;
  });
  return [steps, ...columns];
}

/** How far a run is, from 0 to 1, by steps where their number is known. */
export function progress(
  step: number,
  stepsPerEpoch: number | undefined,
  epochs: number | undefined,
): number {
  if (stepsPerEpoch === undefined || epochs === undefined || stepsPerEpoch * epochs <= 0) return 0;
  return Math.min(1, Math.max(0, step / (stepsPerEpoch * epochs)));
}
