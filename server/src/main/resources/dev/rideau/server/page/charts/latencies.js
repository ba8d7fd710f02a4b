import { fill, make } from '../core/dom.js';
import { countText, durationText } from '../core/numbers.js';
import { isAborted, Latest } from '../core/server.js';
import { relativeText } from '../core/times.js';
import { BarKeys, DotKeys } from './latency-keys.js';
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

  constructor({ server, view, duration, palette, tooltip, failed, announce, showRow, availability }) {
    Object.assign(this, { server, view, duration, palette, tooltip, failed, announce, showRow });
    const isMissing = ([, , , log]) => availability.unavailable[log] !== undefined;
    this.kinds = KINDS.filter((kind) => !isMissing(kind));
    this.missing = KINDS.filter(isMissing).map(([, title, , log]) => [title, log]);
    this.choice = make(
      'select',
      { 'aria-label': 'Which latencies', onchange: () => view.set({ latency: this.choice.value }) },
      this.kinds.map(([kind, title]) => make('option', { value: kind }, title)),
    );
    this.dotCanvas = make('canvas', { role: 'application', 'aria-label': 'Latencies over time. Arrows go from dot to dot, Enter shows one on the timeline, Shift and arrows select a box.' });
    this.barCanvas = make('canvas', { role: 'application', 'aria-label': 'Histogram of latencies. Up and down choose a bar, with Shift several, Enter selects it.' });
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
    this.#listenToKeys();
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
      this.dotKeys.forget();
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
      this.bars = [...sums.values()].sort((a, b) => a.from - b.from);
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
    if (this.dotKeys.chosen >= 0) {
      const place = this.#placeOf(this.dotKeys.chosen);
      context.strokeStyle = palette.text;
      context.lineWidth = 2;
      context.strokeRect(place.x - 6, place.y - 6, 12, 12);
    }
  }

  /** Pixels of a dot; the middle of the plot where there is none. */
  #placeOf(at) {
    const { dotPlot: plot } = this;
    if (at < 0) return { x: (plot.left + plot.right) / 2, y: (plot.top + plot.bottom) / 2 };
    const { points } = this.dots;
    return { x: this.#timeScale().pixel(points[at]), y: this.#valueScale(plot).pixel(points[at + 1]) };
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
    const [lowest, highest] = this.barKeys.range;
    for (const [index, bar] of this.bars.entries()) {
      const bottom = Math.min(plot.bottom, y.pixel(Math.max(1, bar.from)));
      const top = Math.max(plot.top, y.pixel(bar.to));
      if (bottom <= top) continue;
      const isIn = !band || (bar.to > band.begin && bar.from < band.end);
      context.fillStyle = isIn ? palette.series(0) : palette.line;
      context.fillRect(plot.left, top, Math.max(1, x.pixel(bar.count) - plot.left), Math.max(1, bottom - top - 1));
      if (index < lowest || index > highest || lowest < 0) continue;
      context.strokeStyle = palette.text;
      context.lineWidth = 1.5;
      context.strokeRect(plot.left, top, plot.right - plot.left, Math.max(2, bottom - top - 1));
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
      if (hasTime) this.#showBox(start, now);
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

  #listenToKeys() {
    const { dotPlot: plot } = this;
    const tell = (canvas, place, lines) => {
      const box = canvas.getBoundingClientRect();
      this.tooltip.show(box.left + place.x, box.top + place.y, lines);
      this.announce(lines.filter(Boolean).join(', '));
    };
    this.dotKeys = new DotKeys(this.dotCanvas, {
      points: () => this.dots?.points ?? [],
      place: (at) => this.#placeOf(at),
      inside: ({ x, y }) => ({ x: Math.min(Math.max(x, plot.left), plot.right), y: Math.min(Math.max(y, plot.top), plot.bottom) }),
      draw: () => this.draw(),
      tell: (at) => tell(this.dotCanvas, this.#placeOf(at), this.#linesOf(this.dots.points.slice(at, at + 4), 'Enter')),
      show: (at) => this.#show(this.dots.points.slice(at, at + 4)),
      drag: ({ from, to }, isOver) => {
        if (!isOver) return this.#showBox(from, to);
        this.#box = null;
        this.#brush(plot, from, to, true);
      },
      giveUp: () => this.view.set({ band: '', interval: '' }),
      left: () => this.tooltip.hide(),
    });
    this.barKeys = new BarKeys(this.barCanvas, {
      bars: () => this.bars,
      select: (low, high) => this.view.set({ band: { begin: this.bars[low].from, end: this.bars[high].to } }),
      draw: () => this.draw(),
      tell: (bar) => {
        const y = this.#valueScale(this.barPlot).pixel(Math.max(1, bar.from));
        tell(this.barCanvas, { x: this.barPlot.left, y }, [`${durationText(bar.from)} to ${durationText(bar.to)}`, countText(bar.count)]);
      },
      giveUp: () => this.view.set({ band: '' }),
      left: () => {
        this.tooltip.hide();
        this.draw();
      },
    });
  }

  #showBox(from, to) {
    this.#box = {
      left: Math.min(from.x, to.x),
      right: Math.max(from.x, to.x),
      top: Math.min(from.y, to.y),
      bottom: Math.max(from.y, to.y),
    };
    this.draw();
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
    this.tooltip.show(event.clientX, event.clientY, this.#linesOf(point, 'click'));
  }

  #linesOf([time, value, series, row], way) {
    return [
      `${this.dots.series[series]}: ${durationText(value)}`,
      relativeText(time),
      row >= 0 ? `${way} to see it on the timeline` : null,
    ];
  }

  #show([time, value, , row]) {
    if (row >= 0) this.showRow(row, time, value);
  }

  #click(place) {
    const point = this.#nearest(place);
    if (point && point[3] >= 0) this.#show(point);
    else this.view.set({ band: '' });
  }
}
