/** Pixels that the corner of a box moves at a time. */
const STEP = 12;

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Keys on dots: arrows go to the next dot in time, or the next shorter or longer one; with Shift they drag
 * a box from the chosen dot.
 */
export class DotKeys {
  /** Chosen dot: its place in the points of the answer; -1 for none. */
  chosen = -1;
  /** Corners of the box: {from, to}, each {x, y}; null for none. */
  #box = null;

  /** @param plot of {points(): four numbers a dot, place(at): its pixels, inside(place): the nearest within the plot, draw(), tell(at), show(at), drag(box, isOver), giveUp(), left()} */
  constructor(canvas, plot) {
    this.plot = plot;
    canvas.tabIndex = 0;
    canvas.addEventListener('keydown', (event) => this.#key(event));
    canvas.addEventListener('keyup', (event) => event.key === 'Shift' && this.#finish());
    canvas.addEventListener('blur', () => {
      this.#finish();
      plot.left();
    });
  }

  /** Other dots are there by now. */
  forget() {
    this.chosen = -1;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = WAYS[event.key];
    if (way && event.shiftKey) this.#drag(...way);
    else if (way) this.#choose(...way);
    else if ((event.key === 'Enter' || event.key === ' ') && this.chosen >= 0) this.plot.show(this.chosen);
    else if (event.key === 'Escape') this.plot.giveUp();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(across, up) {
    const points = this.plot.points();
    if (points.length === 0) return;
    // Times are the first, latencies the second of four numbers.
    const part = across !== 0 ? 0 : 1;
    const sign = across - up;
    const isAfter = (a, b) => (points[a + part] - points[b + part] || a - b) * sign > 0;
    let next = -1;
    for (let at = 0; at < points.length; at += 4) {
      if (this.chosen >= 0 && !isAfter(at, this.chosen)) continue;
      if (next < 0 || isAfter(next, at)) next = at;
    }
    if (next >= 0) this.chosen = next;
    this.plot.draw();
    this.plot.tell(this.chosen);
  }

  #drag(across, up) {
    const from = this.#box?.from ?? this.plot.place(this.chosen);
    const to = this.#box?.to ?? from;
    const moved = this.plot.inside({ x: to.x + across * STEP, y: to.y + up * STEP });
    this.#box = { from, to: moved };
    this.plot.drag(this.#box, false);
  }

  #finish() {
    const box = this.#box;
    this.#box = null;
    if (box) this.plot.drag(box, true);
  }
}

/** Keys on bars that stand on top of each other: arrows choose one, with Shift several. */
export class BarKeys {
  /** Chosen bar; -1 for none. */
  chosen = -1;
  #anchor = -1;
  #isSelecting = false;

  /** @param plot of {bars(): from the lowest up, select(low, high), draw(), tell(bar), giveUp(), left()} */
  constructor(canvas, plot) {
    this.plot = plot;
    canvas.tabIndex = 0;
    canvas.addEventListener('keydown', (event) => this.#key(event));
    canvas.addEventListener('keyup', (event) => event.key === 'Shift' && this.#finish());
    canvas.addEventListener('blur', () => {
      this.#finish();
      this.chosen = this.#anchor = -1;
      plot.left();
    });
  }

  /** Lowest and highest of the chosen bars. */
  get range() {
    const anchor = this.#anchor < 0 ? this.chosen : this.#anchor;
    return [Math.min(anchor, this.chosen), Math.max(anchor, this.chosen)];
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (way) this.#move(way, event.shiftKey);
    else if ((event.key === 'Enter' || event.key === ' ') && this.chosen >= 0) this.plot.select(...this.range);
    else if (event.key === 'Escape') this.plot.giveUp();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(way, isSelecting) {
    const last = this.plot.bars().length - 1;
    if (last < 0) return;
    const first = way > 0 ? 0 : last;
    if (!isSelecting) this.#anchor = -1;
    else if (this.#anchor < 0) this.#anchor = this.chosen < 0 ? first : this.chosen;
    this.#isSelecting = isSelecting;
    this.chosen = this.chosen < 0 ? first : Math.min(Math.max(0, this.chosen + way), last);
    this.plot.draw();
    this.plot.tell(this.plot.bars()[this.chosen]);
  }

  #finish() {
    if (!this.#isSelecting) return;
    this.#isSelecting = false;
    this.plot.select(...this.range);
  }
}
