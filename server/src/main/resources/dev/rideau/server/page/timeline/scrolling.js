import { later } from '../core/dom.js';
import { HEAD_HEIGHT } from './scene.js';

/** Which rows are in sight, kept in the address as the row on top. */
export class Scrolling {
  constructor(timeline) {
    this.timeline = timeline;
    this.keepSoon = later(() => this.#keep(), 250);
  }

  #keep() {
    const { rows, scene, view, isShown } = this.timeline;
    if (!isShown) return;
    const top = rows.visible.find((place) => place.y + place.height > scene.scrollTop);
    if (top) view.set({ top: top.row.id }, { quiet: true });
  }

  /** Takes what the address says; without it, what is selected is in sight. */
  read() {
    const { rows, view, scroller, selection } = this.timeline;
    const top = view.value('top');
    if (top === '') this.to(selection.row?.id);
    else scroller.scrollTop = rows.standIn(Number(top))?.y ?? 0;
  }

  /** Scrolls until a row is in sight. */
  to(rowId) {
    const { rows, scene, scroller } = this.timeline;
    const place = rows.place(rowId);
    if (!place || place.isPinned) return;
    const room = scene.height - HEAD_HEIGHT - rows.pinnedHeight;
    const top = scroller.scrollTop;
    if (place.y < top || place.y + place.height > top + room) {
      scroller.scrollTop = place.y - room / 2;
    }
  }

  by(pages) {
    this.timeline.scroller.scrollTop += this.timeline.scene.height * pages;
  }
}
