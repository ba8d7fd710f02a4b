import { fill, later, make } from './core/dom.js';
import { isAborted, Latest } from './core/server.js';
import { parseTime, relativeText } from './core/times.js';

const HINT = 'Search: name, tid, event, time (1.5 s), or syscall: dur > 1e6';

/** Records of an event that are listed. */
const EVENTS = 10;

/**
 * Search over everything: threads by name or id, events by name, conditions over states and system
 * calls, and times. Enter goes to the first hit; again Enter, to the next event.
 */
export class Finder {
  #request = new Latest();
  #hits = [];
  #chosen = 0;

  constructor({ server, view, trace, failed, announce, openTimeline }) {
    Object.assign(this, { server, view, trace, failed, announce, openTimeline });
    this.input = make('input', {
      type: 'search',
      class: 'finder-input',
      placeholder: HINT,
      'aria-label': 'Search by name, thread id, event, condition or time',
      role: 'combobox',
      'aria-expanded': 'false',
      'aria-controls': 'finder-hits',
      'aria-autocomplete': 'list',
    });
    this.list = make('ul', { id: 'finder-hits', role: 'listbox', class: 'finder-hits', hidden: true, 'aria-label': 'Hits' });
    this.element = make('div', { class: 'finder', role: 'search' }, this.input, this.list);
    this.ask = later(() => this.#ask(), 200);
    this.input.addEventListener('input', () => this.ask());
    this.input.addEventListener('focus', () => this.#hits.length > 0 && this.#open(true));
    this.input.addEventListener('blur', () => setTimeout(() => this.#open(false), 150));
    this.input.addEventListener('keydown', (event) => this.#key(event));
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  async #ask() {
    const text = this.input.value.trim();
    if (text === '') {
      this.#hits = [];
      return this.#open(false);
    }
    const own = this.#times(text);
    const condition = /^\s*[a-z_]+\s*:/i.test(text);
    const event = / where /i.test(text);
    const kind = condition ? 'sql' : event ? 'event' : 'all';
    const signal = this.#request.start();
    try {
      const { hits, truncated } = await this.#search(text, kind, 40, signal);
      // A whole number may be an id or seconds: who has it is meant first.
      this.#hits = /^\d+$/.test(text) ? [...hits, ...own] : [...own, ...hits];
      const mayBeEvent = kind === 'all' && /^[\w:*.-]+$/.test(text) && !/^\d+$/.test(text);
      if (!mayBeEvent || this.#hits.length > 0) this.#show(truncated);
      if (!mayBeEvent) return;
      // Records are looked through, which takes longer than to look at names.
      const events = await this.#search(text, 'event', EVENTS, signal);
      const chosen = this.#chosen;
      this.#hits = [...this.#hits, ...events.hits];
      this.#show(truncated || events.truncated);
      if (chosen > 0) this.#choose(chosen);
    } catch (error) {
      if (isAborted(error)) return;
      this.#hits = own;
      this.#show(false, error.message);
    }
  }

  #search(text, kind, limit, signal) {
    const from = Math.max(0, Math.round(this.view.range('window')?.begin ?? 0));
    return this.server.search({ q: text, kind, from, direction: 'next', limit }, signal);
  }

  /** The time that a text may mean, where the recording has it. */
  #times(text) {
    const time = parseTime(text, this.trace);
    if (time === null || time < 0 || time > this.trace.duration) return [];
    return [{ kind: 'time', text: `Go to ${relativeText(time, 1)}`, row: null, begin: time, end: time }];
  }

  #show(isTruncated, message = null) {
    this.#chosen = 0;
    fill(
      this.list,
      this.#hits.map((hit, index) =>
        make(
          'li',
          {
            role: 'option',
            id: `hit-${index}`,
            'aria-selected': String(index === 0),
            onmousedown: (event) => {
              event.preventDefault();
              this.#go(hit);
            },
          },
          make('span', { class: 'hit-kind' }, hit.kind),
          make('span', { class: 'hit-text' }, hit.text),
          hit.begin === null || hit.begin === undefined ? null : make('span', { class: 'quiet-text' }, relativeText(hit.begin, 1e3)),
        ),
      ),
      this.#hits.length === 0 ? make('li', { class: 'quiet-text' }, message ?? 'Nothing found') : null,
      isTruncated ? make('li', { class: 'quiet-text' }, 'and more') : null,
    );
    this.announce(message ?? `${this.#hits.length} hits`);
    this.#open(true);
  }

  #open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute('aria-expanded', String(isOpen));
    if (isOpen && this.#hits.length > 0) this.input.setAttribute('aria-activedescendant', `hit-${this.#chosen}`);
    else this.input.removeAttribute('aria-activedescendant');
  }

  #key(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.#choose(this.#chosen + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter') {
      const hit = this.#hits[this.#chosen];
      if (hit) this.#go(hit);
      else this.#ask();
    } else if (event.key === 'Escape') {
      this.#open(false);
      this.input.blur();
    } else {
      return;
    }
    event.preventDefault();
  }

  #choose(index) {
    if (this.#hits.length === 0) return;
    this.#chosen = (index + this.#hits.length) % this.#hits.length;
    [...this.list.children].forEach((child, at) => child.setAttribute('aria-selected', String(at === this.#chosen)));
    this.list.children[this.#chosen].scrollIntoView({ block: 'nearest' });
    this.#open(true);
  }

  #go(hit) {
    // What else would be found must not open the list again.
    this.#request.stop();
    this.#open(false);
    this.input.blur();
    if (hit.kind === 'event' && this.view.value('tab') !== 'timeline' && hit.begin !== null) {
      this.view.set({ tab: 'events', at: hit.begin });
      return;
    }
    this.view.together(() => this.#showOnTimeline(hit));
  }

  #showOnTimeline(hit) {
    const timeline = this.openTimeline();
    const { begin, end } = timeline.viewport;
    // A point in a whole recording would not be seen.
    const width = Math.min(end - begin, this.trace.duration / 20);
    if (hit.row !== null && hit.row !== undefined && hit.row >= 0) {
      const at = hit.begin ?? Math.max(0, begin);
      const isLong = hit.end - hit.begin > 0 && hit.kind !== 'thread' && hit.kind !== 'process';
      const margin = isLong ? (hit.end - hit.begin) * 2 : 0;
      const zoom = isLong ? { begin: hit.begin - margin, end: hit.end + margin } : null;
      timeline.selection.show(hit.row, isLong ? at : Math.max(at, 0), { zoom });
    } else if (hit.begin !== null) {
      timeline.moving.goTo(hit.begin - width / 2, hit.begin + width / 2);
    }
    timeline.canvas.focus({ preventScroll: true });
  }
}
