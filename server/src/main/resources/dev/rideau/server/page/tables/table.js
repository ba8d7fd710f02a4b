import { fill, make } from '../core/dom.js';
import { countText, exactText, isNumeric, sortKeys, valueText } from '../core/numbers.js';
import { relativeText } from '../core/times.js';
import { GridKeys } from './grid-keys.js';

/** Must be that of the style sheet. */
export const LINE_HEIGHT = 26;

/** Rows drawn beyond what is in sight. */
const SPARE = 12;

/** Tables so far, for names of their rows. */
let made = 0;

/**
 * A table that is sorted by its headings and draws the rows in sight only, so that a hundred thousand
 * of them scroll as ten do. It takes the focus as a whole; arrows choose rows, and links in them.
 *
 * @param kept {view, name}: where the address says how it is sorted; null for nowhere
 * @param onTime what a time in a cell leads to; null for none
 * @param onId (name, value, host): what a tid or pid in a cell leads to; host is the name of the machine where rows
 *   tell it, else null; null for none
 * @param onRow what choosing a row does; null for none
 */
export class Table {
  #order = [];
  #sort = null;
  #id = `table-${++made}`;

  constructor({ label, kept = null, onTime = null, onId = null, onRow = null, isChosen = null }) {
    Object.assign(this, { kept, onTime, onId, onRow, isChosen });
    this.head = make('thead');
    this.body = make('tbody');
    this.table = make('table', { role: 'grid', tabindex: 0, 'aria-label': label }, this.head, this.body);
    this.element = make('div', { class: 'table-scroller' }, this.table);
    /** Says how the rows are sorted, where they are. */
    this.note = make('span', { class: 'quiet-text sort-note', 'aria-live': 'polite' });
    this.keys = new GridKeys(this.table, {
      count: () => this.#order.length,
      pageRows: () => Math.max(1, Math.floor(this.element.clientHeight / LINE_HEIGHT) - 2),
      line: (at) => this.#drawnLine(at),
      moved: (at) => this.#bringIntoSight(at),
    });
    this.element.addEventListener('scroll', () => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(this.element);
    this.columns = [];
    this.rows = [];
    this.element.hidden = true;
    kept?.view.onChange([kept.name], () => this.#sortAgain());
  }

  /** @param columns of the form {name, unit, text} */
  show(columns, rows) {
    const isSame = columns.map((one) => one.name).join() === this.columns.map((one) => one.name).join();
    if (!isSame) this.#sort = null;
    this.columns = columns;
    this.rows = rows;
    this.element.hidden = columns.length === 0;
    this.table.setAttribute('aria-rowcount', rows.length + 1);
    this.keys.forget();
    this.#sortAgain();
  }

  #sortAgain() {
    if (this.kept) this.#sort = this.#keptSort();
    this.#sortRows();
    this.#drawHead();
    this.#draw();
  }

  /** As the address says, if there is such a column: "usage.down". */
  #keptSort() {
    const parts = /^(.*)\.(down|up)$/s.exec(this.kept.view.value(this.kept.name));
    const column = parts ? this.columns.findIndex((one) => one.name === parts[1]) : -1;
    return column < 0 ? null : { column, isDown: parts[2] === 'down' };
  }

  #sortRows() {
    this.#order = this.rows.map((_, index) => index);
    this.#say();
    if (!this.#sort) return;
    const { column, isDown } = this.#sort;
    const way = isDown ? -1 : 1;
    const cells = this.rows.map((row) => row[column]);
    const keys = isNumeric(this.columns[column].unit) ? sortKeys(cells) : cells;
    this.#order.sort((a, b) => {
      const [left, right] = [keys[a], keys[b]];
      // What is not known comes last, whichever way.
      if (left === null || right === null) return left === right ? a - b : left === null ? 1 : -1;
      if (left < right) return -way;
      return left > right ? way : a - b;
    });
  }

  /** Whoever sorts sorts what is shown, which may not be all there is. */
  #say() {
    const { length } = this.rows;
    const isSorted = this.#sort !== null && length > 1;
    this.note.textContent = isSorted ? `the ${countText(length)} rows shown are sorted by ${titleOf(this.columns[this.#sort.column])}` : '';
    this.note.hidden = !isSorted;
  }

  #drawHead() {
    fill(
      this.head,
      make(
        'tr',
        {},
        this.columns.map((column, index) => {
          const isSorted = this.#sort?.column === index;
          const state = !isSorted ? 'none' : this.#sort.isDown ? 'descending' : 'ascending';
          return make(
            'th',
            { scope: 'col', 'aria-sort': state, class: isNumeric(column.unit) ? 'number' : '', title: column.text },
            make(
              'button',
              { onclick: () => this.#sortBy(index) },
              titleOf(column),
              make('span', { class: 'sort-sign', 'aria-hidden': 'true' }, !isSorted ? '' : this.#sort.isDown ? ' ▾' : ' ▴'),
            ),
          );
        }),
      ),
    );
  }

  #sortBy(column) {
    const first = isNumeric(this.columns[column].unit);
    const isDown = this.#sort?.column === column ? !this.#sort.isDown : first;
    this.#sort = { column, isDown };
    if (this.kept) this.kept.view.set({ [this.kept.name]: `${this.columns[column].name}.${isDown ? 'down' : 'up'}` });
    else this.#sortAgain();
    // The heading was made anew.
    this.head.querySelectorAll('button')[column]?.focus();
  }

  #draw() {
    const { scrollTop, clientHeight } = this.element;
    const count = this.#order.length;
    const first = Math.max(0, Math.floor(scrollTop / LINE_HEIGHT) - SPARE);
    const last = Math.min(count, Math.ceil((scrollTop + clientHeight) / LINE_HEIGHT) + SPARE);
    const parts = [spacer(first * LINE_HEIGHT, this.columns.length)];
    for (let at = first; at < last; at++) parts.push(this.#line(at));
    parts.push(spacer((count - last) * LINE_HEIGHT, this.columns.length));
    fill(this.body, parts);
    this.keys.mark();
  }

  #drawnLine(at) {
    return this.body.querySelector(`tr[aria-rowindex="${at + 2}"]`);
  }

  #bringIntoSight(at) {
    const room = this.element.clientHeight - this.head.offsetHeight - LINE_HEIGHT;
    const top = at * LINE_HEIGHT;
    const { scrollTop } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top > scrollTop + room) this.element.scrollTop = top - Math.max(0, room);
    this.#draw();
  }

  #line(at) {
    const index = this.#order[at];
    const row = this.rows[index];
    const line = make(
      'tr',
      { id: `${this.#id}-${at}`, 'aria-rowindex': at + 2, class: this.isChosen?.(row) ? 'is-chosen' : at % 2 === 1 ? 'is-odd' : '' },
      row.map((value, column) => this.#cell(value, this.columns[column], row)),
    );
    if (this.onRow) {
      line.classList.add('is-choice');
      line.setAttribute('aria-selected', String(Boolean(this.isChosen?.(row))));
      line.addEventListener('click', () => this.onRow(row));
    }
    return line;
  }

  /** Name of the machine of a row, as reports about several have it in front; else null. */
  hostOf(row) {
    const [first] = this.columns;
    return first?.name === 'host' && first.unit === 'text' ? row[0] : null;
  }

  #cell(value, column, row) {
    const { unit, name } = column;
    const cell = make('td', { class: isNumeric(unit) ? 'number' : '' });
    if (unit === 'time' && typeof value === 'string') {
      // Too far from the recording to be one of its times.
      cell.textContent = countText(value);
    } else if (unit === 'time' && value !== null && this.onTime) {
      cell.append(this.#link(relativeText(value), () => this.onTime(value)));
    } else if (this.onId && value !== null && /(^|_)(tid|pid|utid)$/.test(name)) {
      cell.append(this.#link(String(value), () => this.onId(name, value, this.hostOf(row))));
    } else if (unit === 'time' && value !== null) {
      cell.textContent = relativeText(value);
    } else {
      const text = valueText(value, unit);
      cell.textContent = text;
      cell.title = text.length > 60 ? text : exactText(value, unit);
      if (unit === '%') addBar(cell, Number(value));
    }
    return cell;
  }

  /** A link in a cell; keys reach it by arrows, so that a table is one step for Tab. */
  #link(text, action) {
    return make(
      'button',
      {
        class: 'cell-link',
        tabindex: -1,
        onclick: (event) => {
          event.stopPropagation();
          action();
        },
      },
      text,
    );
  }

  redraw() {
    this.#draw();
  }
}

/** What a column is called: names of reports have words, those of statements stay as written. */
function titleOf(column) {
  return column.isWritten ? column.name : column.name.replaceAll('_', ' ');
}

/** A share is seen at a glance. */
function addBar(cell, value) {
  const bar = make('span', { class: 'share', 'aria-hidden': 'true' });
  bar.style.width = `${Math.min(100, Math.max(0, value))}%`;
  cell.append(bar);
}

function spacer(height, columns) {
  const cell = make('td', { colspan: Math.max(1, columns) });
  cell.style.height = `${height}px`;
  const line = make('tr', { class: 'spacer', 'aria-hidden': 'true' }, cell);
  if (height === 0) line.hidden = true;
  return line;
}
