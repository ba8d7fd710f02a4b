import { fill, make } from '../core/dom.js';
import { axisText, valueText } from '../core/numbers.js';
import { relativeText } from '../core/times.js';
import { drawAreas, drawBottomAxis, drawLines, drawValueAxis, greatest, PlotCanvas, Scale } from '../charts/plot.js';

/** Bars in a plot; what comes after them is in the table. */
const MOST_BARS = 12;

/** Series that the pointer tells of, and the legend. */
const MOST_TOLD = 8;
const MOST_NAMES = 16;

/** Pixels within which a dot is meant. */
const NEAR = 10;

/**
 * Draws the rows of a report or statement as its plot says.
 *
 * @param plot {kind, roles}: which column plays which role
 */
export function resultPlot(plot, columns, rows, palette, tooltip) {
  const at = (role) => columns.findIndex((column) => column.name === plot.roles[role]);
  const unitOf = (role) => columns[at(role)]?.unit;
  // What has no place on an axis is in the table only.
  const drawn = ['value', 'x', 'y'].map(at).filter((column) => column >= 0);
  const isDrawn = (value) => value !== 'Infinity' && value !== '-Infinity' && value !== 'NaN';
  const about = { rows: rows.filter((row) => drawn.every((column) => isDrawn(row[column]))), at, unitOf, palette, tooltip };
  switch (plot.kind) {
    case 'bar':
      return bars(about);
    case 'histogram':
      return histogram(about);
    case 'line':
    case 'area':
      return overTime(plot.kind, about);
    case 'scatter':
      return scatter(about);
    default:
      return null;
  }
}

/** A value as its table shows it, with all digits. */
function told(value, unit) {
  return unit === 'time' && typeof value === 'number' ? relativeText(value) : valueText(value, unit);
}

/**
 * Where values of a column stand on an axis. Whole numbers too long for plain ones count from the least of
 * them, which `origin` tells; else it is null.
 */
function positions(rows, column) {
  const values = rows.map((row) => row[column]).filter((value) => value !== null);
  const plain = { of: (row) => Number(row[column]), origin: null };
  const isWhole = (value) => (typeof value === 'string' ? /^-?\d+$/.test(value) : Number.isSafeInteger(value));
  if (!values.some((value) => typeof value === 'string') || !values.every(isWhole)) return plain;
  const whole = values.map((value) => BigInt(value));
  const low = whole.reduce((a, b) => (b < a ? b : a));
  const high = whole.reduce((a, b) => (b > a ? b : a));
  if (high - low > BigInt(Number.MAX_SAFE_INTEGER)) return plain;
  return { of: (row) => Number(BigInt(row[column] ?? low) - low), origin: low };
}

/** Texts of an axis of such positions. */
function axisFormat(origin, unit) {
  if (origin !== null) return (value) => `+${axisText(value)}`;
  return unit === 'time' ? (value, step) => relativeText(value, step) : (value) => axisText(value, unit);
}

/** From where axes count that do not count from zero. */
function addOrigins(legend, origins) {
  for (const [text, origin] of origins) {
    if (origin !== null) legend.append(make('li', { class: 'quiet-text' }, `${text} from ${valueText(String(origin), 'number')} on`));
  }
}

function bars({ rows, at, unitOf, palette }) {
  const [label, value, series] = ['label', 'value', 'series'].map(at);
  const shown = rows.filter((row) => row[value] !== null).slice(0, MOST_BARS);
  if (shown.length === 0) return null;
  const most = Math.max(...shown.map((row) => Number(row[value])), 1e-9);
  const names = series < 0 ? [] : [...new Set(shown.map((row) => row[series]))];
  return make(
    'figure',
    { class: 'bars' },
    shown.map((row) => {
      const bar = make('span', { class: 'bar' });
      bar.style.width = `${Math.max(0, (Number(row[value]) / most) * 100)}%`;
      bar.style.background = palette.series(series < 0 ? 0 : names.indexOf(row[series]));
      const name = [row[label], series < 0 ? null : row[series]].filter((part) => part !== null).join(' · ');
      return make(
        'div',
        { class: 'bar-row' },
        make('span', { class: 'bar-label', title: name }, name || '(no name)'),
        make('span', { class: 'bar-room' }, bar),
        make('span', { class: 'bar-value', title: told(row[value], unitOf('value')) }, axisText(Number(row[value]), unitOf('value'))),
      );
    }),
  );
}

/**
 * A plot on a canvas.
 *
 * @param linesAt (plot, x, y) to what the pointer tells of, or null
 */
function canvasFigure(label, tooltip, draw, linesAt) {
  const canvas = make('canvas', { role: 'img', 'aria-label': label });
  const legend = make('ul', { class: 'chart-legend' });
  const figure = make('figure', { class: 'chart' }, make('div', { class: 'chart-plot' }, canvas), legend);
  const plot = new PlotCanvas(canvas, () => draw(plot));
  canvas.addEventListener('pointermove', (event) => {
    const box = canvas.getBoundingClientRect();
    const lines = plot.width > 0 ? linesAt(plot, event.clientX - box.left, event.clientY - box.top) : null;
    if (lines) tooltip.show(event.clientX, event.clientY, lines);
    else tooltip.hide();
  });
  canvas.addEventListener('pointerleave', () => tooltip.hide());
  return { figure, legend };
}

/** One series without a name needs no legend. */
function fillLegend(legend, names, palette) {
  if (names.length === 1 && names[0] === '') return;
  const items = names.slice(0, MOST_NAMES).map((name, index) => {
    const swatch = make('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.background = palette.series(index);
    return make('li', {}, swatch, ` ${name || '(no name)'}`);
  });
  if (names.length > MOST_NAMES) items.push(make('li', { class: 'quiet-text' }, `and ${names.length - MOST_NAMES} more`));
  fill(legend, items);
}

function overTime(kind, { rows, at, unitOf, palette, tooltip }) {
  const [time, value, series] = ['time', 'value', 'series'].map(at);
  if (rows.length === 0) return null;
  const where = positions(rows, time);
  const times = [...new Set(rows.map(where.of))].sort((a, b) => a - b);
  const place = new Map(times.map((one, index) => [one, index]));
  const byName = new Map();
  const written = [];
  for (const row of rows) {
    const name = series < 0 ? '' : String(row[series] ?? '');
    let one = byName.get(name);
    if (!one) byName.set(name, (one = { name, values: new Array(times.length).fill(null), given: new Array(times.length).fill(null) }));
    const index = place.get(where.of(row));
    written[index] = row[time];
    one.values[index] = row[value] === null ? null : Number(row[value]);
    one.given[index] = row[value];
  }
  const all = [...byName.values()];
  const width = times.length > 1 ? times[1] - times[0] : 1;
  const scaleX = (plot) => new Scale(times[0], times.at(-1) + width, plot.left, plot.right);
  const { figure, legend } = canvasFigure(
    'Plot over time',
    tooltip,
    (plot) => {
      plot.clear(palette);
      const x = scaleX(plot);
      const low = Math.min(0, ...all.map((one) => Math.min(...one.values.filter((number) => number !== null))));
      const y = new Scale(low, greatest(times, all, kind === 'area') * 1.05 || 1, plot.bottom, plot.top);
      drawBottomAxis(plot, x, axisFormat(where.origin, unitOf('time')), palette);
      drawValueAxis(plot, y, unitOf('value'), palette);
      const paint = kind === 'area' ? drawAreas : drawLines;
      paint(plot, times, all, x, y, (index) => palette.series(index));
    },
    (plot, pixel) => {
      if (pixel < plot.left || pixel > plot.right) return null;
      const wanted = scaleX(plot).value(pixel);
      const index = Math.max(0, times.findLastIndex((begin) => begin <= wanted));
      const present = all.filter((one) => one.given[index] !== null).sort((a, b) => b.values[index] - a.values[index]);
      const lines = present.slice(0, MOST_TOLD).map((one) => `${one.name ? `${one.name}: ` : ''}${told(one.given[index], unitOf('value'))}`);
      return lines.length === 0 ? null : [told(written[index], unitOf('time')), ...lines];
    },
  );
  fillLegend(legend, all.map((one) => one.name), palette);
  addOrigins(legend, [['horizontally', where.origin]]);
  return figure;
}

function histogram({ rows, at, unitOf, palette, tooltip }) {
  const [from, to, count, series] = ['from', 'to', 'count', 'series'].map(at);
  if (rows.length === 0) return null;
  const names = series < 0 ? [''] : [...new Set(rows.map((row) => String(row[series])))];
  const low = Math.min(...rows.map((row) => Number(row[from])));
  const high = Math.max(...rows.map((row) => Number(row[to])));
  const isLog = low >= 0 && high / Math.max(low, 1) > 100;
  const scaleX = (plot) => new Scale(isLog ? Math.max(1, low) : low, high, plot.left, plot.right, isLog);
  const { figure, legend } = canvasFigure(
    'Histogram',
    tooltip,
    (plot) => {
      plot.clear(palette);
      const x = scaleX(plot);
      const sums = new Map();
      for (const row of rows) sums.set(row[from], (sums.get(row[from]) ?? 0) + Number(row[count]));
      const y = new Scale(0, Math.max(...sums.values(), 1) * 1.05, plot.bottom, plot.top);
      drawBottomAxis(plot, x, (number) => axisText(number, unitOf('from')), palette);
      drawValueAxis(plot, y, 'count', palette);
      const base = new Map();
      for (const row of rows) {
        const bottom = base.get(row[from]) ?? 0;
        const top = bottom + Number(row[count]);
        base.set(row[from], top);
        const left = Math.max(plot.left, x.pixel(Math.max(Number(row[from]), isLog ? 1 : -Infinity)));
        const right = x.pixel(Number(row[to]));
        plot.context.fillStyle = palette.series(series < 0 ? 0 : names.indexOf(String(row[series])));
        plot.context.fillRect(left, y.pixel(top), Math.max(1, right - left - 1), y.pixel(bottom) - y.pixel(top));
      }
    },
    (plot, pixel) => {
      const wanted = scaleX(plot).value(pixel);
      const found = rows.filter((row) => Number(row[from]) <= wanted && wanted < Number(row[to]) && Number(row[count]) > 0);
      if (found.length === 0) return null;
      const lines = found.slice(0, MOST_TOLD).map((row) => `${series < 0 ? '' : `${row[series]}: `}${told(row[count], 'count')}`);
      return [`${told(found[0][from], unitOf('from'))} to ${told(found[0][to], unitOf('to'))}`, ...lines];
    },
  );
  if (series >= 0) fillLegend(legend, names, palette);
  return figure;
}

function scatter({ rows, at, unitOf, palette, tooltip }) {
  const [xAt, yAt, series] = ['x', 'y', 'series'].map(at);
  const points = rows.filter((row) => row[xAt] !== null && row[yAt] !== null);
  if (points.length === 0) return null;
  const names = series < 0 ? [''] : [...new Set(points.map((row) => String(row[series])))];
  const spread = (where) => {
    let [low, high] = [Infinity, -Infinity];
    for (const row of points) {
      low = Math.min(low, where.of(row));
      high = Math.max(high, where.of(row));
    }
    return [low, high];
  };
  const [across, up] = [positions(points, xAt), positions(points, yAt)];
  const [spreadX, spreadY] = [spread(across), spread(up)];
  const scaleX = (plot) => new Scale(...spreadX, plot.left, plot.right);
  const scaleY = (plot) => new Scale(...spreadY, plot.bottom, plot.top);
  const { figure, legend } = canvasFigure(
    'Scatter plot',
    tooltip,
    (plot) => {
      plot.clear(palette);
      const [x, y] = [scaleX(plot), scaleY(plot)];
      drawBottomAxis(plot, x, axisFormat(across.origin, unitOf('x')), palette);
      drawValueAxis(plot, y, unitOf('y'), palette, axisFormat(up.origin, unitOf('y')));
      for (const row of points) {
        plot.context.fillStyle = palette.series(series < 0 ? 0 : names.indexOf(String(row[series])));
        plot.context.fillRect(x.pixel(across.of(row)) - 1.5, y.pixel(up.of(row)) - 1.5, 3, 3);
      }
    },
    (plot, pixelX, pixelY) => {
      const [x, y] = [scaleX(plot), scaleY(plot)];
      let nearest = null;
      let least = NEAR ** 2;
      for (const row of points) {
        const distance = (x.pixel(across.of(row)) - pixelX) ** 2 + (y.pixel(up.of(row)) - pixelY) ** 2;
        if (distance <= least) [nearest, least] = [row, distance];
      }
      if (!nearest) return null;
      const name = series < 0 ? null : String(nearest[series]);
      return [told(nearest[yAt], unitOf('y')), told(nearest[xAt], unitOf('x')), name];
    },
  );
  if (series >= 0) fillLegend(legend, names, palette);
  addOrigins(legend, [['horizontally', across.origin], ['vertically', up.origin]]);
  return figure;
}
