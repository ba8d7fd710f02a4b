/**
 * Keys in a table that keeps the focus as a whole: up and down choose a row, left and right a link in it, Enter
 * follows the link or, where none is chosen, chooses the row. Rows may be drawn anew at any time.
 */
export class GridKeys {
  /** Chosen row; -1 for none. */
  #row = -1;
  /** Chosen link of the row; -1 for the row itself. */
  #link = -1;

  /** @param rows {count(), pageRows(), line(at): the drawn row or null, moved(at): brings it into sight} */
  constructor(element, rows) {
    this.element = element;
    this.rows = rows;
    element.addEventListener('keydown', (event) => event.target === element && this.#key(event));
    element.addEventListener('focus', () => {
      if (this.#row < 0 && rows.count() > 0) this.#row = 0;
      this.mark();
    });
    element.addEventListener('blur', () => this.mark());
  }

  /** Other rows are there by now. */
  forget() {
    this.#row = this.#link = -1;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = this.rows.pageRows();
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in moves) this.#move(moves[event.key]);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') this.#chooseLink(event.key === 'ArrowRight' ? 1 : -1);
    else if (event.key === 'Enter' || event.key === ' ') this.#act();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(by) {
    const last = this.rows.count() - 1;
    if (last < 0) return;
    this.#row = Math.min(Math.max(0, this.#row + by), last);
    this.rows.moved(this.#row);
  }

  #links() {
    return [...(this.rows.line(this.#row)?.querySelectorAll('.cell-link') ?? [])];
  }

  #chooseLink(way) {
    this.#link = Math.min(Math.max(-1, this.#link + way), this.#links().length - 1);
    this.mark();
  }

  #act() {
    const links = this.#links();
    (links[this.#link] ?? this.rows.line(this.#row))?.click();
  }

  /** Shows what is chosen, after rows were drawn. */
  mark() {
    for (const old of this.element.querySelectorAll('.is-current')) old.classList.remove('is-current');
    const line = this.rows.line(this.#row);
    if (!line || document.activeElement !== this.element) return;
    (this.#links()[this.#link] ?? line).classList.add('is-current');
    this.element.setAttribute('aria-activedescendant', line.id);
  }
}
