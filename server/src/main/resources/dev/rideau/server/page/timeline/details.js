import { fill, make } from '../core/dom.js';
import { durationText } from '../core/numbers.js';
import { momentText, relativeText } from '../core/times.js';
import { kindName } from './rows.js';

/** What stands before the text of a link; wakers and woken threads say it themselves. */
const RELATIONS = {
  file: 'File',
  request: 'Request',
  thread: 'Thread',
  process: 'Process',
  cpu: 'CPU',
  interrupted: 'Interrupted',
};

/** What is known of the selected thing, with links to what it has to do with. */
export class DetailsPanel {
  constructor(timeline) {
    this.timeline = timeline;
    this.body = make('div', { class: 'details-body' });
    this.element = make('aside', { class: 'details', 'aria-label': 'Details' }, this.body);
    this.showNothing();
  }

  showNothing() {
    fill(
      this.body,
      make('h2', {}, 'Details'),
      make('p', { class: 'quiet-text' }, 'Click on a state, or use ↑ and ↓ to choose a row and , and . to step through its states.'),
      make('p', { class: 'quiet-text' }, 'Shift and drag selects an interval; tables and charts follow it. Press ? for all keys.'),
    );
  }

  showEmpty(row, ts) {
    fill(
      this.body,
      make('h2', {}, row?.name ?? 'Nothing'),
      make('p', {}, `${row?.kind === 'process' ? 'None of its threads ran' : 'Nothing is known of it'} at ${relativeText(ts)}.`),
      this.#rowActions(row),
    );
  }

  showDetails(details) {
    const { timeline } = this;
    const row = timeline.rows.row(details.row);
    const key = timeline.styles.key(details.code);
    const swatch = make('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.background = timeline.styles.of(details.code, '', row?.kind).color;
    fill(
      this.body,
      make('p', { class: 'details-kind' }, `${row ? kindName(row.kind) : ''} ${row?.detail ?? ''}`),
      make('h2', {}, row?.name ?? ''),
      make('p', { class: 'details-title', 'data-key': key }, swatch, details.title),
      make(
        'dl',
        {},
        this.#pair('Duration', durationText(details.end - details.begin)),
        this.#pair('Begin', relativeText(details.begin)),
        this.#pair('Clock', momentText(BigInt(timeline.trace.begin) + BigInt(details.begin), timeline.trace.utcOffset)),
        details.fields
          .filter((field) => field.name !== 'Begin' && field.name !== 'Duration')
          .map((field) => this.#pair(field.name, field.text)),
      ),
      details.links.length === 0
        ? null
        : make('ul', { class: 'links', 'aria-label': 'Links' }, details.links.map((link) => this.#link(link))),
      make(
        'div',
        { class: 'button-row' },
        make('button', { onclick: () => timeline.selection.step('previous'), title: 'Previous state (,)' }, '‹ Previous'),
        make('button', { onclick: () => timeline.selection.step('next'), title: 'Next state (.)' }, 'Next ›'),
        make('button', { onclick: () => timeline.moving.showSelection(), title: 'Zoom to it (F)' }, 'Zoom'),
        make(
          'button',
          {
            onclick: () => timeline.view.set({ interval: { begin: details.begin, end: Math.max(details.end, details.begin + 1) } }),
            title: 'Tables and charts show this time only',
          },
          'As interval',
        ),
      ),
      this.#rowActions(row),
    );
  }

  #rowActions(row) {
    const { timeline } = this;
    if (!row) return null;
    const thread = timeline.selection.thread();
    return make(
      'div',
      { class: 'button-row' },
      thread
        ? make(
            'button',
            { onclick: () => timeline.links.togglePath(), title: 'C', 'aria-pressed': String(timeline.view.value('path') !== '') },
            'Critical path',
          )
        : null,
      make('button', { onclick: () => timeline.togglePin(row), title: 'P' }, 'Pin row'),
      row.pid > 0 || row.tid > 0
        ? make(
            'a',
            { class: 'button', href: timeline.view.address({ tab: 'charts', usage: row.id }) },
            'CPU usage',
          )
        : null,
    );
  }

  #pair(name, text) {
    return text === '' || text === null ? null : [make('dt', {}, name), make('dd', {}, text)];
  }

  #link(link) {
    const { timeline } = this;
    const text = link.rel in RELATIONS ? `${RELATIONS[link.rel]}: ${link.text}` : capital(link.text);
    if (link.row === null || link.row === undefined || link.row < 0) return make('li', {}, text);
    const ts = link.ts ?? timeline.scene.thing?.ts ?? 0;
    return make(
      'li',
      {},
      make(
        'a',
        {
          href: timeline.view.address({ thing: `${link.row}@${ts}`, mark: '', top: '' }),
          'data-rel': link.rel,
          onclick: (event) => {
            if (event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            timeline.selection.show(link.row, ts);
          },
        },
        text,
      ),
    );
  }

  showMark({ mark, marker }) {
    if (marker) this.#showMarker(marker);
    else this.#showFinding(mark);
  }

  #showFinding(mark) {
    const { timeline } = this;
    fill(
      this.body,
      make('p', { class: 'details-kind' }, mark.kind),
      make('h2', {}, mark.text),
      make(
        'dl',
        {},
        this.#pair('From', relativeText(mark.begin)),
        this.#pair('Length', durationText(mark.end - mark.begin)),
      ),
      make(
        'div',
        { class: 'button-row' },
        make('button', { onclick: () => this.#zoomTo(mark) }, 'Zoom'),
        make('button', { onclick: () => timeline.view.set({ interval: mark }) }, 'As interval'),
        mark.row === null || mark.row < 0
          ? null
          : make('button', { onclick: () => timeline.selection.show(mark.row, mark.begin) }, 'Show the row'),
      ),
    );
  }

  #zoomTo(mark) {
    const margin = Math.max((mark.end - mark.begin) * 0.2, 1000);
    this.timeline.moving.goTo(mark.begin - margin, mark.end + margin);
  }

  #showMarker(marker) {
    const { timeline } = this;
    const name = make('input', { value: marker.name, 'aria-label': 'Name of the marker' });
    name.addEventListener('change', () => timeline.measuring.renameMarker(marker, name.value));
    fill(
      this.body,
      make('p', { class: 'details-kind' }, 'marker'),
      name,
      make('dl', {}, this.#pair('Time', relativeText(marker.time))),
      make(
        'div',
        { class: 'button-row' },
        make('button', { onclick: () => timeline.measuring.removeMarker(marker) }, 'Remove'),
      ),
      make('p', { class: 'quiet-text' }, 'Markers are part of the address: a link shows them to others.'),
    );
  }
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
