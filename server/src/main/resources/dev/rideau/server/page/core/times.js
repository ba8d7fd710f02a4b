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

/** Nanoseconds since 1970 to time of day in UTC with nanoseconds, or seconds where it is no date. */
export function clockText(absolute) {
  const time = BigInt(absolute);
  const billion = 1_000_000_000n;
  const fraction = String(((time % billion) + billion) % billion).padStart(9, '0');
  // Clocks that count from the machine's start are no time of day.
  if (time < 86_400n * 365n * billion) return `${time / billion}.${fraction} s`;
  const date = new Date(Number(time / 1_000_000n));
  return `${date.toISOString().slice(11, 19)}.${fraction}`;
}

/** The day, for titles. */
export function dateText(absolute) {
  const milliseconds = Number(BigInt(absolute) / 1_000_000n);
  if (milliseconds < 86_400_000 * 365) return '';
  return new Date(milliseconds).toISOString().slice(0, 10);
}

const UNITS = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, min: 60e9, m: 60e9, h: 3600e9 };

/**
 * What a person typed as a time, to relative nanoseconds, or null: "1.5s", "20 ms", "1.234567890",
 * "10:15:02.5" (UTC, of the recording's day), nanoseconds or "1795322582.7" seconds since 1970.
 */
export function parseTime(text, beginText) {
  const plain = text.trim().replace(/[\u2009_]/g, '').replace(/(\d) (?=\d)/g, '$1');
  const begin = BigInt(beginText);
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/.exec(plain);
  if (clock) return ofClock(clock, begin);
  const amount = /^([+-]?\d+(?:\.\d+)?)\s*([a-zµ]*)$/i.exec(plain);
  if (!amount) return null;
  const [, number, unit] = amount;
  if (unit === '' && /^\d{12,}$/.test(number)) return Number(BigInt(number) - begin);
  const epoch = unit === '' && /^(\d{9,11})\.(\d{1,9})$/.exec(number);
  if (epoch) return Number(BigInt(epoch[1] + epoch[2].padEnd(9, '0')) - begin);
  const scale = unit === '' ? 1e9 : UNITS[unit.toLowerCase()];
  return scale === undefined ? null : Math.round(Number(number) * scale);
}

function ofClock([, hours, minutes, seconds = '0', fraction = ''], begin) {
  const day = 86_400_000_000_000n;
  const ofDay =
    BigInt((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000_000_000n +
    BigInt(fraction.padEnd(9, '0') || '0');
  let time = begin - (begin % day) + ofDay;
  // A recording that crosses midnight.
  if (time < begin - day / 2n) time += day;
  return Number(time - begin);
}

/** Steps of axes: 1, 2 and 5 times powers of ten, at least `smallest`. */
export function roundStep(smallest) {
  const power = 10 ** Math.floor(Math.log10(smallest));
  for (const factor of [1, 2, 5]) if (power * factor >= smallest) return power * factor;
  return power * 10;
}
