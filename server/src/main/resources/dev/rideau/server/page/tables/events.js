import { fill, later, make } from '../core/dom.js';
import { countText } from '../core/numbers.js';
import { momentText, parseTime, relativeText } from '../core/times.js';
import { isAborted, Latest } from '../core/server.js';
import { LINE_HEIGHT } from './table.js';

/** Records asked for at a time. */
const BLOCK = 200;

/** Blocks kept. */
const MOST_BLOCKS = 60;

/** Browsers lay out no more than this many pixels; more rows share them. */
const MOST_PIXELS = 8_000_000;

/** Event records: all of them by index, or with a filter those found so far. */
export class Events {
  #blocks = new Map();
  #asked = new Set();
  #first = 0;
  #found = null;
  /** Index of the record from which to look on for more, and before which; null where there is no more. */
  #next = null;
  #before = null;
  #request = new Latest();
  #totalRequest = new Latest();
  #chosen = -1;
  #ignoresScroll = false;

  constructor(element, { server, view, trace, palette, failed, showTime, announce, progress }) {
    this.hosts = trace.hosts.length > 1 ? trace.hosts : null;
    Object.assign(this, { element, server, view, trace, palette, failed, showTime, announce });
    // Counts of classes are facts; records are there without.
    this.isPartial = progress !== null;
    this.total = 0;
    this.pattern = make('input', {
      placeholder: 'Events: sched_*, -kmem_*',
      'aria-label': 'Names of events, with wildcards',
      list: 'event-classes',
    });
    this.condition = make('input', {
      class: 'wide',
      placeholder: 'Condition: prev_comm == "cpuburn1" && cpu_id == 2',
      'aria-label': 'Condition on fields',
    });
    const changed = later(() => view.set({ events: this.pattern.value.trim(), where: this.condition.value.trim() }), 350);
    this.pattern.addEventListener('input', changed);
    this.condition.addEventListener('input', changed);
    this.classes = make('datalist', { id: 'event-classes' });
    this.time = make('input', { placeholder: 'Go to time: 1.5 s', 'aria-label': 'Go to time', size: 14 });
    this.time.addEventListener('keydown', (event) => event.key === 'Enter' && this.#goToTyped());
    this.status = make('span', { class: 'quiet-text', 'aria-live': 'polite' });
    this.body = make('tbody');
    this.scroller = make(
      'div',
      { class: 'table-scroller events-table', tabindex: 0, role: 'region', 'aria-label': 'Event records' },
      (this.stage = make(
        'div',
        { class: 'events-stage' },
        (this.table = make(
          'table',
          { 'aria-label': 'Event records', class: this.hosts ? 'has-hosts' : '' },
          make('thead', {}, make('tr', {}, ['#', 'time', 'event', 'CPU', ...(this.hosts ? ['host'] : []), 'fields'].map(heading))),
          this.body,
        )),
      )),
      (this.spacer = make('div')),
    );
    const hint = make('p', { class: 'quiet-text' }, 'Choose a record, by click or with ↑ and ↓, to read all of it here.');
    this.detail = make('div', { class: 'event-detail', 'aria-live': 'polite' }, hint);
    element.append(
      make('div', { class: 'tools' }, this.pattern, this.condition, this.time, this.#follow(), this.#sorted(), this.status, this.classes),
      this.scroller,
      this.detail,
    );
    this.scroller.addEventListener('scroll', () => this.#scrolled());
    this.scroller.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.scroller.addEventListener('keydown', (event) => this.#key(event));
    new ResizeObserver(() => this.#layOut()).observe(this.scroller);
    view.onChange(['events', 'where'], () => this.isVisible && this.#restart());
    view.onChange(['at'], () => this.isVisible && this.#goToAddress());
  }

  #follow() {
    return make(
      'button',
      { title: 'Begin at the window of the timeline', onclick: () => this.goTo(Math.max(0, this.view.range('window')?.begin ?? 0)) },
      'At window',
    );
  }

  /** Sorting by something else than time has to read all records: a statement does. */
  #sorted() {
    return make(
      'button',
      { title: 'Records of these events as a statement, to be sorted and counted by anything', onclick: () => this.#toSql() },
      'Sort in SQL',
    );
  }

  #toSql() {
    const names = this.view.value('events');
    const isOne = names !== '' && !/[,']|^-/.test(names);
    const sql = `SELECT * FROM events('${isOne ? names : '*'}', begin_ts := getvariable('begin_ts'), end_ts := getvariable('end_ts'))\nORDER BY event, ts LIMIT 1000`;
    this.view.set({ tab: 'sql', sql, 'sort.sql': '' });
  }

  async show(isVisible) {
    this.isVisible = isVisible;
    if (!isVisible) return;
    this.pattern.value = this.view.value('events');
    this.condition.value = this.view.value('where');
    if (this.classes.childElementCount === 0 && !this.isPartial) {
      this.server
        .eventClasses()
        .then((classes) => fill(this.classes, classes.map((one) => make('option', { value: one.name }, countText(one.count)))))
        .catch(this.failed);
    }
    await this.#restart();
  }

  get isFiltered() {
    return this.view.value('events') !== '' || this.view.value('where') !== '';
  }

  get count() {
    return this.#found ? this.#found.length : this.total;
  }

  async #restart() {
    this.#blocks.clear();
    this.#asked.clear();
    this.#first = 0;
    this.scroller.scrollTop = 0;
    this.#found = this.isFiltered ? [] : null;
    this.#next = 0;
    this.#before = null;
    this.isFinding = false;
    try {
      const at = await this.server.eventAt(0, this.#totalRequest.start());
      this.total = at.total;
      this.#layOut();
      if (this.isFiltered && this.view.value('at') === '') await this.#findMore();
      if (this.view.value('at') !== '') await this.#goToAddress();
    } catch (error) {
      if (!isAborted(error)) this.#say(error);
    }
  }

  #say(error) {
    this.status.textContent = `${error.message}${error.advice ? ` ${error.advice}` : ''}`;
  }

  /** Asks on until there is enough for the eye; the server tells from where to go on. */
  #findMore() {
    return this.#find('next', (answer) => {
      this.#found.push(...answer.rows);
      this.#next = answer.next ?? null;
      return this.#next;
    });
  }

  /** The same for records before those that were found; what is in sight stays there. */
  #findBefore() {
    return this.#find('previous', (answer) => {
      this.#found.unshift(...answer.rows);
      this.#first += answer.rows.length;
      this.#before = answer.next ?? null;
      return this.#before;
    });
  }

  async #find(direction, take) {
    let from = direction === 'next' ? this.#next : this.#before;
    if (from === null || this.isFinding) return;
    this.isFinding = true;
    const found = this.#found;
    const signal = this.#request.start();
    try {
      const wanted = found.length + BLOCK;
      while (from !== null && found.length < wanted) {
        const filter = { where: this.view.value('where'), events: this.view.value('events') };
        const answer = await this.server.events({ from, count: BLOCK, direction, ...filter }, signal);
        if (found !== this.#found) return;
        from = take(answer);
        this.lookedAt = from;
        this.#layOut();
      }
    } catch (error) {
      if (!isAborted(error)) this.#say(error);
    } finally {
      if (found === this.#found) {
        this.isFinding = false;
        this.#layOut();
      }
    }
  }

  /** Shows what is found from a record on, or the last ones. */
  async #findFrom(index) {
    this.#request.stop();
    this.#found = [];
    this.isFinding = false;
    const isEnd = index >= this.total;
    this.#next = isEnd ? null : index;
    this.#before = index > 0 ? Math.min(index, this.total) : null;
    this.#first = 0;
    await (isEnd ? this.#findBefore() : this.#findMore());
    this.#moveTo(isEnd ? this.count : 0);
  }

  #layOut() {
    const height = Math.min(this.count * LINE_HEIGHT, MOST_PIXELS);
    this.viewHeight = this.scroller.clientHeight;
    this.stage.style.height = `${this.viewHeight}px`;
    this.spacer.style.height = `${Math.max(0, height + LINE_HEIGHT - this.viewHeight)}px`;
    const more = this.#found && (this.#next !== null || this.#before !== null);
    const share = this.isFinding && this.lookedAt !== null ? `, looking at ${countText(this.lookedAt)} of ${countText(this.total)}` : '';
    this.status.textContent = this.#found
      ? `${countText(this.#found.length)}${more ? ' or more' : ''} found${share}`
      : `${countText(this.total)} records`;
    this.table.setAttribute('aria-rowcount', this.#found && more ? -1 : this.count + 1);
    this.#draw();
  }

  get shown() {
    return Math.max(1, Math.floor((this.viewHeight - LINE_HEIGHT) / LINE_HEIGHT));
  }

  #scrolled() {
    if (this.#ignoresScroll) {
      this.#ignoresScroll = false;
      return;
    }
    const room = this.scroller.scrollHeight - this.scroller.clientHeight;
    const share = room > 0 ? this.scroller.scrollTop / room : 0;
    this.#first = Math.round(share * Math.max(0, this.count - this.shown));
    this.#draw();
  }

  /** Moves by rows, however many of them share a pixel of the scroll bar. */
  #moveTo(first) {
    const last = Math.max(0, this.count - this.shown);
    this.#first = Math.round(Math.min(Math.max(0, first), last));
    const room = this.scroller.scrollHeight - this.scroller.clientHeight;
    const top = last === 0 ? 0 : Math.round((this.#first / last) * room);
    if (Math.abs(top - this.scroller.scrollTop) >= 1) {
      this.#ignoresScroll = true;
      this.scroller.scrollTop = top;
    }
    this.#draw();
  }

  #wheel(event) {
    if (event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? event.deltaY : event.deltaY / LINE_HEIGHT;
    this.wheelRest = (this.wheelRest ?? 0) + lines;
    const whole = Math.trunc(this.wheelRest);
    this.wheelRest -= whole;
    if (whole !== 0) this.#moveTo(this.#first + whole);
  }

  #key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: this.shown, PageUp: -this.shown };
    if (event.key in moves) this.#chooseBy(moves[event.key]);
    else if (event.key === 'Enter') this.#showChosen();
    else if (event.key === 'Home') this.#found && this.#before !== null ? this.#findFrom(0) : this.#moveTo(0);
    else if (event.key === 'End') this.#found && this.#next !== null ? this.#findFrom(this.total) : this.#moveTo(this.count);
    else return;
    event.preventDefault();
  }

  /** Chooses the record so many rows further, and scrolls until it is in sight. */
  #chooseBy(rows) {
    const inSight = this.#placeOfChosen();
    const wanted = inSight < 0 ? (rows > 0 ? this.#first : this.#first + this.shown - 1) : inSight + rows;
    const place = Math.min(Math.max(0, wanted), this.count - 1);
    if (place < this.#first) this.#moveTo(place);
    else if (place >= this.#first + this.shown) this.#moveTo(place - this.shown + 1);
    const record = this.#record(place);
    if (record) this.#choose(record);
  }

  /** Where the chosen record stands among those in sight; -1 for nowhere. */
  #placeOfChosen() {
    for (let place = this.#first; place < Math.min(this.count, this.#first + this.shown); place++) {
      if (this.#record(place)?.index === this.#chosen) return place;
    }
    return -1;
  }

  #showChosen() {
    const record = this.#record(this.#placeOfChosen());
    if (record) this.showTime(record.ts);
  }

  #draw() {
    if (!this.isVisible) return;
    const lines = [];
    const last = Math.min(this.count, this.#first + this.shown + 1);
    for (let index = this.#first; index < last; index++) lines.push(this.#line(index));
    fill(this.body, lines);
    if (this.#found) {
      if (last + BLOCK / 2 > this.#found.length) this.#findMore();
      else if (this.#first < BLOCK / 4) this.#findBefore();
    } else {
      this.#load(this.#first);
      this.#load(Math.max(0, last - 1));
    }
  }

  #record(index) {
    if (this.#found) return this.#found[index];
    return this.#blocks.get(Math.floor(index / BLOCK))?.[index % BLOCK];
  }

  #line(index) {
    const record = this.#record(index);
    if (!record) {
      return make('tr', { 'aria-rowindex': index + 2 }, make('td', { class: 'number' }, countText(index)), make('td', { colspan: this.hosts ? 5 : 4, class: 'quiet-text' }, '…'));
    }
    return make(
      'tr',
      {
        'aria-rowindex': index + 2,
        class: record.index === this.#chosen ? 'is-chosen' : index % 2 === 1 ? 'is-odd' : '',
        onclick: () => this.#choose(record),
      },
      make('td', { class: 'number quiet-text' }, countText(record.index)),
      make(
        'td',
        { class: 'number' },
        make(
          'button',
          {
            class: 'cell-link',
            tabindex: -1,
            title: 'Show on the timeline (Enter)',
            onclick: (event) => {
              event.stopPropagation();
              this.showTime(record.ts);
            },
          },
          relativeText(record.ts),
        ),
      ),
      make('td', { class: 'event-name' }, record.event),
      make('td', { class: 'number' }, record.cpu === null || record.cpu < 0 ? '' : String(record.cpu)),
      this.hosts ? make('td', {}, this.hosts[record.host] ?? '') : null,
      make('td', { class: 'event-fields', title: record.fields }, record.fields),
    );
  }

  #choose(record) {
    this.#chosen = record.index;
    fill(
      this.detail,
      make('h3', {}, record.event),
      make('p', { class: 'quiet-text' }, `${momentText(BigInt(this.trace.begin) + BigInt(record.ts), this.trace.utcOffset)} · ${record.stream ?? ''}`),
      make('p', { class: 'event-fields-whole' }, record.fields),
    );
    this.#draw();
  }

  async #load(index) {
    const block = Math.floor(index / BLOCK);
    if (index >= this.total || this.#blocks.has(block) || this.#asked.has(block)) return;
    this.#asked.add(block);
    try {
      const answer = await this.server.events({ from: block * BLOCK, count: BLOCK });
      this.#blocks.set(block, answer.rows);
      if (this.#blocks.size > MOST_BLOCKS) this.#blocks.delete(this.#blocks.keys().next().value);
      this.#draw();
    } catch (error) {
      if (!isAborted(error)) this.failed(error);
    } finally {
      this.#asked.delete(block);
    }
  }

  #goToTyped() {
    const time = parseTime(this.time.value, this.trace);
    if (time === null) this.status.textContent = 'A time looks like 1.5 s, 20 ms or 10:15:02.5';
    else this.goTo(time);
  }

  goTo(time) {
    this.view.set({ at: Math.round(time) });
    this.#goToAddress();
  }

  async #goToAddress() {
    const time = Number(this.view.value('at') || 0);
    try {
      const { index } = await this.server.eventAt(time);
      if (this.#found) return await this.#findFrom(index);
      const record = await this.server.events({ from: index, count: 1 });
      this.#chosen = record.rows[0]?.index ?? -1;
      this.#moveTo(index - 3);
    } catch (error) {
      if (!isAborted(error)) this.#say(error);
    }
  }
}

/** Records stand as they happened, however many there are. */
function heading(name) {
  if (name !== 'time') return make('th', { scope: 'col' }, name);
  return make('th', { scope: 'col', 'aria-sort': 'ascending', title: 'Records are in the order of time; SQL sorts them by anything' }, 'time ▴');
}
