import { fill, make } from '../core/dom.js';
import { axisText } from '../core/numbers.js';
import { isAborted, Latest } from '../core/server.js';
import { relativeText } from '../core/times.js';
import { listenToTimes } from './gestures.js';
import { TimeKeys } from './time-keys.js';
import { drawAreas, drawBottomAxis, drawLines, drawValueAxis, greatest, least, PlotCanvas, Scale } from './plot.js';

/** Pixels of a part of the time. */
const BIN_PIXELS = 4;

/** A chart over time: series stacked or as lines, the selected interval, and what one process used. */
export class TimeChart {
  #request = new Latest();
  #overlayRequest = new Latest();
  answer = null;
  isInSight = false;
  isStale = true;
  overlay = null;
  only = null;

  /**
   * @param load (range, bins, signal) to {times, series, unit, missing}
   * @param loadOverlay the same for the overlay, or null when there is none
   * @param numbers of colours by name, which charts share whose series are the same things; else none
   */
  constructor({ title, plot, load, loadOverlay, view, duration, palette, tooltip, failed, report, name, ceiling, numbers }) {
    Object.assign(this, { title, kind: plot, load, loadOverlay, view, duration, palette, tooltip, failed, ceiling, numbers });
    this.canvas = make('canvas', { role: 'slider', 'aria-label': title, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': 0 });
    this.legend = make('ul', { class: 'chart-legend', 'aria-label': `Series of ${title}` });
    this.note = make('p', { class: 'quiet-text chart-note', hidden: true });
    this.element = make(
      'figure',
      { class: 'chart', 'data-chart': name ?? report ?? '' },
      make(
        'figcaption',
        {},
        make('h2', {}, title),
        report ? make('a', { href: view.address({ tab: 'tables', report }) }, 'as table') : null,
      ),
      make('div', { class: 'chart-plot' }, this.canvas),
      this.note,
      this.legend,
    );
    this.plot = new PlotCanvas(this.canvas, () => {
      if (!this.answer) this.reload();
      this.draw();
    });
    // What nobody sees asks for nothing: there are many charts.
    new IntersectionObserver(([entry]) => {
      this.isInSight = entry.isIntersecting;
      if (this.isInSight && this.isStale) this.reload();
    }, { rootMargin: '200px' }).observe(this.canvas);
    listenToTimes(this.canvas, () => this.#timeScale(), {
      select: (begin, end, isOver) => this.#select(begin, end, isOver),
      zoom: (factor, time) => this.#zoom(factor, time),
      hover: (x, y) => this.#hover(x, y),
    });
    this.keys = new TimeKeys(this.canvas, {
      range: () => this.range,
      step: () => (this.range.end - this.range.begin) / Math.max(1, this.answer?.times.length ?? 100),
      select: (begin, end, isOver) => this.#select(begin, end, isOver),
      zoom: (factor, time) => this.#zoom(factor, time),
      moved: () => this.#cursorMoved(),
      left: () => this.#hover(null),
      giveUp: () => this.view.set({ interval: '' }),
    });
  }

  get range() {
    const range = this.view.range('window') ?? { begin: 0, end: this.duration };
    return { begin: Math.max(0, range.begin), end: Math.min(this.duration, range.end) };
  }

  async reload() {
    if (this.plot.width === 0) return;
    this.isStale = !this.isInSight;
    if (this.isStale) return;
    const range = this.range;
    if (range.end <= range.begin) return;
    const bins = Math.max(20, Math.round((this.plot.right - this.plot.left) / BIN_PIXELS));
    this.reloadOverlay(range, bins);
    try {
      this.element.setAttribute('aria-busy', 'true');
      const answer = await this.load(range, bins, this.#request.start());
      this.answer = { ...answer, ...range };
      this.#showLegend();
      this.draw();
      this.element.removeAttribute('aria-busy');
    } catch (error) {
      if (!isAborted(error)) this.failed(error);
    }
  }

  async reloadOverlay(range = this.range, bins = Math.max(20, Math.round((this.plot.right - this.plot.left) / BIN_PIXELS))) {
    const request = this.loadOverlay?.(range, bins, this.#overlayRequest.start());
    if (!request) {
      this.overlay = null;
      return this.draw();
    }
    try {
      this.overlay = await request;
      this.draw();
    } catch (error) {
      if (!isAborted(error)) this.failed(error);
    }
  }

  #showLegend() {
    const { series, missing } = this.answer;
    const names = series.slice(0, 5).map((one) => one.name).filter(Boolean);
    this.canvas.setAttribute('aria-label', names.length > 0 ? `${this.title}: ${names.join(', ')}` : this.title);
    this.note.hidden = series.length > 0;
    this.note.textContent =
      missing?.length > 0 ? `Not recorded: ${missing.join(', ')}` : 'Nothing happened in this time.';
    fill(
      this.legend,
      series.map((one, index) => {
        const swatch = make('span', { class: 'swatch', 'aria-hidden': 'true' });
        swatch.style.background = this.#color(index, one);
        const isOnly = this.only === one.name;
        return make(
          'li',
          {},
          make(
            'button',
            {
              class: 'legend-button',
              'aria-pressed': String(isOnly),
              title: 'Show only this one',
              onclick: () => {
                this.only = isOnly ? null : one.name;
                this.#showLegend();
                this.draw();
              },
            },
            swatch,
            one.name || '(no name)',
          ),
        );
      }),
    );
  }

  #color(index, one) {
    if (/(^|: )others$/.test(one.name)) return this.palette.others;
    return this.palette.series(this.numbers ? this.#number(one.name) : index);
  }

  #number(name) {
    if (!this.numbers.has(name)) this.numbers.set(name, this.numbers.size);
    return this.numbers.get(name);
  }

  #timeScale() {
    if (this.plot.width === 0) return null;
    const { begin, end } = this.range;
    return new Scale(begin, end, this.plot.left, this.plot.right);
  }

  draw() {
    const { plot, palette, answer, context = plot.context } = this;
    if (plot.width === 0) return;
    plot.clear(palette);
    const x = this.#timeScale();
    drawBottomAxis(plot, x, (value, step) => relativeText(value, step), palette);
    if (!answer) return;
    const all = answer.series;
    const shown = this.only === null ? all : all.filter((one) => one.name === this.only);
    const isStacked = this.kind === 'area';
    const overlays = this.overlay?.series ?? [];
    const most = Math.max(greatest(answer.times, shown, isStacked), ...overlays.map((one) => greatest(this.overlay.times, [one], false)));
    const top = this.only === null ? Math.max(most, this.ceiling?.() ?? 0) : most;
    const y = new Scale(isStacked ? 0 : Math.min(0, least(shown)), top * 1.05 || 1, plot.bottom, plot.top);
    drawValueAxis(plot, y, answer.unit, palette);
    context.save();
    context.beginPath();
    context.rect(plot.left, plot.top - 2, plot.right - plot.left, plot.bottom - plot.top + 4);
    context.clip();
    const colorOf = (index, one) => this.#color(all.indexOf(one), one);
    if (overlays.length > 0) context.globalAlpha = 0.35;
    if (isStacked) drawAreas(plot, answer.times, shown, x, y, colorOf);
    else drawLines(plot, answer.times, shown, x, y, colorOf);
    context.globalAlpha = 1;
    if (overlays.length > 0) this.#drawOverlay(overlays, x, y);
    this.#drawInterval(x);
    if (this.keys.time !== null) {
      context.fillStyle = palette.text;
      context.fillRect(Math.round(x.pixel(this.keys.time)), plot.top, 1, plot.bottom - plot.top);
    }
    context.restore();
    this.scaleY = y;
  }

  #drawOverlay(overlays, x, y) {
    const { plot, palette } = this;
    const { context } = plot;
    context.globalAlpha = 0.45;
    drawAreas(plot, this.overlay.times, overlays, x, y, () => palette.accent);
    context.globalAlpha = 1;
    drawLines(plot, this.overlay.times, overlays, x, y, () => palette.accent);
  }

  #drawInterval(x) {
    const interval = this.dragged ?? this.view.range('interval');
    if (!interval) return;
    const { plot, palette } = this;
    const left = x.pixel(interval.begin);
    const right = x.pixel(interval.end);
    plot.context.fillStyle = palette.selection;
    plot.context.fillRect(left, plot.top, right - left, plot.bottom - plot.top);
    plot.context.fillStyle = palette.accent;
    plot.context.fillRect(Math.round(left), plot.top, 1, plot.bottom - plot.top);
    plot.context.fillRect(Math.round(right), plot.top, 1, plot.bottom - plot.top);
  }

  #select(begin, end, isOver) {
    this.dragged = { begin: Math.max(0, Math.floor(begin)), end: Math.min(this.duration, Math.ceil(end)) };
    if (isOver) {
      const interval = this.dragged;
      this.dragged = null;
      if (interval.end > interval.begin) this.view.set({ interval });
    }
    this.draw();
  }

  #zoom(factor, time) {
    const { begin, end } = this.range;
    const window = {
      begin: Math.max(0, time - (time - begin) * factor),
      end: Math.min(this.duration, time + (end - time) * factor),
    };
    if (window.end - window.begin >= 1000) this.view.set({ window }, { quiet: true });
  }

  #hover(x, y) {
    const lines = x === null || x < this.plot.left ? null : this.#linesAt(this.#timeScale().value(x));
    if (!lines) return this.tooltip.hide();
    const box = this.canvas.getBoundingClientRect();
    this.tooltip.show(box.left + x, box.top + y, lines);
  }

  /** The same for those who move by keys. */
  #cursorMoved() {
    const { time } = this.keys;
    const { begin, end } = this.range;
    const lines = this.#linesAt(time) ?? [relativeText(time, 1e5)];
    this.canvas.setAttribute('aria-valuenow', (((time - begin) / (end - begin)) * 100).toFixed(1));
    this.canvas.setAttribute('aria-valuetext', lines.join(', '));
    this.draw();
    const box = this.canvas.getBoundingClientRect();
    this.tooltip.show(box.left + this.#timeScale().pixel(time), box.top + this.plot.top, lines);
  }

  /** What there was at a time, in a few lines; null for nothing. */
  #linesAt(time) {
    const { answer } = this;
    const at = answer?.times.findLastIndex((begin) => begin <= time) ?? -1;
    if (at < 0) return null;
    const values = answer.series
      .map((one) => [one.name, one.values[at]])
      .filter(([, value]) => value)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 8)
      .map(([name, value]) => `${name}: ${axisText(value, answer.unit)}`);
    const own = (this.overlay?.series ?? []).map((one) => `● ${one.name}: ${axisText(one.values[at] ?? 0, answer.unit)}`);
    return [relativeText(answer.times[at], 1e5), ...own, ...values];
  }
}
