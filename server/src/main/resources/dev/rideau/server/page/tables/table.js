import { fill, make } from '../core/dom.js';
import { countText, exactText, isNumeric, sortKey, valueText } from '../core/numbers.js';
import { relativeText } from '../core/times.js';

/** Must be that of the style sheet. */
export const LINE_HEIGHT = 26;

/** Rows drawn beyond what is in sight. */
const SPARE = 12;

/**
 * A table that is sorted by its headings and draws the rows in sight only, so that a hundred thousand
 * of them scroll as ten do.
 *
 * @param onTime what a time in a cell leads to; null for none
 * @param onId (name, value, host): what a tid or pid in a cell leads to; host is the name of the machine where rows
 *   tell it, else null; null for none
 * @param onRow what choosing a row does; null for none
 */
export class Table {
  #order = [];
  #sort = null;

  constructor({ label, onTime = null, onId = null, onRow = null, isChosen = null }) {
    Object.assign(this, { onTime, onId, onRow, isChosen });
    this.head = make('thead');
    this.body = make('tbody');
    this.table = make('table', { 'aria-label': label }, this.head, this.body);
    this.element = make('div', { class: 'table-scroller', tabindex: 0, role: 'region', 'aria-label': label }, this.table);
    this.element.addEventListener('scroll', () => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(this.element);
    this.columns = [];
    this.rows = [];
    this.element.hidden = true;
  }

  /** @param columns of the form {name, unit, text} */
  show(columns, rows) {
    const isSame = columns.map((one) => one.name).join() === this.columns.map((one) => one.name).join();
    if (!isSame) this.#sort = null;
    this.columns = columns;
    this.rows = rows;
    this.element.hidden = columns.length === 0;
    this.table.setAttribute('aria-rowcount', rows.length + 1);
    this.#sortRows();
    this.#drawHead();
    this.#draw();
  }

  #sortRows() {
    this.#order = this.rows.map((_, index) => index);
    if (!this.#sort) return;
    const { column, isDown } = this.#sort;
    const way = isDown ? -1 : 1;
    const numeric = isNumeric(this.columns[column].unit);
    const keys = this.rows.map((row) => (numeric && row[column] !== null ? sortKey(row[column]) : row[column]));
    this.#order.sort((a, b) => {
      const [left, right] = [keys[a], keys[b]];
      // What is not known comes last, whichever way.
      if (left === null || right === null) return left === right ? a - b : left === null ? 1 : -1;
      if (left < right) return -way;
      return left > right ? way : a - b;
    });
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
              column.text === undefined ? column.name : column.name.replaceAll('_', ' '),
              make('span', { class: 'sort-sign', 'aria-hidden': 'true' }, !isSorted ? '' : this.#sort.isDown ? ' ▾' : ' ▴'),
            ),
          );
        }),
      ),
    );
  }

  #sortBy(column) {
    const first = isNumeric(this.columns[column].unit);
    this.#sort =
      this.#sort?.column === column ? { column, isDown: !this.#sort.isDown } : { column, isDown: first };
    this.#sortRows();
    this.#drawHead();
    this.#draw();
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
  }

  #line(at) {
    const index = this.#order[at];
    const row = this.rows[index];
    const line = make(
      'tr',
      { 'aria-rowindex': at + 2, class: this.isChosen?.(row) ? 'is-chosen' : at % 2 === 1 ? 'is-odd' : '' },
      row.map((value, column) => this.#cell(value, this.columns[column], row)),
    );
    if (this.onRow) {
      line.tabIndex = 0;
      line.setAttribute('aria-selected', String(Boolean(this.isChosen?.(row))));
      line.addEventListener('click', () => this.onRow(row));
      line.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          this.onRow(row);
        } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault();
          (event.key === 'ArrowDown' ? line.nextElementSibling : line.previousElementSibling)?.focus();
        }
      });
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

  #link(text, action) {
    return make(
      'button',
      {
        class: 'cell-link',
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
