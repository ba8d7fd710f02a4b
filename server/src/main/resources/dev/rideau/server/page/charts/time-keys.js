/** Parts of the time that a page is. */
const PAGE = 10;

/**
 * Keys on what has time from left to right: arrows move a cursor, with Shift they select from where it was.
 * The selection is told when Shift is let go.
 */
export class TimeKeys {
  /** Where the cursor is; null as long as no key was pressed. */
  time = null;
  /** Where a selection began; null for none. */
  #anchor = null;
  #isSelecting = false;

  /**
   * @param about {range(), step(): length of a part, select(begin, end, isOver), zoom(factor, time), moved(),
   *   left(), giveUp()}
   */
  constructor(canvas, about) {
    this.about = about;
    canvas.tabIndex = 0;
    canvas.addEventListener('keydown', (event) => this.#key(event));
    canvas.addEventListener('keyup', (event) => event.key === 'Shift' && this.#finish());
    canvas.addEventListener('blur', () => {
      this.#finish();
      this.time = this.#anchor = null;
      about.left();
    });
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { begin, end } = this.about.range();
    const from = Math.min(Math.max(this.time ?? (begin + end) / 2, begin), end);
    const step = this.about.step();
    const wanted = {
      ArrowLeft: from - step,
      ArrowRight: from + step,
      PageUp: from - PAGE * step,
      PageDown: from + PAGE * step,
      Home: begin,
      End: end,
    }[event.key];
    if (wanted !== undefined) this.#moveTo(from, Math.min(Math.max(wanted, begin), end), event.shiftKey);
    else if (event.key === '+' || event.key === '=') this.about.zoom(0.7, from);
    else if (event.key === '-') this.about.zoom(1.4, from);
    else if (event.key === 'Escape') this.about.giveUp();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #moveTo(from, to, isSelecting) {
    this.time = to;
    if (isSelecting) {
      this.#anchor ??= from;
      this.#isSelecting = true;
      this.#tell(false);
    } else {
      this.#anchor = null;
    }
    this.about.moved();
  }

  #tell(isOver) {
    this.about.select(Math.min(this.#anchor, this.time), Math.max(this.#anchor, this.time), isOver);
  }

  #finish() {
    if (!this.#isSelecting) return;
    this.#isSelecting = false;
    this.#tell(true);
  }
}
