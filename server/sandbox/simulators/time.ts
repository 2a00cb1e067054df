import type { ValueRecord } from '../values';
import { numberOf, simulatedTime, textOf } from './simulator';
import type { Simulator } from './simulator';

/** hashicorp/time, with a clock that stands still. */
export const timeSimulators: Readonly<Record<string, Simulator>> = {
  time_offset: ({ object }) => {
    const base = momentOf(textOf(object, 'base_rfc3339'));
    return { ...parts(moved(base, object, 'offset')), base_rfc3339: format(base), id: format(base) };
  },
  time_rotating: ({ object }) => {
    const base = momentOf(textOf(object, 'rfc3339'));
    const chosen = textOf(object, 'rotation_rfc3339');
    const rotation = chosen === undefined ? moved(base, object, 'rotation') : momentOf(chosen);
    return { ...parts(base), id: format(base), rotation_rfc3339: format(rotation) };
  },
  time_sleep: () => ({ id: simulatedTime }),
  time_static: ({ object }) => {
    const moment = momentOf(textOf(object, 'rfc3339'));
    return { ...parts(moment), id: format(moment) };
  },
};

/** @throws Error for what is no moment */
function momentOf(text: string | undefined): Date {
  const moment = new Date(text ?? simulatedTime);
  if (Number.isNaN(moment.getTime()))
    throw new Error(`"${text ?? ''}" is no time as in 2025-01-31T08:00:00Z.`);
  return moment;
}

/** Days first, then what is shorter, then months and years, as the provider adds them. */
function moved(base: Date, object: ValueRecord, prefix: string): Date {
  const amount = (unit: string): number => numberOf(object, `${prefix}_${unit}`, 0);
  const moment = new Date(base);
  moment.setUTCDate(moment.getUTCDate() + amount('days'));
  moment.setTime(moment.getTime() + amount('hours') * 3_600_000 + amount('minutes') * 60_000);
  moment.setUTCMonth(moment.getUTCMonth() + amount('months'));
  moment.setTime(moment.getTime() + amount('seconds') * 1000);
  moment.setUTCFullYear(moment.getUTCFullYear() + amount('years'));
  return moment;
}

function format(moment: Date): string {
  return moment.toISOString().replace('.000Z', 'Z');
}

function parts(moment: Date): ValueRecord {
  return {
    rfc3339: format(moment),
    unix: Math.floor(moment.getTime() / 1000),
    year: moment.getUTCFullYear(),
    month: moment.getUTCMonth() + 1,
    day: moment.getUTCDate(),
    hour: moment.getUTCHours(),
    minute: moment.getUTCMinutes(),
    second: moment.getUTCSeconds(),
  };
}
