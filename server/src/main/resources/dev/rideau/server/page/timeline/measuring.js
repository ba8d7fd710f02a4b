import { durationText } from '../core/numbers.js';
import { relativeText } from '../core/times.js';

/**
 * Points that a person sets: the two of a measurement, and own markers. The pointer says where; without it,
 * what keys selected last, or the middle of where they moved.
 */
export class Measuring {
  /** What the next click on the canvas does in place of selecting; null for nothing. */
  #picks = null;

  constructor(timeline) {
    this.timeline = timeline;
  }

  /** Takes what the address says. */
  read() {
    const { scene, view } = this.timeline;
    scene.markers = view.list('markers').map((text) => {
      const at = text.indexOf(':');
      return { time: Number(text.slice(0, at)), name: text.slice(at + 1) };
    });
    // A measurement that waits for its second point goes on while one zooms and moves.
    const isBegun = scene.measure && scene.measure.end === undefined;
    if (!isBegun || view.value('measure') !== '') scene.measure = view.range('measure');
  }

  #pick(picks, text = '') {
    this.#picks = picks;
    this.timeline.canvas.classList.toggle('is-picking', picks !== null);
    if (picks) {
      this.timeline.say(text);
      this.timeline.announce(text);
    }
  }

  /** The next two clicks are measured between. */
  pickTwo() {
    this.#pick(() => {
      this.timeline.scene.measure = null;
      this.point();
      this.#pick(() => this.point(), 'Click on the second point');
    }, 'Click on the first point');
  }

  /** The next click sets a marker. */
  pickMarker() {
    this.#pick(() => this.addMarker(), 'Click where the marker belongs');
  }

  /** Takes a click if one is waited for; returns whether. */
  takeClick(time) {
    const picks = this.#picks;
    if (!picks) return false;
    this.#pick(null);
    this.timeline.scene.hoverTime = time;
    picks();
    return true;
  }

  /** Where keys mean: the begin of what is selected and in sight, else the middle. */
  get keyTime() {
    const { scene, viewport } = this.timeline;
    const { thing } = scene;
    const time = thing?.begin ?? thing?.ts;
    const isMeant = thing !== null && !scene.hasMovedSince && time >= viewport.begin && time <= viewport.end;
    return isMeant ? time : this.timeline.timeAt(viewport.width / 2);
  }

  /** The first or the second point of a measurement. */
  point() {
    const { scene, view, announce } = this.timeline;
    const time = Math.round(scene.hoverTime ?? this.keyTime);
    const { measure } = scene;
    if (measure && measure.end === undefined) {
      const range = { begin: Math.min(measure.begin, time), end: Math.max(measure.begin, time, measure.begin + 1) };
      view.set({ measure: range });
      this.timeline.say('');
      announce(`Measured ${durationText(range.end - range.begin)}`);
    } else {
      view.set({ measure: '' }, { quiet: true });
      scene.measure = { begin: time };
      const text = `Measuring from ${relativeText(time, this.timeline.viewport.nsPerPixel)}: press M at the second point`;
      this.timeline.say(text);
      announce(text);
    }
    this.timeline.redraw();
  }

  /** Gives up what is measured; returns whether there was anything. */
  giveUp() {
    const { scene, view } = this.timeline;
    const { measure } = scene;
    scene.measure = null;
    if (this.#picks) this.#pick(null);
    else if (measure) view.set({ measure: '' });
    else return false;
    this.timeline.say('');
    return true;
  }

  addMarker() {
    const { scene, markChoice, announce } = this.timeline;
    const time = Math.round(scene.hoverTime ?? this.keyTime);
    const name = String.fromCharCode(65 + (scene.markers.length % 26));
    this.#setMarkers([...scene.markers, { time, name }]);
    announce(`Marker ${name} at ${relativeText(time)}`);
    markChoice.choose({ marker: scene.markers.at(-1) });
  }

  renameMarker(marker, name) {
    const { markers } = this.timeline.scene;
    this.#setMarkers(markers.map((one) => (one.time === marker.time ? { time: one.time, name } : one)));
  }

  removeMarker(marker) {
    this.#setMarkers(this.timeline.scene.markers.filter((one) => one.time !== marker.time));
  }

  #setMarkers(markers) {
    this.timeline.view.set({ markers: markers.map((marker) => `${marker.time}:${marker.name}`) });
  }
}
