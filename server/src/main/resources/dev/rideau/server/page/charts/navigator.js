import { make } from '../core/dom.js';
import { durationText } from '../core/numbers.js';
import { relativeText } from '../core/times.js';
import { PlotCanvas, Scale } from './plot.js';
import { unionOfLosses } from '../timeline/marks.js';

/** Parts of the whole recording. */
const BINS = 400;

/** Pixels within which an edge of the window is taken hold of. */
const GRIP = 6;

/**
 * The whole recording in a small strip: how busy it was, what is in sight, what is selected, where
 * something was found. The window can be dragged, its edges too; elsewhere dragging selects what to see.
 */
export class Navigator {
  #usage = null;
  #drag = null;

  constructor({ server, view, trace, marks, palette, failed, progress }) {
    Object.assign(this, { server, view, trace, marks, palette, failed, isPartial: progress !== null });
    this.canvas = make('canvas', {
      tabindex: 0,
      role: 'slider',
      'aria-label': 'Window in the recording; left and right move it, plus and minus change its length',
      'aria-valuemin': 0,
      'aria-valuemax': 100,
    });
    this.element = make('div', { class: 'navigator' }, this.canvas);
    this.plot = new PlotCanvas(this.canvas, () => this.draw());
    this.#listen();
    view.onChange(['window', 'interval', 'markers'], () => this.draw());
    this.#load();
  }

  async #load() {
    try {
      if (this.isPartial) {
        await this.#loadDensity();
        return this.draw();
      }
      const answer = await this.server.chart('cpu-over-time', { host: '', begin: 0, end: this.trace.duration, bins: BINS });
      const count = Math.max(1, answer.series.length);
      this.#usage = answer.times.map((time, at) => [
        time,
        answer.series.reduce((sum, one) => sum + (one.values[at] ?? 0), 0) / count,
      ]);
      if (answer.series.length === 0) await this.#loadDensity();
      this.draw();
    } catch (error) {
      this.failed(error);
    }
  }

  /** How many records there are when, where the use of CPUs is not known. */
  async #loadDensity() {
    const { begin, width, counts } = await this.server.density();
    const bins = new Array(BINS).fill(0);
    counts.forEach((count, at) => {
      const bin = Math.floor(((begin + (at + 0.5) * width) / this.trace.duration) * BINS);
      if (bin >= 0 && bin < BINS) bins[bin] += count;
    });
    const most = Math.max(1, ...bins);
    this.#usage = bins.map((count, bin) => [(bin * this.trace.duration) / BINS, count === 0 ? 0 : Math.max(4, (count / most) * 100)]);
  }

  reload() {
    this.#load();
  }

  get window() {
    const range = this.view.range('window') ?? { begin: 0, end: this.trace.duration };
    const { duration } = this.trace;
    // An address may name times that the recording does not have.
    return range.begin >= duration || range.end <= 0
      ? { begin: 0, end: duration }
      : { begin: Math.max(0, range.begin), end: Math.min(duration, range.end) };
  }

  #scale() {
    return new Scale(0, this.trace.duration, 0, this.plot.width);
  }

  recolor(palette) {
    this.palette = palette;
    this.draw();
  }

  draw() {
    const { plot, palette } = this;
    const { context, width, height } = plot;
    if (width === 0) return;
    plot.clear(palette);
    const x = this.#scale();
    context.fillStyle = palette.navigator;
    const usage = this.#usage ?? [];
    const step = usage.length > 1 ? width / usage.length : width;
    usage.forEach(([time, value]) => {
      const tall = (Math.min(value, 100) / 100) * (height - 6);
      context.fillRect(x.pixel(time), height - tall, Math.max(1, step), tall);
    });
    this.#drawLosses(context, x, height);
    for (const mark of this.marks) if (mark.kind !== 'loss') this.#drawMark(context, x, mark);
    const interval = this.view.range('interval');
    if (interval) {
      context.fillStyle = palette.selection;
      context.fillRect(x.pixel(interval.begin), 0, Math.max(1, x.pixel(interval.end) - x.pixel(interval.begin)), height);
    }
    this.#drawWindow(context, x, height);
  }

  /** What was recorded in spite of losses is worth seeing: a band only. */
  #drawLosses(context, x, height) {
    context.fillStyle = this.palette.loss;
    for (const { begin, end } of unionOfLosses(this.marks)) {
      const left = x.pixel(begin);
      context.fillRect(left, height - 4, Math.max(2, x.pixel(end) - left), 4);
    }
  }

  #drawMark(context, x, mark) {
    const left = x.pixel(mark.begin);
    context.fillStyle = mark.severity >= 2 ? this.palette.warning : this.palette.quiet;
    context.fillRect(left, 0, Math.max(2, x.pixel(mark.end) - left), 3);
  }

  #drawWindow(context, x, height) {
    const { palette } = this;
    const { begin, end } = this.window;
    const left = x.pixel(begin);
    const right = Math.max(x.pixel(end), left + 2);
    context.fillStyle = palette.veil;
    context.fillRect(0, 0, left, height);
    context.fillRect(right, 0, this.plot.width - right, height);
    context.strokeStyle = palette.accent;
    context.lineWidth = 1.5;
    context.strokeRect(left + 0.75, 0.75, Math.max(0, right - left - 1.5), height - 1.5);
    const share = ((begin + end) / 2 / this.trace.duration) * 100;
    this.canvas.setAttribute('aria-valuenow', share.toFixed(1));
    this.canvas.setAttribute('aria-valuetext', `${relativeText(begin, 1e6)} to ${relativeText(end, 1e6)}, ${durationText(end - begin)}`);
  }

  #listen() {
    const at = (event) => event.clientX - this.canvas.getBoundingClientRect().left;
    this.canvas.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      this.canvas.setPointerCapture(event.pointerId);
      const x = at(event);
      const scale = this.#scale();
      const { begin, end } = this.window;
      const [left, right] = [scale.pixel(begin), scale.pixel(end)];
      const isWhole = end - begin >= this.trace.duration * 0.99;
      let way = 'new';
      if (!isWhole && Math.abs(x - left) < GRIP) way = 'begin';
      else if (!isWhole && Math.abs(x - right) < GRIP) way = 'end';
      else if (!isWhole && x > left && x < right) way = 'move';
      this.#drag = { way, x, begin, end };
    });
    this.canvas.addEventListener('pointermove', (event) => {
      const x = at(event);
      if (!this.#drag) return this.#showGrip(x);
      this.#dragTo(x);
    });
    this.canvas.addEventListener('pointerup', (event) => {
      const drag = this.#drag;
      this.#drag = null;
      if (drag && Math.abs(at(event) - drag.x) < 3) this.#center(this.#scale().value(drag.x));
    });
    this.canvas.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.#zoom(Math.exp(Math.max(-240, Math.min(event.deltaY, 240)) * 0.0025), this.#scale().value(at(event)));
    }, { passive: false });
    this.canvas.addEventListener('keydown', (event) => {
      const { begin, end } = this.window;
      const length = end - begin;
      const moves = { ArrowLeft: -0.2, ArrowRight: 0.2, PageUp: 1, PageDown: -1 };
      if (event.key in moves) this.#set(begin + moves[event.key] * length, end + moves[event.key] * length);
      else if (event.key === '+') this.#zoom(0.7, (begin + end) / 2);
      else if (event.key === '-') this.#zoom(1.4, (begin + end) / 2);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  #showGrip(x) {
    const scale = this.#scale();
    const { begin, end } = this.window;
    const isEdge = Math.abs(x - scale.pixel(begin)) < GRIP || Math.abs(x - scale.pixel(end)) < GRIP;
    this.canvas.style.cursor = isEdge ? 'ew-resize' : x > scale.pixel(begin) && x < scale.pixel(end) ? 'grab' : 'crosshair';
  }

  #dragTo(x) {
    const { way, x: start, begin, end } = this.#drag;
    const scale = this.#scale();
    const moved = scale.value(x) - scale.value(start);
    if (way === 'move') this.#set(begin + moved, end + moved);
    else if (way === 'begin') this.#set(Math.min(begin + moved, end - 1000), end, true);
    else if (way === 'end') this.#set(begin, Math.max(end + moved, begin + 1000), true);
    else if (Math.abs(x - start) >= 3) {
      const [from, to] = [scale.value(start), scale.value(x)].sort((a, b) => a - b);
      this.#set(from, to, true);
    }
  }

  #center(time) {
    const { begin, end } = this.window;
    this.#set(time - (end - begin) / 2, time + (end - begin) / 2);
  }

  #zoom(factor, time) {
    const { begin, end } = this.window;
    this.#set(time - (time - begin) * factor, time + (end - time) * factor, true);
  }

  /** Keeps the length unless edges are meant. */
  #set(begin, end, edges = false) {
    const { duration } = this.trace;
    let [from, to] = [begin, end];
    if (!edges && from < 0) [from, to] = [0, to - from];
    if (!edges && to > duration) [from, to] = [from - (to - duration), duration];
    this.view.set({ window: { begin: Math.max(0, from), end: Math.min(duration, Math.max(to, from + 100)) } }, { quiet: true });
  }
}
