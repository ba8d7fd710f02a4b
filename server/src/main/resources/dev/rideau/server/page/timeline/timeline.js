import { make } from '../core/dom.js';
import { durationText } from '../core/numbers.js';
import { DetailsPanel } from './details.js';
import { Gutter } from './gutter.js';
import { Hovering } from './hovering.js';
import { listenToKeys, listenToPointer } from './input.js';
import { stateLegend } from './legend.js';
import { LinkRequests } from './link-requests.js';
import { MarkChoice } from './mark-choice.js';
import { markAt } from './marks.js';
import { Measuring } from './measuring.js';
import { Moving } from './moving.js';
import { paint } from './painter.js';
import { Rows } from './rows.js';
import { AXIS_HEIGHT, HEAD_HEIGHT, placesInSight, rowTop } from './scene.js';
import { Scrolling } from './scrolling.js';
import { Selection } from './selection.js';
import { Styles } from './styles.js';
import { Tiles } from './tiles.js';
import { TimelineTools } from './tools.js';
import { Viewport } from './viewport.js';

/** Frames whose cost is remembered, for measurements. */
const REMEMBERED_FRAMES = 600;

/** What of the address concerns it. */
const NAMES = ['window', 'interval', 'thing', 'pins', 'open', 'rows', 'idle', 'markers', 'measure', 'path', 'arrows', 'host', 'mark', 'top'];

/**
 * The timeline: rows of states over time. Frames are drawn from what is at hand; what is missing is asked
 * for and drawn when it comes. What a person does is in modules of their own: `moving`, `selection`,
 * `measuring`, `hovering`, `links`.
 */
export class Timeline {
  isShown = false;
  #dirty = false;
  #lastFrame = 0;

  constructor(element, { server, view, trace, rows, styles, marks, palette, announce, failed, life, progress, availability }) {
    Object.assign(this, { element, server, view, trace, announce, failed, life, availability });
    this.isPartial = progress !== null;
    this.styleList = styles;
    this.viewport = new Viewport(trace.duration);
    this.rows = new Rows(rows);
    this.styles = new Styles(styles, palette);
    this.tiles = new Tiles(server, trace.duration, (row, code, label) => this.styles.of(code, label, this.rows.row(row)?.kind));
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
      /** Whether keys moved away from what is selected. */
      hasMovedSince: false,
      /** Where keys mean, if that is to be shown; else null. */
      keyTime: null,
    };
    this.moving = new Moving(this);
    this.selection = new Selection(this);
    this.markChoice = new MarkChoice(this);
    this.scrolling = new Scrolling(this);
    this.measuring = new Measuring(this);
    this.links = new LinkRequests(this);
    this.#build();
    this.#readView(new Set(NAMES));
    view.onChange(NAMES, (changed) => this.#readView(changed));
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
      onSelect: (row) => this.selection.chooseRow(row),
      onPin: (row) => this.togglePin(row),
    });
    this.gutterHead = make('div', { class: 'gutter-head' });
    gutterElement.append(this.gutterHead);
    this.details = new DetailsPanel(this);
    this.tools = new TimelineTools(this);
    this.status = make('span', { class: 'timeline-status' });
    this.tools.element.append(this.status);
    this.legend = this.#newLegend();
    this.element.append(
      this.tools.element,
      this.#missing() ?? '',
      make('div', { class: 'timeline-body' }, this.scroller, this.details.element),
      this.legend,
    );
    this.hovering = new Hovering(this);
    this.canvas.addEventListener('focus', () => this.redraw());
    this.canvas.addEventListener('blur', () => this.redraw());
    listenToPointer(this.canvas, this);
    listenToKeys(this, this.life);
    this.scroller.addEventListener('scroll', () => {
      this.scene.scrollTop = this.scroller.scrollTop;
      this.hovering.scrolled();
      this.scrolling.keepSoon();
      this.links.askSoon();
      this.redraw();
    });
    new ResizeObserver(() => this.#resize()).observe(this.scroller);
  }

  #newLegend() {
    return stateLegend(this.styleList, this.styles, this.scene.palette, this.rows);
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

  /** Says something beside the tools. */
  say(text) {
    this.status.textContent = text;
  }

  /** Takes other colours. */
  recolor(palette) {
    this.scene.palette = palette;
    this.scene.styles = this.styles = new Styles(this.styleList, palette);
    const legend = this.#newLegend();
    this.legend.replaceWith(legend);
    this.legend = legend;
    this.refresh();
  }

  /** Findings and losses are known by now. */
  marksCame() {
    this.markChoice.read();
    this.redraw();
  }

  /** The rows have other states, or other colours, by now. */
  refresh() {
    this.tiles.clear();
    this.redraw();
  }

  show(isShown) {
    this.isShown = isShown;
    if (!isShown) return this.moving.releaseAll();
    this.#resize();
    this.scrolling.read();
  }

  // --- what the address bar says

  #readView(changed) {
    const { view, scene, rows } = this;
    if (changed.has('window')) this.moving.read();
    scene.interval = view.range('interval');
    this.measuring.read();
    this.links.readKinds();
    if (['pins', 'open', 'rows', 'idle', 'host'].some((name) => changed.has(name))) {
      rows.pins = view.list('pins').map(Number);
      rows.toggled = new Set(view.list('open').map(Number));
      rows.filter = view.value('rows');
      rows.showsIdle = view.value('idle') === '1';
      rows.host = view.value('host');
      this.#layOut();
    }
    if (changed.has('thing')) this.selection.read();
    if (changed.has('mark') || changed.has('markers')) this.markChoice.read();
    if (this.isShown && (changed.has('thing') || changed.has('top'))) this.scrolling.read();
    if (changed.has('path') || (changed.has('interval') && view.value('path') !== '')) this.links.askPath();
    this.tools.update();
    this.links.askSoon();
    this.redraw();
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
    const moves = this.moving.step(seconds);
    const usesKeys = this.scene.hoverTime === null && (this.scene.measure !== null || this.canvas.matches(':focus-visible'));
    this.scene.keyTime = usesKeys ? this.measuring.keyTime : null;
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    paint(this.context, this.scene);
    this.gutter.draw(this.scene);
    this.canvas.isComplete = this.tiles.load(this.viewport, this.#rowsToLoad());
    const at = this.canvas.frameCount++ % REMEMBERED_FRAMES;
    this.canvas.frameMilliseconds[at] = performance.now() - begin;
    if (moves) this.redraw();
  }

  #rowsToLoad() {
    const ids = new Set();
    for (const place of placesInSight(this.scene)) if (place.row.hasStates) ids.add(place.row.id);
    return ids;
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
    const isOther = this.scene.height !== height;
    this.scene.height = height;
    this.viewport.resize(width);
    this.#layOut();
    // What is in sight stays in sight, also while the page around it comes to its size.
    if (isOther) this.scrolling.read();
    this.redraw();
  }

  // --- rows

  #layOut() {
    this.rows.layOut();
    const total = HEAD_HEIGHT + this.rows.pinnedHeight + this.rows.height;
    this.spacer.style.height = `${Math.max(0, total - this.scene.height)}px`;
    this.scene.scrollTop = this.scroller.scrollTop;
    const hidden = this.rows.hiddenIdle;
    this.gutterHead.textContent = hidden > 0 ? `${hidden} idle rows hidden` : '';
  }

  /** Keeps in the address which rows are open. */
  keepRows() {
    const { rows } = this;
    this.view.set({ open: [...rows.toggled], rows: rows.filter, idle: rows.showsIdle ? 1 : '', host: rows.host }, { quiet: true });
    this.#layOut();
    this.links.askSoon();
    this.redraw();
  }

  toggle(row) {
    this.rows.toggle(row);
    this.keepRows();
  }

  toggleSelected() {
    const { row } = this.selection;
    if (row && this.rows.hasChildren(row)) this.toggle(row);
  }

  togglePin(row = this.selection.row) {
    if (!row) return;
    const { pins } = this.rows;
    this.view.set({ pins: pins.includes(row.id) ? pins.filter((id) => id !== row.id) : [...pins, row.id] });
    this.redraw();
  }

  placeAt(y) {
    return placesInSight(this.scene).find((place) => {
      const top = rowTop(place, this.scene);
      const isInside = y >= top && y < top + place.height;
      return isInside && (place.isPinned || y >= HEAD_HEIGHT + this.rows.pinnedHeight);
    });
  }

  // --- what a person does

  timeAt(x) {
    return Math.min(Math.max(0, this.viewport.time(x)), this.trace.duration);
  }

  dragInterval(a, b, isOver) {
    const interval = { begin: Math.floor(Math.min(a, b)), end: Math.ceil(Math.max(a, b)) };
    if (interval.end <= interval.begin) return;
    this.scene.interval = interval;
    if (isOver) this.view.set({ interval });
    this.say(`${durationText(interval.end - interval.begin)} selected`);
    this.redraw();
  }

  selectVisible() {
    const { begin, end } = this.viewport;
    this.view.set({ interval: { begin: Math.max(0, begin), end: Math.min(this.trace.duration, end) } });
  }

  click(x, y) {
    this.canvas.focus({ preventScroll: true });
    if (this.measuring.takeClick(this.timeAt(x))) return;
    if (y < HEAD_HEIGHT) {
      const found = y >= AXIS_HEIGHT ? markAt(this.scene, x) : null;
      if (found) this.markChoice.choose(found);
      return;
    }
    const place = this.placeAt(y);
    if (!place) return;
    if (place.row.kind === 'group') this.toggle(place.row);
    else this.selection.select(place.row.id, this.timeAt(x));
  }

  /** Gives up the latest of what was chosen: a measurement, the path, the selection. */
  clear() {
    this.hovering.hide();
    if (!this.measuring.giveUp()) {
      if (this.view.value('path') !== '') this.view.set({ path: '' });
      else this.view.set({ thing: '', interval: '', mark: '' });
    }
    this.redraw();
  }
}
