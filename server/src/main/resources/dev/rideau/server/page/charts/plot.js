import { axisText } from '../core/numbers.js';
import { roundStep } from '../core/times.js';

/** Room around what is plotted. */
export const MARGIN = { left: 70, right: 12, top: 10, bottom: 24 };

/** A canvas that keeps its size in step with its element and with the density of the screen. */
export class PlotCanvas {
  constructor(canvas, draw) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.draw = draw;
    this.width = 0;
    this.height = 0;
    new ResizeObserver(() => this.#resize()).observe(canvas.parentElement);
  }

  #resize() {
    const { clientWidth, clientHeight } = this.canvas.parentElement;
    if (clientWidth === 0 || clientHeight === 0) return;
    const ratio = devicePixelRatio || 1;
    this.width = clientWidth;
    this.height = clientHeight;
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    this.canvas.style.width = `${clientWidth}px`;
    this.canvas.style.height = `${clientHeight}px`;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.draw();
  }

  get left() {
    return MARGIN.left;
  }

  get right() {
    return this.width - MARGIN.right;
  }

  get top() {
    return MARGIN.top;
  }

  get bottom() {
    return this.height - MARGIN.bottom;
  }

  clear(palette) {
    this.context.fillStyle = palette.background;
    this.context.fillRect(0, 0, this.width, this.height);
  }
}

/** Maps values to pixels, linear or logarithmic. */
export class Scale {
  constructor(from, to, start, end, isLog = false) {
    const map = isLog ? (value) => Math.log10(Math.max(value, 1)) : (value) => value;
    this.from = map(from);
    // Where both are equal, a little further: by as much as numbers of that size can differ.
    this.to = map(to) === this.from ? this.from + Math.max(1, Math.abs(this.from) * 1e-9) : map(to);
    Object.assign(this, { start, end, isLog, map });
  }

  pixel(value) {
    return this.start + ((this.map(value) - this.from) / (this.to - this.from)) * (this.end - this.start);
  }

  value(pixel) {
    const value = this.from + ((pixel - this.start) / (this.end - this.start)) * (this.to - this.from);
    return this.isLog ? 10 ** value : value;
  }

  /** Values for marks at least so many pixels apart. */
  ticks(distance) {
    const length = Math.abs(this.end - this.start);
    const values = [];
    if (this.isLog) {
      const step = Math.max(1, Math.ceil(((this.to - this.from) * distance) / length));
      for (let power = Math.ceil(this.from); power <= this.to; power += step) values.push(10 ** power);
      return values;
    }
    const step = roundStep(((this.to - this.from) * distance) / Math.max(length, 1));
    const first = Math.ceil(this.from / step) * step;
    // Counted, since adding a small step to a large number may leave it as it is.
    const count = Math.min(length, Math.floor((this.to - first) / step + 1e-6) + 1);
    for (let index = 0; index < count; index++) {
      const value = first + index * step;
      // Products of steps miss zero by a little.
      values.push(Math.abs(value) < step * 1e-6 ? 0 : value);
    }
    return values;
  }
}

/** Draws lines and texts of the vertical axis. */
export function drawValueAxis(plot, scale, unit, palette, format = (value) => axisText(value, unit)) {
  const { context } = plot;
  context.font = `11px ${palette.font}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  let before = '';
  for (const value of scale.ticks(28)) {
    const y = Math.round(scale.pixel(value));
    context.fillStyle = palette.line;
    context.fillRect(plot.left, y, plot.right - plot.left, 1);
    context.fillStyle = palette.quiet;
    const text = format(value, 0);
    // Short forms of large numbers that are near each other are the same.
    if (text !== before) context.fillText(text, plot.left - 6, y);
    before = text;
  }
  context.textAlign = 'left';
}

/** Draws the horizontal axis with texts of `format`. */
export function drawBottomAxis(plot, scale, format, palette) {
  const { context } = plot;
  context.font = `11px ${palette.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const ticks = scale.ticks(96);
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 1;
  let free = 0;
  for (const value of ticks) {
    const x = Math.round(scale.pixel(value));
    context.fillStyle = palette.line;
    context.fillRect(x, plot.top, 1, plot.bottom - plot.top + 4);
    context.fillStyle = palette.quiet;
    const text = format(value, step);
    const half = context.measureText(text).width / 2;
    const middle = Math.min(Math.max(x, half), plot.width - half);
    if (middle - half < free) continue;
    context.fillText(text, middle, plot.bottom + 7);
    free = middle + half + 8;
  }
  context.textAlign = 'left';
}

/** Paints series as lines. */
export function drawLines(plot, times, series, x, y, colorOf) {
  const { context } = plot;
  context.lineWidth = 1.6;
  context.lineJoin = 'round';
  series.forEach((one, index) => {
    context.strokeStyle = colorOf(index, one);
    context.beginPath();
    let isDown = false;
    for (let at = 0; at < times.length; at++) {
      const value = one.values[at];
      if (value === null || value === undefined) {
        isDown = false;
        continue;
      }
      const left = x.pixel(times[at]);
      const right = x.pixel(times[at + 1] ?? times[at] + (times[at] - (times[at - 1] ?? times[at])));
      const height = y.pixel(value);
      if (isDown) context.lineTo(left, height);
      else context.moveTo(left, height);
      context.lineTo(right, height);
      isDown = true;
    }
    context.stroke();
  });
}

/** Paints series on top of each other. Steps, since a value is that of a whole part of the time. */
export function drawAreas(plot, times, series, x, y, colorOf) {
  const { context } = plot;
  const base = new Float64Array(times.length);
  series.forEach((one, index) => {
    context.fillStyle = colorOf(index, one);
    context.beginPath();
    for (let at = 0; at < times.length; at++) {
      const value = one.values[at] ?? 0;
      if (value <= 0) continue;
      const left = x.pixel(times[at]);
      const right = x.pixel(times[at + 1] ?? times[at] + (times[at] - (times[at - 1] ?? times[at])));
      const top = y.pixel(base[at] + value);
      const bottom = y.pixel(base[at]);
      context.rect(left, top, Math.max(right - left, 0.5) + 0.35, bottom - top);
      base[at] += value;
    }
    context.fill();
  });
}

/** The greatest value, of one series or of all on top of each other. */
export function greatest(times, series, isStacked) {
  let most = 0;
  for (let at = 0; at < times.length; at++) {
    let sum = 0;
    for (const one of series) {
      const value = one.values[at] ?? 0;
      sum = isStacked ? sum + value : Math.max(sum, value);
    }
    most = Math.max(most, sum);
  }
  return most;
}

/** The least value of all series. */
export function least(series) {
  let low = Infinity;
  for (const one of series) for (const value of one.values) if (value !== null && value < low) low = value;
  return low;
}
