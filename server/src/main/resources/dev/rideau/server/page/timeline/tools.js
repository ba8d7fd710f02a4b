import { later, make } from '../core/dom.js';

/** The bar above the timeline: filter, zoom, what is drawn. */
export class TimelineTools {
  #rows = '';

  constructor(timeline) {
    this.timeline = timeline;
    const { view } = timeline;
    this.filter = make('input', {
      type: 'search',
      class: 'row-filter',
      placeholder: 'Filter rows',
      title: 'Name or tid; a|b for several',
      'aria-label': 'Filter rows by name or thread id',
    });
    this.filter.addEventListener('input', later(() => view.set({ rows: this.filter.value }, { quiet: true }), 150));
    this.idle = this.#toggle('Idle rows', 'Show rows that were never active', () =>
      view.set({ idle: view.value('idle') === '1' ? '' : '1' }),
    );
    this.wakeups = this.#toggle('Wakeups', 'Arrows from waker to woken thread', () => this.#toggleArrows('wakeup'));
    this.migrations = this.#toggle('Migrations', 'Arrows where a thread moved to another CPU', () =>
      this.#toggleArrows('migration'),
    );
    this.path = this.#toggle('Critical path', 'What explains the time of the selected thread (C)', () => timeline.links.togglePath());
    this.element = make(
      'div',
      { class: 'tools', role: 'toolbar', 'aria-label': 'Timeline' },
      this.filter,
      this.idle,
      make('span', { class: 'tools-gap' }),
      // Without switches nothing of it can come.
      timeline.hasThreads ? [this.wakeups, this.migrations, this.path, make('span', { class: 'tools-gap' })] : null,
      this.#button('−', 'Zoom out (S)', () => timeline.moving.zoomBy(1.6)),
      this.#button('+', 'Zoom in (W)', () => timeline.moving.zoomBy(1 / 1.6)),
      this.#button('All', 'Show the whole recording (0)', () => timeline.moving.showAll()),
      this.#button('Fit', 'Zoom to the selection (F)', () => timeline.moving.showSelection()),
      this.#button('Measure', 'Length between two points (M, twice)', () => timeline.measuring.pickTwo()),
      this.#button('Mark', 'A marker of your own (B)', () => timeline.measuring.pickMarker()),
    );
  }

  #button(text, title, onclick) {
    return make('button', { title, 'aria-label': title, onclick }, text);
  }

  #toggle(text, title, onclick) {
    return make('button', { class: 'toggle', title, 'aria-pressed': 'false', onclick }, text);
  }

  #kinds() {
    const text = this.timeline.view.value('arrows');
    if (text === 'none') return [];
    return text === '' ? ['wakeup'] : text.split(',');
  }

  #toggleArrows(kind) {
    const kinds = this.#kinds();
    const next = kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind];
    const isUsual = next.length === 1 && next[0] === 'wakeup';
    this.timeline.view.set({ arrows: next.length === 0 ? 'none' : isUsual ? '' : next });
  }

  update() {
    const { view } = this.timeline;
    // Who types is ahead of the address; else the field follows it, also where it has the focus.
    if (view.value('rows') !== this.#rows) this.filter.value = this.#rows = view.value('rows');
    const kinds = this.#kinds();
    press(this.idle, view.value('idle') === '1');
    press(this.wakeups, kinds.includes('wakeup'));
    press(this.migrations, kinds.includes('migration'));
    press(this.path, view.value('path') !== '');
  }
}

function press(button, isPressed) {
  button.setAttribute('aria-pressed', String(isPressed));
}
