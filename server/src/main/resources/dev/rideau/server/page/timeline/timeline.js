import { fill, later, make } from '../core/dom.js';
import { durationText } from '../core/numbers.js';
import { clockText, relativeText } from '../core/times.js';
import { isAborted, Latest } from '../core/server.js';
import { DetailsPanel } from './details.js';
import { Gutter } from './gutter.js';
import { listenToKeys, listenToPointer } from './input.js';
import { MOST_ARROWS } from './links.js';
import { markAt } from './marks.js';
import { Motion } from './motion.js';
import { paint } from './painter.js';
import { Rows } from './rows.js';
import { AXIS_HEIGHT, HEAD_HEIGHT, placesInSight, rowTop } from './scene.js';
import { LEGEND, LEGEND_ROWS, Styles } from './styles.js';
import { levelOf, Tiles } from './tiles.js';
import { Tooltip } from './tooltip.js';
import { TimelineTools } from './tools.js';
import { Viewport } from './viewport.js';

/** Frames whose cost is remembered, for measurements. */
const REMEMBERED_FRAMES = 600;

/** Rows whose arrows are asked for; the server takes no more. */
const MOST_LINKED_ROWS = 2000;

/** Several colours side by side. */
function stripes(colors) {
  const part = 100 / colors.length;
  return `linear-gradient(90deg, ${colors.map((color, at) => `${color} ${at * part}% ${(at + 1) * part}%`).join(', ')})`;
}

/**
 * The timeline: rows of states over time. Frames are drawn from what is at hand; what is missing is asked
 * for and drawn when it comes.
 */
export class Timeline {
  isShown = false;
  #dirty = false;
  #lastFrame = 0;
  #detailsRequest = new Latest();
  #hoverRequest = new Latest();
  #arrowsRequest = new Latest();
  #pathRequest = new Latest();
  #arrowKinds = ['wakeup'];

  constructor(element, { server, view, trace, rows, styles, marks, palette, announce, failed, life, progress, availability }) {
    Object.assign(this, { element, server, view, trace, announce, failed, life, availability });
    this.isPartial = progress !== null;
    this.styleList = styles;
    this.viewport = new Viewport(trace.duration);
    this.motion = new Motion(this.viewport);
    this.rows = new Rows(rows);
    this.styles = new Styles(styles, palette);
    this.tiles = new Tiles(server, trace.duration, (row, code, label) => this.styles.of(code, label));
    this.tiles.onLoaded = () => this.redraw();
    this.tiles.onError = failed;
    this.scene = {
      viewport: this.viewport,
      rows: this.rows,
      tiles: this.tiles,
      styles: this.styles,
      palette,
      scrollTop: 0,
      height: 1,
      marks,
      markers: [],
      arrows: null,
      path: null,
      interval: null,
      thing: null,
      measure: null,
      hoverX: null,
      hoverTime: null,
    };
    this.#build();
    this.#readView(new Set(['window', 'interval', 'thing', 'pins', 'open', 'rows', 'idle', 'markers', 'measure', 'path', 'arrows', 'host']));
    view.onChange(
      ['window', 'interval', 'thing', 'pins', 'open', 'rows', 'idle', 'markers', 'measure', 'path', 'arrows', 'host'],
      (changed) => this.#readView(changed),
    );
  }

  get hasThreads() {
    return this.isPartial || this.rows.find((row) => row.kind === 'thread') !== null;
  }

  #build() {
    this.canvas = make('canvas', {
      class: 'timeline-canvas',
      tabindex: 0,
      role: 'application',
      'aria-label': 'Timeline. W and S zoom, A and D move, up and down choose a row, comma and period step through its states, question mark shows all keys.',
    });
    this.canvas.frameMilliseconds = new Float32Array(REMEMBERED_FRAMES);
    this.canvas.frameCount = 0;
    this.context = this.canvas.getContext('2d', { alpha: false });
    const gutterElement = make('div', { class: 'gutter' });
    this.stage = make('div', { class: 'timeline-stage' }, gutterElement, this.canvas);
    this.spacer = make('div', { class: 'timeline-spacer' });
    this.scroller = make('div', { class: 'timeline-scroller', tabindex: -1 }, this.stage, this.spacer);
    this.gutter = new Gutter(gutterElement, {
      onToggle: (row) => this.toggle(row),
      onSelect: (row) => this.selectRow(row),
      onPin: (row) => this.togglePin(row),
    });
    this.gutterHead = make('div', { class: 'gutter-head' });
    gutterElement.append(this.gutterHead);
    this.details = new DetailsPanel(this);
    this.tools = new TimelineTools(this);
    this.status = make('span', { class: 'timeline-status' });
    this.tools.element.append(this.status);
    this.element.append(
      this.tools.element,
      this.#missing() ?? '',
      make('div', { class: 'timeline-body' }, this.scroller, this.details.element),
      this.#legend(),
    );
    this.tooltip = new Tooltip(this.element);
    listenToPointer(this.canvas, this);
    listenToKeys(this, this.life);
    this.scroller.addEventListener('scroll', () => {
      this.scene.scrollTop = this.scroller.scrollTop;
      this.#loadLinks();
      this.redraw();
    });
    new ResizeObserver(() => this.#resize()).observe(this.scroller);
    this.#saveWindow = later(() => {
      const { begin, end } = this.viewport;
      this.view.set({ window: { begin, end } }, { quiet: true });
    }, 250);
    this.#loadLinks = later(() => this.#requestLinks(), 160);
    this.#requestHover = later((row, time) => this.#askHover(row, time), 120);
  }

  #saveWindow = () => {};
  #loadLinks = () => {};
  #requestHover = () => {};

  #legend() {
    const keys = new Map(this.styleList.map((style) => [style.key, style.code]));
    const kinds = new Set(this.rows.all().map((row) => row.kind));
    const isIdle = (key) => Object.entries(LEGEND_ROWS).some(([kind, only]) => only.includes(key) && !kinds.has(kind) && !kinds.has(`cpu_${kind}`));
    const ofThreads = kinds.has('thread');
    const isShown = ([key]) => keys.has(key) && !isIdle(key) && (ofThreads || !/^(running|runnable|blocked)/.test(key));
    const items = LEGEND.filter(isShown).map(([key, text]) => {
      const style = this.styles.of(keys.get(key), '');
      const sample = make('span', { class: 'legend-sample', 'aria-hidden': 'true' });
      const bar = make('span');
      bar.style.background = /^(cpu-user|event)$/.test(key) ? stripes(this.scene.palette.programs) : style.color;
      bar.style.top = `${(style.height[0] / 9) * 100}%`;
      bar.style.bottom = `${(1 - style.height[1] / 9) * 100}%`;
      sample.append(bar);
      return make('li', {}, sample, text);
    });
    return make('ul', { class: 'legend', 'aria-label': 'Colours of states' }, items);
  }

  /** What the rows cannot show since it was not recorded. */
  #missing() {
    const needs = this.availability.unavailable['cpu-process-over-time'];
    if (!needs || this.isPartial) return null;
    const hasRecords = this.rows.find((row) => row.kind === 'events');
    return make(
      'p',
      { class: 'not-recorded', role: 'note' },
      `What ran on which CPU, and what threads waited for, was not recorded: that needs ${needs.join(' and ')}. `,
      hasRecords ? 'These rows show when each thread, or CPU, recorded what.' : 'Nothing else can be shown over time.',
    );
  }

  /** Takes other colours. */
  recolor(palette) {
    this.scene.palette = palette;
    this.scene.styles = this.styles = new Styles(this.styleList, palette);
    this.tiles.clear((row, code, label) => this.styles.of(code, label));
    this.element.querySelector('.legend').replaceWith(this.#legend());
    this.redraw();
  }

  /** The rows have other states by now. */
  refresh() {
    this.tiles.clear((row, code, label) => this.styles.of(code, label));
    this.redraw();
  }

  show(isShown) {
    this.isShown = isShown;
    if (isShown) this.#resize();
    else this.motion.releaseAll();
  }

  // --- what the address bar says

  #readView(changed) {
    const { view, scene, rows } = this;
    if (changed.has('window')) {
      const range = view.range('window') ?? { begin: 0, end: this.trace.duration };
      const { begin, end } = this.viewport;
      const isOwn = Math.round(begin) === range.begin && Math.round(end) === range.end;
      if (!isOwn) {
        this.motion.stop();
        this.viewport.show(range.begin, range.end);
      }
    }
    scene.interval = view.range('interval');
    scene.markers = view.list('markers').map((text) => {
      const at = text.indexOf(':');
      return { time: Number(text.slice(0, at)), name: text.slice(at + 1) };
    });
    // A measurement that waits for its second point goes on while one zooms and moves.
    const isBegun = scene.measure && scene.measure.end === undefined;
    if (!isBegun || view.value('measure') !== '') scene.measure = view.range('measure');
    this.#arrowKinds = view.value('arrows') === 'none' ? [] : view.value('arrows') === '' ? ['wakeup'] : view.list('arrows');
    if (['pins', 'open', 'rows', 'idle', 'host'].some((name) => changed.has(name))) {
      rows.pins = view.list('pins').map(Number);
      rows.toggled = new Set(view.list('open').map(Number));
      rows.filter = view.value('rows');
      rows.showsIdle = view.value('idle') === '1';
      rows.host = view.value('host');
      this.#layOut();
    }
    if (changed.has('thing')) this.#readThing();
    if (changed.has('path') || (changed.has('interval') && view.value('path') !== '')) this.#requestPath();
    this.tools.update();
    this.#loadLinks();
    this.redraw();
  }

  #readThing() {
    const match = /^(\d+)@(-?\d+)$/.exec(this.view.value('thing'));
    if (!match) {
      this.scene.thing = null;
      this.#detailsRequest.stop();
      this.details.showNothing();
      return;
    }
    const row = Number(match[1]);
    const ts = Number(match[2]);
    const current = this.scene.thing;
    if (current?.row === row && current.ts === ts) return;
    this.scene.thing = { row, ts };
    this.#requestDetails(row, ts);
  }

  async #requestDetails(row, ts) {
    if (this.isPartial) return;
    try {
      const details = await this.server.details(row, ts, this.#detailsRequest.start());
      if (this.scene.thing?.row !== row || this.scene.thing.ts !== ts) return;
      if (details === null) return this.details.showEmpty(this.rows.row(row), ts);
      Object.assign(this.scene.thing, { begin: details.begin, end: details.end });
      this.details.showDetails(details);
      this.announce(`${this.rows.row(row)?.name ?? ''}: ${details.title}, ${durationText(details.end - details.begin)}`);
      this.redraw();
    } catch (error) {
      if (isAborted(error)) return;
      this.failed(error);
    }
  }

  // --- frames

  redraw() {
    if (this.#dirty || !this.isShown) return;
    this.#dirty = true;
    requestAnimationFrame((time) => this.#frame(time));
  }

  #frame(time) {
    this.#dirty = false;
    const seconds = Math.min(0.05, Math.max(0.001, (time - this.#lastFrame) / 1000));
    this.#lastFrame = time;
    const begin = performance.now();
    const before = this.viewport.begin + this.viewport.nsPerPixel;
    this.motion.zoomX = this.#zoomPixel();
    const moves = this.motion.step(seconds);
    if (before !== this.viewport.begin + this.viewport.nsPerPixel) this.#moved();
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    paint(this.context, this.scene);
    this.gutter.draw(this.scene);
    const rows = this.#rowsToLoad();
    this.canvas.isComplete = this.tiles.load(this.viewport, rows);
    const at = this.canvas.frameCount++ % REMEMBERED_FRAMES;
    this.canvas.frameMilliseconds[at] = performance.now() - begin;
    if (moves) this.redraw();
  }

  /** Where keys zoom: at the pointer, else at what is selected, else in the middle. */
  #zoomPixel() {
    const { hoverX, thing } = this.scene;
    if (hoverX !== null) return hoverX;
    const x = thing ? this.viewport.x(thing.ts) : -1;
    return x >= 0 && x <= this.viewport.width ? x : this.viewport.width / 2;
  }

  #rowsToLoad() {
    const ids = new Set();
    for (const place of placesInSight(this.scene)) if (place.row.hasStates) ids.add(place.row.id);
    return ids;
  }

  #moved() {
    this.#saveWindow();
    this.#loadLinks();
  }

  #resize() {
    const height = this.scroller.clientHeight;
    if (height === 0) return;
    this.stage.style.height = `${height}px`;
    const width = this.canvas.parentElement.clientWidth - this.stage.firstChild.offsetWidth;
    this.ratio = devicePixelRatio || 1;
    this.canvas.width = Math.max(1, Math.round(width * this.ratio));
    this.canvas.height = Math.round(height * this.ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.scene.height = height;
    this.viewport.resize(width);
    this.#layOut();
    this.redraw();
  }

  #layOut() {
    this.rows.layOut();
    const total = HEAD_HEIGHT + this.rows.pinnedHeight + this.rows.height;
    this.spacer.style.height = `${Math.max(0, total - this.scene.height)}px`;
    this.scene.scrollTop = this.scroller.scrollTop;
    const hidden = this.rows.hiddenIdle;
    this.gutterHead.textContent = hidden > 0 ? `${hidden} idle rows hidden` : '';
  }

  // --- arrows, critical path

  async #requestLinks() {
    if (!this.isShown || this.isPartial) return;
    const { begin, end, width } = this.viewport;
    if (this.#arrowKinds.length === 0) {
      this.scene.arrows = null;
      this.status.textContent = '';
      return;
    }
    const rows = this.rows.within(placesInSight(this.scene)).filter((id) => ['cpu', 'thread'].includes(this.rows.row(id)?.kind)).slice(0, MOST_LINKED_ROWS);
    try {
      const answer = await this.server.arrows(
        {
          begin: Math.max(0, Math.floor(begin)),
          end: Math.min(this.trace.duration, Math.ceil(end)),
          pixels: Math.round(width),
          rows,
          kinds: this.#arrowKinds,
        },
        this.#arrowsRequest.start(),
      );
      const fits = answer.total <= MOST_ARROWS;
      this.scene.arrows = fits ? answer.arrows : null;
      this.status.textContent =
        answer.total === 0 || fits ? '' : `${answer.total.toLocaleString('en')} arrows here: zoom in to see them`;
      this.redraw();
    } catch (error) {
      if (!isAborted(error)) this.failed(error);
    }
  }

  async #requestPath() {
    const row = Number(this.view.value('path') || -1);
    if (row < 0 || this.isPartial) {
      this.#pathRequest.stop();
      this.scene.path = null;
      this.redraw();
      return;
    }
    try {
      const range = this.scene.interval ?? { begin: 0, end: this.trace.duration };
      this.scene.path = await this.server.criticalPath(row, range, this.#pathRequest.start());
      const used = new Set(this.scene.path.segments.map((segment) => segment.row));
      this.announce(`Critical path of ${this.rows.row(row)?.name}: ${this.scene.path.segments.length} pieces on ${used.size} rows`);
      this.redraw();
    } catch (error) {
      if (!isAborted(error)) this.failed(error);
    }
  }

  // --- what a person does

  timeAt(x) {
    return Math.min(Math.max(0, this.viewport.time(x)), this.trace.duration);
  }

  #placeAt(y) {
    return placesInSight(this.scene).find((place) => {
      const top = rowTop(place, this.scene);
      const isInside = y >= top && y < top + place.height;
      return isInside && (place.isPinned || y >= HEAD_HEIGHT + this.rows.pinnedHeight);
    });
  }

  zoomBy(factor, x) {
    this.motion.stop();
    this.viewport.zoom(factor, x);
    this.#moved();
    this.redraw();
  }

  panBy(pixels) {
    this.motion.stop();
    this.viewport.pan(pixels);
    this.#moved();
    this.redraw();
  }

  hold(key, pan, zoom) {
    this.motion.hold(key, pan, zoom);
    this.redraw();
  }

  release(key) {
    this.motion.release(key);
  }

  releaseAll() {
    this.motion.releaseAll();
  }

  /** Shows [begin, end) with a new entry of the history, so that the back button leads back. */
  goTo(begin, end) {
    const { begin: from, end: to } = this.viewport;
    this.view.set({ window: { begin: from, end: to } }, { quiet: true });
    this.view.set({ window: { begin, end } });
    this.viewport.show(from, to);
    this.motion.glideTo(Math.round(begin), Math.round(end));
    if (!this.isShown) this.viewport.show(begin, end);
    this.redraw();
  }

  showAll() {
    this.goTo(0, this.trace.duration);
  }

  zoomToThing(event) {
    const range = this.scene.thing?.end !== undefined && event?.type !== 'wheel' ? this.scene.thing : this.scene.interval;
    if (!range || range.end === undefined) return;
    const margin = Math.max(range.end - range.begin, 100) * 0.25;
    this.goTo(range.begin - margin, range.end + margin);
  }

  dragInterval(a, b, isOver) {
    const interval = { begin: Math.floor(Math.min(a, b)), end: Math.ceil(Math.max(a, b)) };
    if (interval.end <= interval.begin) return;
    this.scene.interval = interval;
    if (isOver) this.view.set({ interval });
    this.status.textContent = `${durationText(interval.end - interval.begin)} selected`;
    this.redraw();
  }

  selectVisible() {
    this.view.set({
      interval: {
        begin: Math.max(0, this.viewport.begin),
        end: Math.min(this.trace.duration, this.viewport.end),
      },
    });
  }

  click(x, y) {
    this.canvas.focus({ preventScroll: true });
    const picks = this.#picks;
    if (picks) {
      this.#pick(null);
      this.scene.hoverTime = this.timeAt(x);
      picks();
      return;
    }
    if (y < HEAD_HEIGHT) {
      const found = y >= AXIS_HEIGHT ? markAt(this.scene, x) : null;
      if (found) this.details.showMark(found);
      return;
    }
    const place = this.#placeAt(y);
    if (!place) return;
    if (place.row.kind === 'group') this.toggle(place.row);
    else this.#select(place.row.id, this.timeAt(x));
  }

  #select(row, ts) {
    this.view.set({ thing: `${row}@${Math.floor(ts)}` });
  }

  /** Selects what is at a time of a row and brings it into sight. */
  showThing(rowId, ts, { zoom = null } = {}) {
    const shown = this.rows.reveal(rowId);
    if (shown === undefined) return;
    this.#keepRows();
    this.#layOut();
    this.#scrollTo(shown);
    this.#select(shown, ts);
    const { begin, end } = this.viewport;
    if (zoom) this.goTo(zoom.begin, zoom.end);
    else if (ts < begin + (end - begin) * 0.05 || ts > end - (end - begin) * 0.05) {
      this.goTo(ts - (end - begin) / 2, ts + (end - begin) / 2);
    }
    this.redraw();
  }

  selectRow(row) {
    const { thing } = this.scene;
    this.#select(row.id, thing ? thing.ts : this.timeAt(this.viewport.width / 2));
  }

  selectInMiddle() {
    const row = this.scene.thing?.row ?? this.rows.visible.find((place) => place.row.hasStates)?.row.id;
    if (row !== undefined) this.#select(row, this.timeAt(this.viewport.width / 2));
  }

  selectNeighbour(way) {
    const places = this.rows.visible;
    const current = places.findIndex((place) => place.row.id === this.scene.thing?.row);
    const next = places[current < 0 ? 0 : Math.min(Math.max(0, current + way), places.length - 1)];
    if (!next) return;
    this.#select(next.row.id, this.scene.thing?.ts ?? this.timeAt(this.viewport.width / 2));
    this.#scrollTo(next.row.id);
  }

  async step(direction) {
    const { thing } = this.scene;
    if (this.isPartial) return;
    if (!thing) return this.selectInMiddle();
    try {
      const next = await this.server.step(thing.row, thing.ts, direction);
      if (next === null) this.announce(`Nothing ${direction === 'next' ? 'after' : 'before'} this`);
      else this.showThing(thing.row, next.begin);
    } catch (error) {
      this.failed(error);
    }
  }

  #scrollTo(rowId) {
    const place = this.rows.place(rowId);
    if (!place || place.isPinned) return;
    const room = this.scene.height - HEAD_HEIGHT - this.rows.pinnedHeight;
    const top = this.scroller.scrollTop;
    if (place.y < top || place.y + place.height > top + room) {
      this.scroller.scrollTop = place.y - room / 2;
    }
  }

  scrollBy(pages) {
    this.scroller.scrollTop += this.scene.height * pages;
  }

  toggle(row) {
    this.rows.toggle(row);
    this.#keepRows();
  }

  toggleSelected() {
    const row = this.rows.row(this.scene.thing?.row);
    if (row && this.rows.hasChildren(row)) this.toggle(row);
  }

  togglePin(row = this.rows.row(this.scene.thing?.row)) {
    if (!row) return;
    const pins = this.rows.pins.includes(row.id)
      ? this.rows.pins.filter((id) => id !== row.id)
      : [...this.rows.pins, row.id];
    this.view.set({ pins });
    this.redraw();
  }

  #keepRows() {
    this.view.set(
      { open: [...this.rows.toggled], rows: this.rows.filter, idle: this.rows.showsIdle ? 1 : '', host: this.rows.host },
      { quiet: true },
    );
    this.#layOut();
    this.#loadLinks();
    this.redraw();
  }

  /** What the next click on the canvas does in place of selecting; null for nothing. */
  #picks = null;

  #pick(picks, text = '') {
    this.#picks = picks;
    this.canvas.classList.toggle('is-picking', picks !== null);
    if (picks) {
      this.status.textContent = text;
      this.announce(text);
    }
  }

  /** The next two clicks are measured between. */
  pickMeasure() {
    this.#pick(() => {
      this.scene.measure = null;
      this.measurePoint();
      this.#pick(() => this.measurePoint(), 'Click on the second point');
    }, 'Click on the first point');
  }

  /** The next click sets a marker. */
  pickMarker() {
    this.#pick(() => this.addMarker(), 'Click where the marker belongs');
  }

  measurePoint() {
    const time = Math.round(this.scene.hoverTime ?? this.timeAt(this.viewport.width / 2));
    const { measure } = this.scene;
    if (measure && measure.end === undefined) {
      const range = { begin: Math.min(measure.begin, time), end: Math.max(measure.begin, time, measure.begin + 1) };
      this.view.set({ measure: range });
      this.announce(`Measured ${durationText(range.end - range.begin)}`);
    } else {
      this.view.set({ measure: '' }, { quiet: true });
      this.scene.measure = { begin: time };
      this.announce('First point of measurement; press M at the second one');
    }
    this.redraw();
  }

  addMarker() {
    const time = Math.round(this.scene.hoverTime ?? this.scene.thing?.ts ?? this.timeAt(this.viewport.width / 2));
    const name = String.fromCharCode(65 + (this.scene.markers.length % 26));
    this.#setMarkers([...this.scene.markers, { time, name }]);
    this.announce(`Marker ${name} at ${relativeText(time)}`);
    this.details.showMark({ marker: this.scene.markers.at(-1) });
  }

  renameMarker(marker, name) {
    this.#setMarkers(this.scene.markers.map((one) => (one.time === marker.time ? { time: one.time, name } : one)));
  }

  removeMarker(marker) {
    this.#setMarkers(this.scene.markers.filter((one) => one.time !== marker.time));
    this.details.showNothing();
  }

  #setMarkers(markers) {
    this.view.set({ markers: markers.map((marker) => `${marker.time}:${marker.name}`) });
  }

  togglePath() {
    const row = this.threadOfSelection();
    if (this.view.value('path') !== '') this.view.set({ path: '' });
    else if (row) this.view.set({ path: row.id });
    else this.announce('Select a thread first');
  }

  /** The thread that the selection means: itself, or the only or busiest one of a process. */
  threadOfSelection() {
    const row = this.rows.row(this.scene.thing?.row);
    if (row?.kind === 'thread') return row;
    if (row?.kind !== 'process') return null;
    return this.rows.children(row.id).reduce((best, child) => (best === null || child.busy > best.busy ? child : best), null);
  }

  clear() {
    this.tooltip.hide();
    const { measure } = this.scene;
    this.scene.measure = null;
    if (this.#picks) this.#pick(null);
    else if (measure) this.view.set({ measure: '' });
    else if (this.view.value('path') !== '') this.view.set({ path: '' });
    else this.view.set({ thing: '', interval: '' });
    this.redraw();
  }

  // --- hovering

  hover(x, y) {
    this.scene.hoverX = x;
    this.scene.hoverTime = x === null ? null : this.timeAt(x);
    this.redraw();
    this.#hoverRequest.stop();
    if (x === null) return this.tooltip.hide();
    const box = this.canvas.getBoundingClientRect();
    const lines = this.#hoverLines(x, y);
    if (lines) this.tooltip.show(box.left + x, box.top + y, lines);
    else this.tooltip.hide();
  }

  #hoverLines(x, y) {
    const time = this.viewport.time(x);
    const when = relativeText(time, this.viewport.nsPerPixel);
    if (y < AXIS_HEIGHT) return [when, clockText(BigInt(this.trace.begin) + BigInt(Math.round(time)))];
    if (y < HEAD_HEIGHT) {
      const found = markAt(this.scene, x);
      if (found?.marker) return [found.marker.name, relativeText(found.marker.time)];
      return found ? [found.mark.text] : [when];
    }
    const place = this.#placeAt(y);
    if (!place || place.row.kind === 'group') return null;
    const name = `${place.row.name} ${place.row.detail ?? ''}`;
    const found = this.tiles.at(place.row.id, time, levelOf(this.viewport.nsPerPixel));
    if (!found) return [name, when];
    this.#requestHover(place.row.id, Math.floor(time));
    const state = `${this.styles.name(found.code)}${found.label ? `: ${found.label}` : ''}`;
    if (found.share < 100) return [name, `${state}, ${found.share} % of this pixel`, when];
    return [name, state, `about ${durationText(found.end - found.begin)}`, when];
  }

  /** Exact numbers, once the pointer rests. */
  async #askHover(row, ts) {
    if (this.isPartial || this.scene.hoverX === null || this.tooltip.element.hidden) return;
    const x = this.scene.hoverX;
    try {
      const details = await this.server.details(row, ts, this.#hoverRequest.start());
      if (details === null || this.scene.hoverX !== x || this.tooltip.element.hidden) return;
      const name = `${this.rows.row(row)?.name} ${this.rows.row(row)?.detail ?? ''}`;
      fill(
        this.tooltip.element,
        [name, details.title, durationText(details.end - details.begin), `from ${relativeText(details.begin)}`].map(
          (line, index) => make('div', { class: index === 0 ? 'tooltip-title' : '' }, line),
        ),
      );
    } catch {
      // The approximate text stays; a tooltip is no place for errors.
    }
  }
}
