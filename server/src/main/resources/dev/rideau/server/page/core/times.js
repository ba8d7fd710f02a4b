/**
 * Times. The page computes in nanoseconds since the recording's begin, as plain numbers: exact for a
 * hundred days. Nanoseconds since 1970 need 61 bits and appear as BigInt or text only.
 */

/** Relative nanoseconds to text: "1.234 567 890 s". `stepNs` says how many digits tell apart. */
export function relativeText(ns, stepNs = 1) {
  const sign = ns < 0 ? '-' : '';
  const whole = Math.round(Math.abs(ns));
  const seconds = Math.floor(whole / 1e9);
  const rest = String(whole - seconds * 1e9).padStart(9, '0');
  const count = stepNs >= 1e9 ? 0 : Math.min(9, Math.max(1, 9 - Math.floor(Math.log10(stepNs))));
  if (count === 0) return `${sign}${seconds} s`;
  const fraction = rest.slice(0, count).replace(/(\d{3})(?=\d)/g, '$1\u2009');
  return `${sign}${seconds}.${fraction} s`;
}

const BILLION = 1_000_000_000n;

/** Nobody traced before 1973: clocks that tell less count from something else, as the machine's start. */
const FIRST_DAY = 100_000_000n * BILLION;

function isCalendar(absolute) {
  return BigInt(absolute) >= FIRST_DAY;
}

/** Milliseconds since 1970 as clocks show them that are so many seconds ahead of UTC. */
function localDate(time, utcOffset) {
  return new Date(Number(time / 1_000_000n) + utcOffset * 1000).toISOString();
}

/**
 * Nanoseconds since 1970 to time of day with nanoseconds, or seconds where it is no date. Clocks are those of
 * the server, so that times are the same in the page, in sentences of findings and in a terminal.
 *
 * @param utcOffset seconds that they are ahead of UTC
 */
export function clockText(absolute, utcOffset = 0) {
  const time = BigInt(absolute);
  const fraction = String(((time % BILLION) + BILLION) % BILLION).padStart(9, '0');
  if (!isCalendar(time)) return `${time / BILLION}.${fraction} s`;
  return `${localDate(time, utcOffset).slice(11, 19)}.${fraction}`;
}

/** The day, for titles. */
export function dateText(absolute, utcOffset = 0) {
  const time = BigInt(absolute);
  return isCalendar(time) ? localDate(time, utcOffset).slice(0, 10) : '';
}

/** Whose time of day it is: "UTC", "UTC-05:00"; '' where it is none. */
export function zoneText(absolute, utcOffset = 0) {
  if (!isCalendar(absolute)) return '';
  if (utcOffset === 0) return 'UTC';
  const minutes = Math.abs(Math.trunc(utcOffset / 60));
  const two = (number) => String(number).padStart(2, '0');
  return `UTC${utcOffset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** All of it: "2026-11-22 04:41:25.947208221 UTC". */
export function momentText(absolute, utcOffset = 0) {
  return [dateText(absolute, utcOffset), clockText(absolute, utcOffset), zoneText(absolute, utcOffset)].filter(Boolean).join(' ');
}

const UNITS = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, min: 60e9, m: 60e9, h: 3600e9 };

/**
 * What a person typed or pasted as a time, to nanoseconds since the begin of the recording, or null: "1.5s",
 * "20 ms", "1.234567890", "10:15:02.5" of the recording's day, "2026-11-22 04:41:28", nanoseconds or
 * "1795322582.7" seconds since 1970, and seconds of a clock that counts from something else.
 *
 * @param trace {begin, duration, utcOffset}
 */
export function parseTime(text, { begin: beginText, duration = Infinity, utcOffset = 0 }) {
  const plain = text.trim().replace(/[\u2009_]/g, '').replace(/(\d) (?=\d)/g, '$1').replace(/[,;.]$/, '');
  const begin = BigInt(beginText);
  const clock = /^(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|UTC)?$/.exec(text.trim().replace(/[,;.]$/, ''));
  if (clock) return ofClock(clock, begin, utcOffset);
  const amount = /^([+-]?\d+(?:\.\d+)?)\s*([a-zµ]*)$/i.exec(plain);
  if (!amount) return null;
  const [, number, unit] = amount;
  if (unit === '' && /^\d{12,}$/.test(number)) return Number(BigInt(number) - begin);
  const epoch = unit === '' && /^(\d{9,11})\.(\d{1,9})$/.exec(number);
  if (epoch) return sinceBegin(epoch, begin);
  const scale = unit === '' ? 1e9 : UNITS[unit.toLowerCase()];
  if (scale === undefined) return null;
  const time = Math.round(Number(number) * scale);
  const whole = unit === '' && time > duration && isCalendar(begin) ? /^(\d{9,11})$/.exec(number) : null;
  if (whole) return sinceBegin(whole, begin);
  const clocked = scale === 1e9 && time > duration && !isCalendar(begin) ? /^(\d+)(?:\.(\d{1,9}))?$/.exec(number) : null;
  return clocked ? sinceBegin(clocked, begin) : time;
}

function sinceBegin([, seconds, fraction = ''], begin) {
  return Number(BigInt(seconds + fraction.padEnd(9, '0')) - begin);
}

function ofClock([, day, hours, minutes, seconds = '0', fraction = '', isUtc], begin, utcOffset) {
  const length = 86_400n * BILLION;
  const offset = isUtc ? 0n : BigInt(utcOffset) * BILLION;
  const ofDay = BigInt((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * BILLION + BigInt(fraction.padEnd(9, '0'));
  const local = begin + offset;
  if (day) return Number(BigInt(Date.parse(`${day}T00:00:00Z`)) * 1_000_000n + ofDay - local);
  let time = local - (local % length) + ofDay;
  // A recording that crosses midnight.
  if (time < local - length / 2n) time += length;
  return Number(time - local);
}

/** Steps of axes: 1, 2 and 5 times powers of ten, at least `smallest`. */
export function roundStep(smallest) {
  const power = 10 ** Math.floor(Math.log10(smallest));
  for (const factor of [1, 2, 5]) if (power * factor >= smallest) return power * factor;
  return power * 10;
}
