/** Numbers as people read them. Units are those of report columns. */

const SMALL = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const TINY = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A length of time in nanoseconds: "1.5 ms". */
export function durationText(ns) {
  const size = Math.abs(ns);
  if (size < 1e3) return `${SMALL.format(ns)} ns`;
  // Bounds are where rounding would reach the next unit: 999.9 ms are 1.00 s.
  if (size < 999.5e3) return `${digits(ns / 1e3)} µs`;
  if (size < 999.5e6) return `${digits(ns / 1e6)} ms`;
  if (size < 120e9) return `${digits(ns / 1e9)} s`;
  const seconds = Math.round(size / 1e9);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const sign = ns < 0 ? '-' : '';
  return hours > 0
    ? `${sign}${hours} h ${minutes} min`
    : `${sign}${minutes} min ${seconds % 60} s`;
}

/** Bytes with a unit, powers of 1000. */
export function bytesText(bytes) {
  const size = Math.abs(bytes);
  if (size < 1e3) return `${SMALL.format(bytes)} B`;
  if (size < 999.5e3) return `${digits(bytes / 1e3)} kB`;
  if (size < 999.5e6) return `${digits(bytes / 1e6)} MB`;
  if (size < 999.5e9) return `${digits(bytes / 1e9)} GB`;
  return `${digits(bytes / 1e12)} TB`;
}

/** Three digits that matter. */
function digits(value) {
  const size = Math.abs(value);
  return value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
}

/** A number with its digits in groups of three. Numbers that come as text keep all of their digits. */
export function countText(value) {
  if (typeof value === 'string') return groupedText(value);
  if (Number.isInteger(value)) return WHOLE.format(value);
  return (Math.abs(value) < 0.01 ? TINY : SMALL).format(value);
}

/** What the server gives as text, since plain numbers are exact to 53 bits only. */
const WRITTEN = /^(-?)(\d+)(\.\d+)?$/;

function groupedText(text) {
  const parts = WRITTEN.exec(text);
  return parts ? `${parts[1]}${WHOLE.format(BigInt(parts[2]))}${parts[3] ?? ''}` : text;
}

/** What numbers of one column are sorted by: exact, however many digits they have; null stays null. */
export function sortKeys(values) {
  if (!values.some((value) => typeof value === 'string')) return values;
  const texts = values.map((value) => (value === null ? null : String(value)));
  const written = texts.filter((text) => text !== null).map((text) => WRITTEN.exec(text));
  if (written.includes(null)) return values.map((value) => (value === null || Number.isNaN(Number(value)) ? null : Number(value)));
  // As whole numbers, each with the places that the longest has.
  const places = written.reduce((most, parts) => Math.max(most, (parts[3] ?? '.').length - 1), 0);
  const scaled = (text) => {
    const [whole, rest = ''] = text.split('.');
    return BigInt(whole + rest.padEnd(places, '0'));
  };
  return texts.map((text) => (text === null ? null : scaled(text)));
}

/** A short form for axes: 1.2k, 3M. */
export function axisText(value, unit) {
  switch (unit) {
    case 'ns':
      return durationText(value).replace('.00', '');
    case 'bytes':
      return bytesText(value).replace('.00', '');
    case 'bytes/s':
      return `${bytesText(value).replace('.00', '')}/s`;
    case '%':
      return `${SMALL.format(value)} %`;
    case '/s':
      return `${shortCount(value)}/s`;
    case 'pages':
    case 'sectors':
      return `${shortCount(value)} ${unit}`;
    default:
      return shortCount(value);
  }
}

function shortCount(value) {
  const size = Math.abs(value);
  if (size >= 1e21) return value.toExponential(1);
  if (size >= 1e18) return `${SMALL.format(value / 1e18)}E`;
  if (size >= 1e15) return `${SMALL.format(value / 1e15)}P`;
  if (size >= 1e12) return `${SMALL.format(value / 1e12)}T`;
  if (size >= 1e9) return `${SMALL.format(value / 1e9)}G`;
  if (size >= 1e6) return `${SMALL.format(value / 1e6)}M`;
  if (size >= 1e3) return `${SMALL.format(value / 1e3)}k`;
  return SMALL.format(value);
}

/** A value of a report's or statement's column. */
export function valueText(value, unit) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return JSON.stringify(value);
  if (unit === 'id' || unit === 'text' || unit === 'flag') return String(value);
  const number = typeof value === 'number' ? value : Number(value);
  if (!Number.isFinite(number) || value === '') return String(value);
  switch (unit) {
    case 'ns':
      return durationText(number);
    case 'bytes':
      return bytesText(number);
    case 'bytes/s':
      return `${bytesText(number)}/s`;
    case '%':
      return `${number.toFixed(number !== 0 && Math.abs(number) < 0.1 ? 3 : 1)} %`;
    case 'kHz':
      return `${SMALL.format(number / 1000)} MHz`;
    case '/s':
      return `${countText(value)}/s`;
    case 'written':
      return groupedText(String(value));
    case 'count':
    case 'number':
    case 'pages':
    case 'sectors':
      return countText(value);
    default:
      return String(value);
  }
}

/** All digits of a value that `valueText` rounds; '' where that tells everything. */
export function exactText(value, unit) {
  if (value === null || value === undefined || !['ns', 'bytes', 'bytes/s', '%'].includes(unit)) return '';
  return `${countText(value)} ${unit}`;
}

/** Whether values of a unit stand right-aligned. */
export function isNumeric(unit) {
  return unit !== 'text' && unit !== 'flag' && unit !== undefined;
}
