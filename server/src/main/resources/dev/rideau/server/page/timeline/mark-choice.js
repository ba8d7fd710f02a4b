/** The chosen finding, loss or own marker: it is told in the details, and the address has it. */
export class MarkChoice {
  constructor(timeline) {
    this.timeline = timeline;
  }

  get #all() {
    const { marks, markers } = this.timeline.scene;
    return [
      ...marks.map((mark) => ({ mark, begin: mark.begin, end: mark.end, text: mark.text })),
      ...markers.map((marker) => ({ marker, begin: marker.time, end: marker.time, text: `Marker ${marker.name}` })),
    ].sort((a, b) => a.begin - b.begin);
  }

  /** Takes what the address says. */
  read() {
    const { view, details, selection } = this.timeline;
    const wanted = view.value('mark');
    const found = wanted === '' ? null : this.#all.find((one) => this.#key(one) === wanted);
    const wasShown = this.isShown;
    this.isShown = found !== null && found !== undefined;
    if (this.isShown) details.showMark(found);
    else if (wasShown) selection.readAgain();
  }

  isShown = false;

  /** What the address calls a mark: its begin, and which of those that begin with it. */
  #key({ mark, marker }) {
    if (marker) return `own-${marker.time}`;
    const same = this.timeline.scene.marks.filter((one) => one.begin === mark.begin);
    const place = same.indexOf(mark);
    return place > 0 ? `${mark.begin}-${place}` : String(mark.begin);
  }

  choose(found) {
    this.timeline.view.set({ mark: this.#key(found) });
  }

  /** The mark after, or before, the chosen one; without one, those of what is selected. */
  step(way) {
    const { scene, view, viewport, moving, announce } = this.timeline;
    const all = this.#all;
    if (all.length === 0) return announce('There are no marks');
    const at = all.findIndex((one) => this.#key(one) === view.value('mark'));
    const next = all[at < 0 ? nearest(all, scene.thing?.ts, way) : (at + way + all.length) % all.length];
    announce(next.text);
    view.together(() => {
      const { begin, end } = viewport;
      const isInSight = next.end >= begin && next.begin <= end;
      if (!isInSight) moving.goTo((next.begin + next.end - end + begin) / 2, (next.begin + next.end + end - begin) / 2);
      this.choose(next);
    });
  }
}

/** Place of the first that begins after a time, or of the last before it; all in a circle. */
function nearest(all, time, way) {
  const after = time === undefined ? 0 : all.findIndex((one) => one.begin > time);
  if (way > 0) return Math.max(0, after);
  const before = time === undefined ? -1 : all.findLastIndex((one) => one.begin < time);
  return before < 0 ? all.length - 1 : before;
}
