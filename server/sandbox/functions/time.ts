import type { CtyType } from '../../cty/type';
import type { ValueRecord } from '../values';
import { FunctionError, textArgument } from './providerFunction';
import type { Implementation } from './providerFunction';

const dateType: Readonly<Record<string, CtyType>> = {
  year: 'number',
  year_day: 'number',
  day: 'number',
  month: 'number',
  month_name: 'string',
  weekday: 'number',
  weekday_name: 'string',
  hour: 'number',
  minute: 'number',
  second: 'number',
  iso_year: 'number',
  iso_week: 'number',
};
const numbers = ['hours', 'minutes', 'seconds', 'milliseconds', 'microseconds', 'nanoseconds'];

/** provider::time::…: https://registry.terraform.io/providers/hashicorp/time/latest/docs/functions/rfc3339_parse. */
export const timeFunctions: Readonly<Record<string, Implementation>> = {
  rfc3339_parse: {
    parameters: [['timestamp', 'string']],
    returns: ['object', { ...dateType, unix: 'number' }],
    call: (values) => parseTimestamp(textArgument(values, 0)),
  },
  unix_timestamp_parse: {
    parameters: [['unix_timestamp', 'number']],
    returns: ['object', { ...dateType, rfc3339: 'string' }],
    call: ([seconds]) => {
      const moment = new Date(Number(seconds) * 1000);
      if (Number.isNaN(moment.getTime()))
        throw new FunctionError('This is no number of seconds since 1970.', 0);
      return { ...dateParts(moment), rfc3339: moment.toISOString().replace('.000Z', 'Z') };
    },
  },
  duration_parse: {
    parameters: [['duration', 'string']],
    returns: ['object', Object.fromEntries(numbers.map((name) => [name, 'number']))],
    call: (values) => {
      const text = textArgument(values, 0);
      const nanoseconds = durationNanoseconds(text);
      if (nanoseconds === undefined)
        throw new FunctionError(`Error parsing duration string: "${text}" is not a valid duration string`, 0);
      return {
        hours: nanoseconds / 3.6e12,
        minutes: nanoseconds / 6e10,
        seconds: nanoseconds / 1e9,
        milliseconds: Math.trunc(nanoseconds / 1e6),
        microseconds: Math.trunc(nanoseconds / 1e3),
        nanoseconds,
      };
    },
  },
};

const pattern = /^\d{4}-\d\d-\d\d[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** The parts are those of the timestamp's own zone. */
function parseTimestamp(text: string): ValueRecord {
  const match = pattern.exec(text);
  const moment = new Date(text);
  if (match === null || Number.isNaN(moment.getTime()))
    throw new FunctionError(`Error parsing RFC3339 timestamp: "${text}" is not a valid RFC3339 timestamp`, 0);
  const zone = match[5] ?? 'Z';
  const sign = zone.startsWith('-') ? -1 : 1;
  const offset = /^z$/i.test(zone) ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  return {
    ...dateParts(new Date(moment.getTime() + offset * 60_000)),
    unix: Math.floor(moment.getTime() / 1000),
  };
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const day = 86_400_000;

function dateParts(moment: Date): ValueRecord {
  const year = moment.getUTCFullYear();
  const midnight = Date.UTC(year, moment.getUTCMonth(), moment.getUTCDate());
  // The ISO week of a day is that of its Thursday.
  const thursday = new Date(midnight + (4 - (moment.getUTCDay() || 7)) * day);
  const isoYear = thursday.getUTCFullYear();
  return {
    year,
    year_day: Math.round((midnight - Date.UTC(year, 0, 1)) / day) + 1,
    day: moment.getUTCDate(),
    month: moment.getUTCMonth() + 1,
    month_name: months[moment.getUTCMonth()] ?? '',
    weekday: moment.getUTCDay(),
    weekday_name: weekdays[moment.getUTCDay()] ?? '',
    hour: moment.getUTCHours(),
    minute: moment.getUTCMinutes(),
    second: moment.getUTCSeconds(),
    iso_year: isoYear,
    iso_week: Math.floor((thursday.getTime() - Date.UTC(isoYear, 0, 1)) / day / 7) + 1,
  };
}

const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
};

/** Go's way to write a length of time: `1h30m`, `-1.5s`; undefined for anything else. */
function durationNanoseconds(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  if (!/^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined;
  const sign = text.startsWith('-') ? -1 : 1;
  const parts = [...text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)];
  return (
    sign *
    Math.round(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0), 0))
  );
}
