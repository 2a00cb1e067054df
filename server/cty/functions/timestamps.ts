import { quote } from './goQuote';

/** An instant, and how far the clock it was read from was ahead of UTC. */
export interface Timestamp {
  /** Since 1970 in UTC. */
  readonly nanoseconds: bigint;
  readonly offsetMinutes: number;
}

/** Date and time of day as the clock showed them. */
export interface ClockTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** From Sunday, which is 0. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const perSecond = 1_000_000_000n;
const perMinute = 60n * perSecond;

export function clockTime({ nanoseconds, offsetMinutes }: Timestamp): ClockTime {
  const local = nanoseconds + BigInt(offsetMinutes) * perMinute;
  const seconds = local / perSecond - (local % perSecond < 0n ? 1n : 0n);
  const date = new Date(Number(seconds) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** `+05:30`, with what stands between hours and minutes given. */
export function offsetText({ offsetMinutes }: Timestamp, separator: string): string {
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${digits(Math.floor(size / 60))}${separator}${digits(size % 60)}`;
}

/** In RFC 3339 without fractions of a second. */
export function timestampText(timestamp: Timestamp): string {
  const time = clockTime(timestamp);
  const date = `${digits(time.year, 4)}-${digits(time.month)}-${digits(time.day)}`;
  const zone = timestamp.offsetMinutes === 0 ? 'Z' : offsetText(timestamp, ':');
  return `${date}T${digits(time.hour)}:${digits(time.minute)}:${digits(time.second)}${zone}`;
}

/** At least that many digits; a year before 0 has a sign as well. */
export function digits(number: number, length = 2): string {
  return `${number < 0 ? '-' : ''}${String(Math.abs(number)).padStart(length, '0')}`;
}

/**
 * Reads RFC 3339. Terraform's own functions (not strict) also take an hour of one digit, a comma before the fraction,
 * and an offset of up to 24 hours and 60 minutes. Throws an Error with Terraform's words.
 */
export function parseTimestamp(text: string, strict: boolean): Timestamp {
  const reader = new TimestampReader(text);
  const timestamp = reader.read();
  if (strict) checkStrictly(text);
  return timestamp;
}

function checkStrictly(text: string): void {
  if (text.charAt(12) === ':') throw fault('hour must have exactly two digits');
  if (text.charAt(19) === ',') throw fault('cannot use "," as timestamp segment');
  if (text.endsWith('Z')) return;
  const [hours, minutes] = [Number(text.slice(-5, -3)), Number(text.slice(-2))];
  if (hours >= 24 || minutes >= 60) throw fault(`cannot use ${quote(text.slice(-6))} as UTC offset`);
}

function fault(what: string): Error {
  return new Error(`not a valid RFC3339 timestamp: ${what}`);
}

class TimestampReader {
  constructor(private rest: string) {}

  read(): Timestamp {
    const year = this.number('year', /^\d{4}/, 9999);
    this.literal('-');
    const month = this.number('month', /^\d{2}/, 12, 1);
    this.literal('-');
    const day = this.number('day of month', /^\d{2}/);
    this.literal('T');
    const hour = this.number('hour', /^\d{1,2}/, 23);
    this.literal(':');
    const minute = this.number('minute', /^\d{2}/, 59);
    this.literal(':');
    const second = this.number('second', /^\d{2}/, 59);
    const fraction = this.fraction();
    const offsetMinutes = this.offset();
    if (this.rest !== '') throw this.unusable('timestamp segment');
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    if (day < 1 || date.getUTCDate() !== day) throw fault('day out of range');
    date.setUTCHours(hour, minute, second);
    const local = BigInt(date.getTime()) * 1_000_000n + fraction;
    return { nanoseconds: local - BigInt(offsetMinutes) * perMinute, offsetMinutes };
  }

  private number(what: string, pattern: RegExp, largest = 99, smallest = 0): number {
    const found = pattern.exec(this.rest)?.[0];
    if (found === undefined) throw this.unusable(what);
    this.rest = this.rest.slice(found.length);
    const number = Number(found);
    if (number < smallest || number > largest) throw this.unusable(what);
    return number;
  }

  private literal(text: string): void {
    if (!this.rest.startsWith(text)) {
      if (text === 'T') throw fault("missing required time introducer 'T'");
      if (this.rest === '') throw fault(`end of string where ${quote(text)} is expected`);
      throw fault(`found ${quote(this.rest)} where ${quote(text)} is expected`);
    }
    this.rest = this.rest.slice(text.length);
  }

  /** In nanoseconds; further digits are dropped. */
  private fraction(): bigint {
    const found = /^[.,](\d+)/.exec(this.rest);
    if (!found) return 0n;
    this.rest = this.rest.slice(found[0].length);
    return BigInt((found[1] ?? '').slice(0, 9).padEnd(9, '0'));
  }

  private offset(): number {
    if (this.rest.startsWith('Z')) {
      this.rest = this.rest.slice(1);
      return 0;
    }
    const found = /^([-+])(\d{2}):(\d{2})/.exec(this.rest);
    if (!found) throw this.unusable('UTC offset');
    const [whole, sign, hours, minutes] = found;
    this.rest = this.rest.slice(whole.length);
    if (Number(hours) > 24 || Number(minutes) > 60) throw this.unusable('UTC offset');
    const size = Number(hours) * 60 + Number(minutes);
    return sign === '-' ? -size : size;
  }

  /** Of the hour and the minute Terraform guesses what is wrong from what follows them. */
  private unusable(what: string): Error {
    if (this.rest === '') return fault(`end of string before ${what}`);
    if (what === 'hour' && this.rest.includes(':')) {
      return fault('hour must be between 0 and 23 inclusive');
    }
    if ((what === 'hour' || what === 'minute') && this.rest.length !== 2) {
      return fault(`${what} must have exactly two digits`);
    }
    return fault(`cannot use ${quote(this.rest)} as ${what}`);
  }
}
