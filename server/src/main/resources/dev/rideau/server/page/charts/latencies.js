import { fill, make } from '../core/dom.js';
import { countText, durationText } from '../core/numbers.js';
import { isAborted, Latest } from '../core/server.js';
import { relativeText } from '../core/times.js';
import { drawBottomAxis, drawValueAxis, PlotCanvas, Scale } from './plot.js';

const KINDS = [
  ['syscall', 'System calls', 'syscall-histogram', 'syscall-log'],
  ['wakeup', 'Wakeup to running', 'sched-latency-histogram', 'sched-latency-log'],
  ['disk', 'Disk requests', 'disk-latency-histogram', 'disk-log'],
  ['io', 'Input and output', 'io-latency-histogram', 'io-log'],
  ['irq', 'Interrupts', 'irq-histogram', 'irq-log'],
  ['softirq', 'Softirqs', 'softirq-histogram', 'softirq-log'],
];

/**
 * Latencies as dots over time and as a histogram on the same scale. A box dragged over the dots selects
 * an interval and a band of latencies; dragging over the histogram selects the band alone.
 */
export class Latencies {
  #dotsRequest = new Latest();
  #barsRequest = new Latest();
  dots = null;
  bars = [];
  #box = null;

  constructor({ server, view, duration, palette, tooltip, failed, showRow, availability }) {
    Object.assign(this, { server, view, duration, palette, tooltip, failed, showRow });
    const isMissing = ([, , , log]) => availability.unavailable[log] !== undefined;
    this.kinds = KINDS.filter((kind) => !isMissing(kind));
    this.missing = KINDS.filter(isMissing).map(([, title, , log]) => [title, log]);
    this.choice = make(
      'select',
      { 'aria-label': 'Which latencies', onchange: () => view.set({ latency: this.choice.value }) },
      this.kinds.map(([kind, title]) => make('option', { value: kind }, title)),
    );
    this.dotCanvas = make('canvas', { role: 'img', 'aria-label': 'Latencies over time' });
    this.barCanvas = make('canvas', { role: 'img', 'aria-label': 'Histogram of latencies' });
    this.note = make('span', { class: 'quiet-text', 'aria-live': 'polite' });
    this.legend = make('ul', { class: 'chart-legend' });
    this.table = make('a', {}, 'as table');
    this.element = make(
      'figure',
      { class: 'chart latencies' },
      make('figcaption', {}, make('h2', {}, 'Latencies'), this.choice, this.note, this.table),
      make(
        'div',
        { class: 'latency-plots' },
        make('div', { class: 'chart-plot' }, this.dotCanvas),
        make('div', { class: 'chart-plot' }, this.barCanvas),
      ),
      this.legend,
    );
    this.dotPlot = new PlotCanvas(this.dotCanvas, () => {
      if (!this.dots) this.reload();
      this.draw();
    });
    this.barPlot = new PlotCanvas(this.barCanvas, () => this.draw());
    this.#listen(this.dotCanvas, this.dotPlot, true);
    this.#listen(this.barCanvas, this.barPlot, false);
    this.dotCanvas.addEventListener('pointermove', (event) => this.#hover(event));
    this.dotCanvas.addEventListener('pointerleave', () => this.tooltip.hide());
  }

  get kind() {
    return this.kinds.find(([kind]) => kind === this.view.value('latency')) ?? this.kinds[0];
  }

  /** Whether there is any kind whose events were recorded. */
  get hasAny() {
    return this.kinds.length > 0;
  }

  get range() {
    const range = this.view.range('window') ?? { begin: 0, end: this.duration };
    return { begin: Math.max(0, range.begin), end: Math.min(this.duration, range.end) };
  }

  async reload() {
    if (!this.hasAny || this.dotPlot.width === 0) return;
    const [kind] = this.kind;
    this.choice.value = kind;
    const { begin, end } = this.range;
    const width = Math.round(this.dotPlot.right - this.dotPlot.left);
    const height = Math.round(this.dotPlot.bottom - this.dotPlot.top);
    this.reloadBars();
    try {
      this.dots = await this.server.scatter(kind, { begin, end, width, height }, this.#dotsRequest.start());
      this.#showLegend();
      this.draw();
    } catch (error) {
      if (!isAborted(error)) this.failed(error);
    }
  }

  async reloadBars() {
    if (!this.hasAny) return;
    const [, , histogram, log] = this.kind;
    const interval = this.view.range('interval');
    const band = this.view.range('band');
    this.table.href = this.view.address({ tab: 'tables', report: log, 'p.min': band ? `${band.begin}ns` : '' });
    try {
      const table = await this.server.report(histogram, interval ?? {}, this.#barsRequest.start());
      const column = (name) => table.columns.findIndex((one) => one.name === name);
      const [from, to, count] = ['from', 'to', 'count'].map(column);
      const sums = new Map();
      for (const row of table.rows) {
        const key = `${row[from]} ${row[to]}`;
        const bar = sums.get(key) ?? { from: Number(row[from]), to: Number(row[to]), count: 0 };
        bar.count += Number(row[count]);
        sums.set(key, bar);
      }
      this.bars = [...sums.values()];
      this.draw();
    } catch (error) {
      if (isAborted(error)) return;
      this.bars = [];
      if (error.status !== 409 && error.status !== 404) this.failed(error);
    }
  }

  #showLegend() {
    const { series, total, shown } = this.dots;
    this.note.textContent =
      total === 0 ? 'none in the window' : `${countText(total)} in the window${shown < total ? `, ${countText(shown)} dots` : ''}`;
    fill(
      this.legend,
      series.slice(0, 12).map((name, index) => {
        const swatch = make('span', { class: 'swatch round', 'aria-hidden': 'true' });
        swatch.style.background = this.palette.series(index);
        return make('li', {}, swatch, ` ${name}`);
      }),
      series.length > 12 ? make('li', {}, `and ${series.length - 12} more`) : null,
    );
  }

  /** Both plots share this scale of latencies. */
  #valueScale(plot) {
    let low = Infinity;
    let high = 0;
    const points = this.dots?.points ?? [];
    for (let at = 1; at < points.length; at += 4) {
      low = Math.min(low, points[at]);
      high = Math.max(high, points[at]);
    }
    if (high === 0) [low, high] = [1000, 1e9];
    return new Scale(Math.max(1, low * 0.7), high * 1.4, plot.bottom, plot.top, true);
  }

  #timeScale() {
    const { begin, end } = this.range;
    return new Scale(begin, end, this.dotPlot.left, this.dotPlot.right);
  }

  draw() {
    if (this.dotPlot.width > 0) this.#drawDots();
    if (this.barPlot.width > 0) this.#drawBars();
  }

  #drawDots() {
    const { dotPlot: plot, palette } = this;
    const { context } = plot;
    plot.clear(palette);
    const x = this.#timeScale();
    const y = this.#valueScale(plot);
    drawBottomAxis(plot, x, (value, step) => relativeText(value, step), palette);
    drawValueAxis(plot, y, 'ns', palette);
    const band = this.view.range('band');
    const points = this.dots?.points ?? [];
    for (let series = 0; series < (this.dots?.series.length ?? 0); series++) {
      context.fillStyle = palette.series(series);
      context.beginPath();
      for (let at = 0; at < points.length; at += 4) {
        if (points[at + 2] !== series) continue;
        const isIn = !band || (points[at + 1] >= band.begin && points[at + 1] < band.end);
        const size = isIn ? 3 : 1;
        context.rect(x.pixel(points[at]) - size / 2, y.pixel(points[at + 1]) - size / 2, size, size);
      }
      context.fill();
    }
    this.#drawSelection(plot, x, y);
  }

  #drawSelection(plot, x, y) {
    const { context } = plot;
    const interval = this.view.range('interval');
    const band = this.view.range('band');
    context.fillStyle = this.palette.selection;
    if (this.#box) {
      const { left, top, right, bottom } = this.#box;
      context.fillRect(left, top, right - left, bottom - top);
    } else if (interval || band) {
      const left = interval && x ? Math.max(plot.left, x.pixel(interval.begin)) : plot.left;
      const right = interval && x ? Math.min(plot.right, x.pixel(interval.end)) : plot.right;
      const top = band ? Math.max(plot.top, y.pixel(band.end)) : plot.top;
      const bottom = band ? Math.min(plot.bottom, y.pixel(band.begin)) : plot.bottom;
      if (right > left && bottom > top) context.fillRect(left, top, right - left, bottom - top);
    }
  }

  #drawBars() {
    const { barPlot: plot, palette } = this;
    const { context } = plot;
    plot.clear(palette);
    const y = this.#valueScale(plot);
    const most = Math.max(1, ...this.bars.map((bar) => bar.count));
    const x = new Scale(0, most, plot.left, plot.right);
    drawValueAxis(plot, y, 'ns', palette);
    drawBottomAxis(plot, x, (value) => countText(value), palette);
    const band = this.view.range('band');
    for (const bar of this.bars) {
      const bottom = Math.min(plot.bottom, y.pixel(Math.max(1, bar.from)));
      const top = Math.max(plot.top, y.pixel(bar.to));
      if (bottom <= top) continue;
      const isIn = !band || (bar.to > band.begin && bar.from < band.end);
      context.fillStyle = isIn ? palette.series(0) : palette.line;
      context.fillRect(plot.left, top, Math.max(1, x.pixel(bar.count) - plot.left), Math.max(1, bottom - top - 1));
    }
    if (band) this.#drawSelection(plot, null, y);
  }

  #listen(canvas, plot, hasTime) {
    let start = null;
    const inside = (event) => {
      const box = canvas.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    canvas.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      start = inside(event);
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointermove', (event) => {
      if (!start) return;
      const now = inside(event);
      if (!hasTime) return;
      this.#box = {
        left: Math.min(start.x, now.x),
        right: Math.max(start.x, now.x),
        top: Math.min(start.y, now.y),
        bottom: Math.max(start.y, now.y),
      };
      this.draw();
    });
    canvas.addEventListener('pointerup', (event) => {
      if (!start) return;
      const now = inside(event);
      const from = start;
      start = null;
      this.#box = null;
      if (Math.abs(now.x - from.x) + Math.abs(now.y - from.y) < 5) {
        if (hasTime) this.#click(now);
        else this.view.set({ band: '' });
        return this.draw();
      }
      this.#brush(plot, from, now, hasTime);
    });
  }

  #brush(plot, from, to, hasTime) {
    const y = this.#valueScale(plot);
    const values = [y.value(from.y), y.value(to.y)].sort((a, b) => a - b);
    const changes = { band: { begin: values[0], end: Math.max(values[1], values[0] + 1) } };
    if (hasTime) {
      const x = this.#timeScale();
      const times = [x.value(from.x), x.value(to.x)].sort((a, b) => a - b);
      changes.interval = { begin: Math.max(0, times[0]), end: Math.min(this.duration, times[1]) };
    }
    this.view.set(changes);
  }

  #nearest({ x, y }) {
    const times = this.#timeScale();
    const values = this.#valueScale(this.dotPlot);
    const points = this.dots?.points ?? [];
    let best = -1;
    let bestDistance = 100;
    for (let at = 0; at < points.length; at += 4) {
      const distance = (times.pixel(points[at]) - x) ** 2 + (values.pixel(points[at + 1]) - y) ** 2;
      if (distance < bestDistance) [best, bestDistance] = [at, distance];
    }
    return best < 0 ? null : points.slice(best, best + 4);
  }

  #hover(event) {
    const box = this.dotCanvas.getBoundingClientRect();
    const point = this.#nearest({ x: event.clientX - box.left, y: event.clientY - box.top });
    if (!point || this.#box) return this.tooltip.hide();
    const [time, value, series, row] = point;
    this.tooltip.show(event.clientX, event.clientY, [
      `${this.dots.series[series]}: ${durationText(value)}`,
      relativeText(time),
      row >= 0 ? 'click to see it on the timeline' : null,
    ]);
  }

  #click(place) {
    const point = this.#nearest(place);
    if (point && point[3] >= 0) this.showRow(point[3], point[0], point[1]);
    else this.view.set({ band: '' });
  }
}
