/** Nanoseconds at the closest zoom: a pixel is a tenth of one. */
const CLOSEST = 0.1;

/** Which times are seen at which pixels. Times are relative nanoseconds, pixels those of the style sheet. */
export class Viewport {
  begin = 0;
  nsPerPixel = 1;
  width = 1;

  constructor(spanNs) {
    this.spanNs = Math.max(spanNs, 1);
  }

  get end() {
    return this.begin + this.width * this.nsPerPixel;
  }

  x(time) {
    return (time - this.begin) / this.nsPerPixel;
  }

  time(x) {
    return this.begin + x * this.nsPerPixel;
  }

  resize(width) {
    if (width <= 0 || width === this.width) return;
    const end = this.end;
    this.width = width;
    this.show(this.begin, end);
  }

  /** Shows [begin, end), as far as the recording goes. */
  show(begin, end) {
    this.nsPerPixel = this.#bounded((end - begin) / this.width);
    this.begin = begin;
    this.#keepInside();
  }

  zoom(factor, x) {
    const time = this.time(x);
    this.nsPerPixel = this.#bounded(this.nsPerPixel * factor);
    this.begin = time - x * this.nsPerPixel;
    this.#keepInside();
  }

  pan(pixels) {
    this.begin += pixels * this.nsPerPixel;
    this.#keepInside();
  }

  /** A margin at both sides, so that the first and the last event are not at the edge. */
  #keepInside() {
    const visible = this.width * this.nsPerPixel;
    const margin = visible * 0.04;
    const last = this.spanNs + margin - visible;
    this.begin = Math.max(-margin, Math.min(this.begin, Math.max(last, -margin)));
  }

  #bounded(nsPerPixel) {
    const farthest = (this.spanNs * 1.08) / this.width;
    return Math.min(Math.max(nsPerPixel, CLOSEST), Math.max(farthest, CLOSEST));
  }
}
