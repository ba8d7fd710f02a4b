import { later } from '../core/dom.js';
import { isAborted, Latest } from '../core/server.js';
import { MOST_ARROWS } from './links.js';
import { placesInSight } from './scene.js';

/** Rows whose arrows are asked for; the server takes no more. */
const MOST_ROWS = 2000;

/** Asks for the arrows between the rows in sight, and for the critical path. */
export class LinkRequests {
  #arrowsRequest = new Latest();
  #pathRequest = new Latest();
  #kinds = ['wakeup'];

  constructor(timeline) {
    this.timeline = timeline;
    /** Asks for arrows once nothing has moved for a moment. */
    this.askSoon = later(() => this.#askArrows(), 160);
  }

  readKinds() {
    const { view } = this.timeline;
    const text = view.value('arrows');
    this.#kinds = text === 'none' ? [] : text === '' ? ['wakeup'] : view.list('arrows');
  }

  async #askArrows() {
    const { timeline } = this;
    const { scene, trace, server, rows } = timeline;
    if (!timeline.isShown || timeline.isPartial) return;
    if (this.#kinds.length === 0) {
      scene.arrows = null;
      timeline.say('');
      return;
    }
    const { begin, end, width } = timeline.viewport;
    const isLinked = (id) => ['cpu', 'thread'].includes(rows.row(id)?.kind);
    try {
      const answer = await server.arrows(
        {
          begin: Math.max(0, Math.floor(begin)),
          end: Math.min(trace.duration, Math.ceil(end)),
          pixels: Math.round(width),
          rows: rows.within(placesInSight(scene)).filter(isLinked).slice(0, MOST_ROWS),
          kinds: this.#kinds,
        },
        this.#arrowsRequest.start(),
      );
      const fits = answer.total <= MOST_ARROWS;
      scene.arrows = fits ? answer.arrows : null;
      timeline.say(fits ? '' : `${answer.total.toLocaleString('en')} arrows here: zoom in to see them`);
      timeline.redraw();
    } catch (error) {
      if (!isAborted(error)) timeline.failed(error);
    }
  }

  /** Asks for the path that the address names. */
  async askPath() {
    const { timeline } = this;
    const { scene, server } = timeline;
    const row = Number(timeline.view.value('path') || -1);
    if (row < 0 || timeline.isPartial) {
      this.#pathRequest.stop();
      scene.path = null;
      timeline.redraw();
      return;
    }
    try {
      const range = scene.interval ?? { begin: 0, end: timeline.trace.duration };
      scene.path = await server.criticalPath(row, range, this.#pathRequest.start());
      const used = new Set(scene.path.segments.map((segment) => segment.row));
      timeline.announce(`Critical path of ${timeline.rows.row(row)?.name}: ${scene.path.segments.length} pieces on ${used.size} rows`);
      timeline.redraw();
    } catch (error) {
      if (!isAborted(error)) timeline.failed(error);
    }
  }

  togglePath() {
    const { view, selection, announce } = this.timeline;
    const thread = selection.thread();
    if (view.value('path') !== '') view.set({ path: '' });
    else if (thread) view.set({ path: thread.id });
    else announce('Select a thread first');
  }
}
