import { fill, later, make } from '../core/dom.js';
import { durationText } from '../core/numbers.js';
import { Latest } from '../core/server.js';
import { momentText, relativeText } from '../core/times.js';
import { markAt } from './marks.js';
import { AXIS_HEIGHT, HEAD_HEIGHT } from './scene.js';
import { levelOf } from './tiles.js';
import { Tooltip } from './tooltip.js';

/** What is below the pointer, in a few lines: at once about what is drawn, exact once the pointer rests. */
export class Hovering {
  #request = new Latest();
  #y = null;

  constructor(timeline) {
    this.timeline = timeline;
    this.tooltip = new Tooltip(timeline.element);
    this.askSoon = later((row, time) => this.#ask(row, time), 120);
  }

  hide() {
    this.tooltip.hide();
  }

  /** Other rows are below the pointer than before. */
  scrolled() {
    const { hoverX } = this.timeline.scene;
    if (hoverX !== null) this.at(hoverX, this.#y);
  }

  /** The pointer is at a place of the canvas; nulls for nowhere. */
  at(x, y) {
    const { timeline } = this;
    const { scene } = timeline;
    scene.hoverX = x;
    this.#y = y;
    scene.hoverTime = x === null ? null : timeline.timeAt(x);
    timeline.redraw();
    this.#request.stop();
    if (x === null) return this.hide();
    const box = timeline.canvas.getBoundingClientRect();
    const lines = this.#lines(x, y);
    if (lines) this.tooltip.show(box.left + x, box.top + y, lines);
    else this.hide();
  }

  #lines(x, y) {
    const { scene, viewport, trace, tiles, styles } = this.timeline;
    const time = viewport.time(x);
    const when = relativeText(time, viewport.nsPerPixel);
    if (y < AXIS_HEIGHT) return [when, momentText(BigInt(trace.begin) + BigInt(Math.round(time)), trace.utcOffset)];
    if (y < HEAD_HEIGHT) {
      const found = markAt(scene, x);
      if (found?.marker) return [found.marker.name, relativeText(found.marker.time)];
      return found ? [found.mark.text] : [when];
    }
    const place = this.timeline.placeAt(y);
    if (!place || place.row.kind === 'group') return null;
    const name = nameOf(place.row);
    const found = tiles.at(place.row.id, time, levelOf(viewport.nsPerPixel));
    if (!found) return [name, when];
    this.askSoon(place.row.id, Math.floor(time));
    const state = `${styles.name(found.code)}${found.label ? `: ${found.label}` : ''}`;
    if (styles.of(found.code, '').isMark) return [name, state, when];
    if (found.share < 100) return [name, `${state}, ${found.share} % of this pixel`, when];
    return [name, state, `about ${durationText(found.end - found.begin)}`, when];
  }

  async #ask(row, ts) {
    const { scene, server, rows, isPartial } = this.timeline;
    const { element } = this.tooltip;
    if (isPartial || scene.hoverX === null || element.hidden) return;
    const x = scene.hoverX;
    try {
      const details = await server.details(row, ts, this.#request.start());
      if (details === null || scene.hoverX !== x || element.hidden) return;
      const lines = [nameOf(rows.row(row)), details.title, durationText(details.end - details.begin), `from ${relativeText(details.begin)}`];
      fill(element, lines.map((line, index) => make('div', { class: index === 0 ? 'tooltip-title' : '' }, line)));
    } catch {
      // The approximate text stays; a tooltip is no place for errors.
    }
  }
}

function nameOf(row) {
  return `${row?.name ?? ''} ${row?.detail ?? ''}`;
}
