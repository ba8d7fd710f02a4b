import { fill, make } from '../core/dom.js';
import { axisText } from '../core/numbers.js';
import { relativeText } from '../core/times.js';
import { drawAreas, drawBottomAxis, drawLines, drawValueAxis, greatest, PlotCanvas, Scale } from '../charts/plot.js';

/** Bars in a plot; what comes after them is in the table. */
const MOST_BARS = 12;

/**
 * Draws the rows of a report or statement as its plot says.
 *
 * @param plot {kind, roles}: which column plays which role
 */
export function resultPlot(plot, columns, rows, palette) {
  const at = (role) => columns.findIndex((column) => column.name === plot.roles[role]);
  const unitOf = (role) => columns[at(role)]?.unit;
  switch (plot.kind) {
    case 'bar':
      return bars(rows, at, unitOf, palette);
    case 'histogram':
      return histogram(rows, at, unitOf, palette);
    case 'line':
    case 'area':
      return overTime(plot.kind, rows, at, unitOf, palette);
    case 'scatter':
      return scatter(rows, at, unitOf, palette);
    default:
      return null;
  }
}

function bars(rows, at, unitOf, palette) {
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
      bar.style.width = `${(Number(row[value]) / most) * 100}%`;
      bar.style.background = palette.series(series < 0 ? 0 : names.indexOf(row[series]));
      const name = [row[label], series < 0 ? null : row[series]].filter((part) => part !== null).join(' · ');
      return make(
        'div',
        { class: 'bar-row' },
        make('span', { class: 'bar-label', title: name }, name || '(no name)'),
        make('span', { class: 'bar-room' }, bar),
        make('span', { class: 'bar-value' }, axisText(Number(row[value]), unitOf('value'))),
      );
    }),
  );
}

function canvasFigure(label, draw) {
  const canvas = make('canvas', { role: 'img', 'aria-label': label });
  const legend = make('ul', { class: 'chart-legend' });
  const figure = make('figure', { class: 'chart' }, make('div', { class: 'chart-plot' }, canvas), legend);
  const plot = new PlotCanvas(canvas, () => draw(plot));
  return { figure, legend };
}

function legendOf(legend, names, palette) {
  fill(
    legend,
    names.slice(0, 16).map((name, index) => {
      const swatch = make('span', { class: 'swatch', 'aria-hidden': 'true' });
      swatch.style.background = palette.series(index);
      return make('li', {}, swatch, ` ${name}`);
    }),
  );
}

function overTime(kind, rows, at, unitOf, palette) {
  const [time, value, series] = ['time', 'value', 'series'].map(at);
  if (rows.length === 0) return null;
  const times = [...new Set(rows.map((row) => Number(row[time])))].sort((a, b) => a - b);
  const place = new Map(times.map((one, index) => [one, index]));
  const byName = new Map();
  for (const row of rows) {
    const name = series < 0 ? '' : String(row[series]);
    let values = byName.get(name);
    if (!values) byName.set(name, (values = new Array(times.length).fill(null)));
    values[place.get(Number(row[time]))] = row[value] === null ? null : Number(row[value]);
  }
  const all = [...byName].map(([name, values]) => ({ name, values }));
  const width = times.length > 1 ? times[1] - times[0] : 1;
  const isTime = unitOf('time') === 'time';
  const { figure, legend } = canvasFigure('Plot over time', (plot) => {
    plot.clear(palette);
    const x = new Scale(times[0], times.at(-1) + width, plot.left, plot.right);
    const low = Math.min(0, ...all.flatMap((one) => one.values.filter((number) => number !== null)));
    const y = new Scale(low, greatest(times, all, kind === 'area') * 1.05 || 1, plot.bottom, plot.top);
    drawBottomAxis(plot, x, (number, step) => (isTime ? relativeText(number, step) : axisText(number)), palette);
    drawValueAxis(plot, y, unitOf('value'), palette);
    const paint = kind === 'area' ? drawAreas : drawLines;
    paint(plot, times, all, x, y, (index) => palette.series(index));
  });
  legendOf(legend, all.map((one) => one.name), palette);
  return figure;
}

function histogram(rows, at, unitOf, palette) {
  const [from, to, count, series] = ['from', 'to', 'count', 'series'].map(at);
  if (rows.length === 0) return null;
  const names = series < 0 ? [''] : [...new Set(rows.map((row) => String(row[series])))];
  const low = Math.min(...rows.map((row) => Number(row[from])));
  const high = Math.max(...rows.map((row) => Number(row[to])));
  const isLog = low >= 0 && high / Math.max(low, 1) > 100;
  const { figure, legend } = canvasFigure('Histogram', (plot) => {
    plot.clear(palette);
    const x = new Scale(isLog ? Math.max(1, low) : low, high, plot.left, plot.right, isLog);
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
  });
  if (series >= 0) legendOf(legend, names, palette);
  return figure;
}

function scatter(rows, at, unitOf, palette) {
  const [xAt, yAt, series] = ['x', 'y', 'series'].map(at);
  const points = rows.filter((row) => row[xAt] !== null && row[yAt] !== null);
  if (points.length === 0) return null;
  const names = series < 0 ? [''] : [...new Set(points.map((row) => String(row[series])))];
  const spread = (column) => {
    let [low, high] = [Infinity, -Infinity];
    for (const row of points) {
      low = Math.min(low, Number(row[column]));
      high = Math.max(high, Number(row[column]));
    }
    return [low, high];
  };
  const { figure, legend } = canvasFigure('Scatter plot', (plot) => {
    plot.clear(palette);
    const x = new Scale(...spread(xAt), plot.left, plot.right);
    const y = new Scale(...spread(yAt), plot.bottom, plot.top);
    drawBottomAxis(plot, x, (number, step) => (unitOf('x') === 'time' ? relativeText(number, step) : axisText(number, unitOf('x'))), palette);
    drawValueAxis(plot, y, unitOf('y'), palette);
    for (const row of points) {
      plot.context.fillStyle = palette.series(series < 0 ? 0 : names.indexOf(String(row[series])));
      plot.context.fillRect(x.pixel(Number(row[xAt])) - 1.5, y.pixel(Number(row[yAt])) - 1.5, 3, 3);
    }
  });
  if (series >= 0) legendOf(legend, names, palette);
  return figure;
}
