import { later } from '../core/dom.js';
import { Motion } from './motion.js';

/** Moves and zooms what is in sight, and keeps it in the address. */
export class Moving {
  constructor(timeline) {
    this.timeline = timeline;
    this.viewport = timeline.viewport;
    this.motion = new Motion(timeline.viewport);
    this.keepSoon = later(() => {
      const { begin, end } = this.viewport;
      timeline.view.set({ window: { begin, end } }, { quiet: true });
    }, 250);
  }

  /** Takes what the address says. */
  read() {
    const { view, trace } = this.timeline;
    const range = view.range('window') ?? { begin: 0, end: trace.duration };
    const { begin, end } = this.viewport;
    if (Math.round(begin) === range.begin && Math.round(end) === range.end) return;
    this.motion.stop();
    this.viewport.show(range.begin, range.end);
  }

  /** Moves on by so many seconds; returns whether it goes on. */
  step(seconds) {
    const before = this.viewport.begin + this.viewport.nsPerPixel;
    this.motion.zoomX = this.#zoomPixel();
    const moves = this.motion.step(seconds);
    if (before !== this.viewport.begin + this.viewport.nsPerPixel) this.#moved();
    return moves;
  }

  /** Where keys zoom: at the pointer, else at what is selected, else in the middle. */
  #zoomPixel() {
    const { hoverX, thing } = this.timeline.scene;
    if (hoverX !== null) return hoverX;
    const x = thing ? this.viewport.x(thing.ts) : -1;
    return x >= 0 && x <= this.viewport.width ? x : this.viewport.width / 2;
  }

  #moved() {
    this.keepSoon();
    this.timeline.links.askSoon();
  }

  zoomBy(factor, x = this.viewport.width / 2) {
    this.motion.stop();
    this.viewport.zoom(factor, x);
    this.#moved();
    this.timeline.redraw();
  }

  panBy(pixels) {
    this.motion.stop();
    this.viewport.pan(pixels);
    this.#moved();
    this.timeline.redraw();
  }

  hold(key, pan, zoom) {
    this.motion.hold(key, pan, zoom);
    if (pan !== 0) this.timeline.scene.hasMovedSince = true;
    this.timeline.redraw();
  }

  release(key) {
    this.motion.release(key);
  }

  releaseAll() {
    this.motion.releaseAll();
  }

  /** Shows [begin, end) with a new entry of the history, so that the back button leads back. */
  goTo(begin, end) {
    const { timeline, viewport } = this;
    const { begin: from, end: to } = viewport;
    timeline.view.set({ window: { begin: from, end: to } }, { quiet: true });
    timeline.view.set({ window: { begin, end } });
    viewport.show(from, to);
    this.motion.glideTo(Math.round(begin), Math.round(end));
    if (!timeline.isShown) viewport.show(begin, end);
    timeline.redraw();
  }

  showAll() {
    this.goTo(0, this.timeline.trace.duration);
  }

  /** Zooms to what is selected, else to the interval. */
  showSelection() {
    const { thing, interval } = this.timeline.scene;
    const range = thing?.end !== undefined ? thing : interval;
    if (!range || range.end === undefined) return;
    const margin = Math.max(range.end - range.begin, 100) * 0.25;
    this.goTo(range.begin - margin, range.end + margin);
  }
}
