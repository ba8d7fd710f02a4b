import { make } from './core/dom.js';
import { countText, durationText } from './core/numbers.js';
import { momentText } from './core/times.js';

/** What each view will show, for those who wait for it. */
const AWAITED = {
  overview: 'What stands out in the recording',
  charts: 'Use of the machine over time',
  tables: 'Reports',
  sql: 'Statements over the tables of facts',
};

/** In place of a view whose facts are still being made: what is known by now, and how far the rest is. */
export class Waiting {
  constructor(element, name, { server, trace, progress }) {
    this.server = server;
    this.bar = make('progress', { max: 1, 'aria-label': 'Reading the trace' });
    this.text = make('p', { role: 'status' });
    this.records = make('dd', {}, '…');
    element.append(
      make(
        'section',
        { class: 'waiting-for', 'aria-label': AWAITED[name] },
        make('h1', {}, trace.name),
        make(
          'dl',
          {},
          make('div', {}, make('dt', {}, 'Length'), make('dd', {}, durationText(trace.duration))),
          make('div', {}, make('dt', {}, 'Begin'), make('dd', {}, momentText(trace.begin, trace.utcOffset))),
          make('div', {}, make('dt', {}, 'Records by now'), this.records),
        ),
        make('p', {}, `${AWAITED[name]} can be told once all facts are there. They appear here by themselves; the timeline and the events show what there is.`),
        this.bar,
        this.text,
      ),
    );
    this.progress(progress);
  }

  show(isVisible) {
    this.isVisible = isVisible;
    if (isVisible) this.#count();
  }

  progress({ fraction, message }) {
    this.bar.value = fraction ?? 0;
    this.text.textContent = `${message}, ${Math.floor((fraction ?? 0) * 100)} %`;
    if (this.isVisible) this.#count();
  }

  async #count() {
    try {
      const { counts } = await this.server.density();
      this.records.textContent = countText(counts.reduce((sum, count) => sum + count, 0));
    } catch {
      // The next progress asks again.
    }
  }
}
