import { durationText } from '../core/numbers.js';
import { isAborted, Latest } from '../core/server.js';

/** What is selected: a row, and what is at a time of it. */
export class Selection {
  #detailsRequest = new Latest();

  constructor(timeline) {
    this.timeline = timeline;
  }

  get row() {
    const { rows, scene } = this.timeline;
    return rows.row(scene.thing?.row);
  }

  /** The thread that the selection means: itself, or the only or busiest one of a process. */
  thread() {
    const { row } = this;
    if (row?.kind === 'thread') return row;
    if (row?.kind !== 'process') return null;
    return this.timeline.rows.children(row.id).reduce((best, child) => (best === null || child.busy > best.busy ? child : best), null);
  }

  /** Takes what the address says. */
  read() {
    const { scene, view, details, rows } = this.timeline;
    const match = /^(\d+)@(-?\d+)$/.exec(view.value('thing'));
    if (!match) {
      scene.thing = null;
      this.#detailsRequest.stop();
      if (view.value('mark') === '') details.showNothing();
      return;
    }
    const [row, ts] = [rows.drawnId(Number(match[1])), Number(match[2])];
    if (scene.thing?.row === row && scene.thing.ts === ts) return;
    scene.thing = { row, ts };
    // A link may lead to a row in a closed group.
    if (rows.row(row) !== null && rows.place(row) === null) {
      rows.reveal(row);
      this.timeline.keepRows();
    }
    this.#askDetails(row, ts);
  }

  /** Tells of what is selected in place of something else. */
  readAgain() {
    this.timeline.scene.thing = null;
    this.read();
  }

  async #askDetails(row, ts) {
    const { timeline } = this;
    const { scene, rows, server } = timeline;
    if (timeline.isPartial) return;
    try {
      const details = await server.details(row, ts, this.#detailsRequest.start());
      if (scene.thing?.row !== row || scene.thing.ts !== ts) return;
      if (details === null) return timeline.markChoice.isShown ? null : timeline.details.showEmpty(rows.row(row), ts);
      Object.assign(scene.thing, { begin: details.begin, end: details.end });
      if (timeline.markChoice.isShown) return timeline.redraw();
      timeline.details.showDetails(details);
      timeline.announce(`${rows.row(row)?.name ?? ''}: ${details.title}, ${durationText(details.end - details.begin)}`);
      timeline.redraw();
    } catch (error) {
      if (!isAborted(error)) timeline.failed(error);
    }
  }

  select(row, ts) {
    this.timeline.scene.hasMovedSince = false;
    this.timeline.view.set({ thing: `${row}@${Math.floor(ts)}`, mark: '' });
  }

  /** Selects what is at a time of a row and brings it into sight. */
  show(rowId, ts, { zoom = null } = {}) {
    this.timeline.view.together(() => this.#show(rowId, ts, zoom));
  }

  #show(rowId, ts, zoom) {
    const { timeline } = this;
    const shown = timeline.rows.reveal(rowId);
    if (shown === undefined) return;
    timeline.keepRows();
    timeline.scrolling.to(shown);
    this.select(shown, ts);
    const { begin, end } = timeline.viewport;
    const margin = (end - begin) * 0.05;
    if (zoom) timeline.moving.goTo(zoom.begin, zoom.end);
    else if (ts < begin + margin || ts > end - margin) timeline.moving.goTo(ts - (end - begin) / 2, ts + (end - begin) / 2);
    timeline.redraw();
  }

  /**
   * Selects a row at the time that was selected in the one before; a row of which nothing is known then where
   * that begins or ends, without losing the time for the rows that follow.
   */
  chooseRow(row) {
    const { thing } = this.timeline.scene;
    const isMeant = this.#nearest !== null && thing?.row === this.#nearest.row && thing.ts === this.#nearest.ts;
    const wanted = isMeant ? this.#nearest.wanted : (thing?.ts ?? this.#middle());
    const ts = row.hasStates ? Math.floor(Math.max(row.begin, Math.min(wanted, row.end - 1))) : Math.floor(wanted);
    this.#nearest = { row: row.id, ts, wanted };
    this.select(row.id, ts);
  }

  #nearest = null;

  chooseMiddle() {
    const { scene, rows } = this.timeline;
    const row = scene.thing?.row ?? rows.visible.find((place) => place.row.hasStates)?.row.id;
    if (row !== undefined) this.select(row, this.#middle());
  }

  #middle() {
    const { viewport } = this.timeline;
    return this.timeline.timeAt(viewport.width / 2);
  }

  /** The row above or below. */
  chooseNeighbour(way) {
    const { rows, scene } = this.timeline;
    const places = rows.visible;
    const current = places.findIndex((place) => place.row.id === scene.thing?.row);
    const next = places[current < 0 ? 0 : Math.min(Math.max(0, current + way), places.length - 1)];
    if (!next) return;
    this.chooseRow(next.row);
    this.timeline.scrolling.to(next.row.id);
  }

  /** The state before or after that of the row. */
  async step(direction) {
    const { timeline } = this;
    const { thing } = timeline.scene;
    if (timeline.isPartial) return;
    if (!thing) return this.chooseMiddle();
    try {
      const next = await timeline.server.step(thing.row, thing.ts, direction);
      if (next === null) timeline.announce(`Nothing ${direction === 'next' ? 'after' : 'before'} this`);
      else this.show(thing.row, next.begin);
    } catch (error) {
      timeline.failed(error);
    }
  }
}
