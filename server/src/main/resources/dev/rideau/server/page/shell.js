import { Charts } from './charts/charts.js';
import { Navigator } from './charts/navigator.js';
import { Palette } from './core/colors.js';
import { fill, isTyping, make, makeSvg } from './core/dom.js';
import { durationText } from './core/numbers.js';
import { activity } from './core/server.js';
import { relativeText } from './core/times.js';
import { showHelp } from './help.js';
import { Overview } from './overview/overview.js';
import { Finder } from './finder.js';
import { Events } from './tables/events.js';
import { Reports } from './tables/reports.js';
import { Sql } from './tables/sql.js';
import { applyTheme, onSystemTheme, theme } from './theme.js';
import { Timeline } from './timeline/timeline.js';
import { Tooltip } from './timeline/tooltip.js';
import { Waiting } from './waiting.js';

const TABS = [
  ['overview', 'Overview'],
  ['timeline', 'Timeline'],
  ['charts', 'Charts'],
  ['tables', 'Tables'],
  ['events', 'Events'],
  ['sql', 'SQL'],
];

/** Paths of icons in a box of 16 by 16. */
const LINK = 'M6.5 9.5l3-3M5 7.5l-1.6 1.6a2.3 2.3 0 0 0 3.3 3.3L8.3 10.8M11 8.5l1.6-1.6a2.3 2.3 0 0 0-3.3-3.3L7.7 5.2';
const HALF = 'M8 2.5a5.5 5.5 0 1 0 0 11z';
const RING = 'M8 2.5a5.5 5.5 0 0 1 0 11';

function icon(path, filled = '') {
  const shape = makeSvg('path', { d: path, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.4 });
  const solid = makeSvg('path', { d: filled, fill: 'currentColor', stroke: 'currentColor', 'stroke-width': 1.4 });
  return makeSvg('svg', { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, shape, solid);
}

/** The frame of the page: tabs, the strip of the whole recording, the interval, messages. */
export class Shell {
  #parts = new Map();

  constructor(page, context) {
    this.context = context;
    this.view = context.view;
    this.trace = context.trace;
    this.live = make('div', { class: 'visually-hidden', 'aria-live': 'polite' });
    this.messages = make('div', { class: 'messages', role: 'alert' });
    this.busy = make('div', { class: 'busy-line', hidden: true, role: 'progressbar', 'aria-label': 'Asking the server' });
    const shared = {
      ...context,
      // Rules take a while; their marks come when they come.
      marks: [],
      announce: (text) => (this.live.textContent = text),
      // What is not there yet is told by the progress.
      failed: (error) => (context.progress && error.status === 409 ? undefined : this.#showFailure(error)),
      tooltip: new Tooltip(document.body),
      showTime: (time) => this.#showTime(time),
      showRow: (row, time, length) => this.#showRow(row, time, length),
      showId: (name, value, host) => this.#showId(name, value, host),
    };
    this.navigator = new Navigator(shared);
    this.tabs = make('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' });
    this.main = make('main', { id: 'main' });
    this.finder = new Finder({ ...shared, openTimeline: () => this.#timeline() });
    this.chip = make('div', { class: 'interval-chip', role: 'status' });
    this.readingBar = make('progress', { max: 1, 'aria-label': 'Reading the trace' });
    this.readingText = make('span', { role: 'status' });
    this.reading = make('div', { class: 'reading', hidden: !context.progress }, this.readingBar, this.readingText);
    fill(
      page,
      make('a', { class: 'skip-link', href: '#main', onclick: (event) => this.#skip(event) }, 'Skip to content'),
      this.#header(),
      this.busy,
      this.reading,
      make('div', { class: 'navigator-line' }, this.navigator.element, this.chip),
      this.main,
      this.messages,
      this.live,
    );
    this.shared = shared;
    for (const [name, title] of TABS) this.#addTab(name, title);
    const { life } = context;
    activity.addEventListener('change', () => this.#showActivity(), { signal: life });
    onSystemTheme(() => theme() === 'system' && this.#setTheme('system'), life);
    this.view.onChange(['tab'], () => this.#showTab());
    this.view.onChange(['interval', 'window'], () => this.#showInterval());
    addEventListener('keydown', (event) => this.#key(event), { signal: life });
    // Lanes are what is there first; who opens a page meanwhile sees them.
    if (context.progress && this.view.value('tab') === '') this.view.set({ tab: 'timeline' }, { quiet: true });
    this.#showInterval();
    this.#showTab();
    if (!context.progress) this.#loadMarks();
  }

  /** How far the trace is read, while only what its records tell is shown. */
  showProgress(progress) {
    for (const { part } of this.#parts.values()) if (part instanceof Waiting) part.progress(progress);
    this.readingBar.value = progress.fraction ?? 0;
    this.readingText.textContent = `${progress.message}. Lanes come straight from the records; the rest follows.`;
  }

  /** More of the records was read. */
  refresh() {
    this.navigator.reload();
    this.#parts.get('timeline').part?.refresh();
  }

  async #loadMarks() {
    try {
      const { marks } = await this.context.server.marks({});
      this.shared.marks.push(...marks);
      this.navigator.draw();
      this.#parts.get('timeline').part?.marksCame();
    } catch (error) {
      this.#showFailure(error);
    }
  }

  #header() {
    const { traces, trace } = this.context;
    const choice =
      traces.length > 1
        ? make(
            'select',
            { 'aria-label': 'Trace', onchange: (event) => (location.hash = `#/overview?trace=${encodeURIComponent(event.target.value)}`) },
            traces.map((one) => make('option', { value: one.id, title: one.path }, one.name)),
          )
        : make('span', { class: 'trace-name', title: trace.path }, trace.name);
    if (traces.length > 1) {
      choice.value = trace.id;
      choice.title = trace.path;
    }
    this.themeButton = make(
      'button',
      { class: 'quiet', onclick: () => this.#setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark') },
      icon(RING, HALF),
    );
    this.themeButton.setAttribute('aria-label', 'Light or dark');
    this.themeButton.title = 'Light or dark';
    return make(
      'header',
      { class: 'top' },
      make('span', { class: 'brand' }, make('img', { src: 'icon.svg', alt: '', width: 20, height: 20 }), 'Rideau'),
      choice,
      this.#machines(),
      this.tabs,
      make(
        'div',
        { class: 'top-end' },
        this.finder.element,
        make('button', { class: 'quiet', onclick: () => this.#copyLink(), title: 'Copy a link to this view', 'aria-label': 'Copy a link to this view' }, icon(LINK)),
        this.themeButton,
        make('button', { class: 'quiet', onclick: () => showHelp(), title: 'Keys (?)', 'aria-label': 'Help and keys' }, '?'),
      ),
    );
  }

  /** Which machine is looked at, where there are several. */
  #machines() {
    const hosts = this.trace.hosts ?? [];
    if (hosts.length < 2) return null;
    const choice = make(
      'select',
      { 'aria-label': 'Machine', onchange: () => this.view.set({ host: choice.value }) },
      make('option', { value: '' }, 'All machines'),
      hosts.map((name, number) => make('option', { value: number }, name || `machine ${number}`)),
    );
    choice.value = this.view.value('host');
    this.view.onChange(['host'], () => (choice.value = this.view.value('host')));
    return choice;
  }

  #addTab(name, title) {
    const panel = make('section', { id: `panel-${name}`, class: `panel panel-${name}`, role: 'tabpanel', 'aria-labelledby': `tab-${name}`, hidden: true });
    const tab = make(
      'button',
      {
        id: `tab-${name}`,
        role: 'tab',
        'aria-controls': `panel-${name}`,
        onclick: () => this.view.set({ tab: name }),
        onkeydown: (event) => this.#tabKey(event),
      },
      title,
    );
    this.tabs.append(tab);
    this.main.append(panel);
    this.#parts.set(name, { panel, tab, part: null });
  }

  #tabKey(event) {
    const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (way === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const at = TABS.findIndex(([name]) => name === this.tab);
    const [next] = TABS[(at + way + TABS.length) % TABS.length];
    this.view.set({ tab: next });
    this.#parts.get(next).tab.focus();
  }

  get tab() {
    const wanted = this.view.value('tab');
    return TABS.some(([name]) => name === wanted) ? wanted : 'overview';
  }

  /** Views are made when they are first shown: a link to one does not wait for the others. */
  #create(name, panel) {
    if (this.context.progress && name !== 'timeline' && name !== 'events') return new Waiting(panel, name, this.context);
    switch (name) {
      case 'overview':
        return new Overview(panel, this.shared);
      case 'timeline':
        return new Timeline(panel, this.shared);
      case 'charts':
        return new Charts(panel, this.shared);
      case 'tables':
        return new Reports(panel, this.shared);
      case 'events':
        return new Events(panel, this.shared);
      default:
        return new Sql(panel, this.shared);
    }
  }

  #showTab() {
    const chosen = this.tab;
    for (const [name, entry] of this.#parts) {
      const isChosen = name === chosen;
      entry.panel.hidden = !isChosen;
      entry.tab.setAttribute('aria-selected', String(isChosen));
      entry.tab.tabIndex = isChosen ? 0 : -1;
      if (!isChosen) entry.part?.show(false);
    }
    const entry = this.#parts.get(chosen);
    entry.part ??= this.#create(chosen, entry.panel);
    entry.part.show(true);
    this.shared.tooltip.hide();
    document.body.dataset.tab = chosen;
  }

  #timeline() {
    this.view.set({ tab: 'timeline' });
    return this.#parts.get('timeline').part;
  }

  #showInterval() {
    const interval = this.view.range('interval');
    fill(
      this.chip,
      interval
        ? [
            make('strong', {}, durationText(interval.end - interval.begin)),
            ` selected, from ${relativeText(interval.begin, 1e4)} `,
            make('button', { class: 'quiet', onclick: () => this.view.set({ window: interval }), title: 'Zoom to the interval' }, 'Zoom'),
            make('button', { class: 'quiet', onclick: () => this.view.set({ interval: '' }), 'aria-label': 'Select no interval' }, '✕'),
          ]
        : [
            make('span', {}, 'Whole recording '),
            make('button', { class: 'quiet', onclick: () => this.#selectVisible(), title: 'Tables follow it' }, 'Select what is visible'),
          ],
    );
  }

  #selectVisible() {
    const window = this.view.range('window') ?? { begin: 0, end: this.trace.duration };
    this.view.set({ interval: { begin: Math.max(0, window.begin), end: Math.min(this.trace.duration, window.end) } });
  }

  #showTime(time) {
    const window = this.view.range('window') ?? { begin: 0, end: this.trace.duration };
    const length = Math.min(window.end - window.begin, 20e6, this.trace.duration);
    this.view.set({ tab: 'timeline', window: { begin: Math.max(0, time - length / 2), end: time + length / 2 } });
    this.#mark(time);
  }

  /** Shows for a while where a time is. */
  #mark(time) {
    const timeline = this.#parts.get('timeline').part;
    timeline.scene.hoverX = timeline.viewport.x(time);
    timeline.redraw();
  }

  #showRow(row, time, length = 0) {
    const margin = Math.max(length, 20_000) * 1.5;
    const zoom = { begin: time - margin, end: time + length + margin };
    this.view.together(() => this.#timeline().selection.show(row, time, { zoom }));
  }

  #showId(name, value, host = null) {
    const number = Number(value);
    const machine = host === null ? this.view.value('host') : String(this.trace.hosts.indexOf(host));
    const rows = this.context.rows.filter((one) => machine === '' || String(one.host) === machine);
    const row = rows.find((one) =>
      name.endsWith('pid') ? one.kind === 'process' && one.pid === number : name.endsWith('utid') ? one.utid === number : one.kind === 'thread' && one.tid === number,
    );
    if (!row) return;
    const interval = this.view.range('interval');
    this.view.together(() => {
      const timeline = this.#timeline();
      timeline.selection.show(row.id, Math.max(row.begin, interval?.begin ?? timeline.viewport.begin, 0));
    });
  }

  #setTheme(chosen) {
    applyTheme(chosen);
    const palette = new Palette();
    this.shared.palette = this.context.palette = palette;
    this.navigator.recolor(palette);
    for (const { part } of this.#parts.values()) part?.recolor?.(palette);
  }

  async #copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.shared.announce('Link copied');
      this.#note('Link copied');
    } catch {
      this.#note(location.href);
    }
  }

  #note(text) {
    const note = make('div', { class: 'message' }, text);
    this.messages.append(note);
    setTimeout(() => note.remove(), 2500);
  }

  #showFailure(error) {
    const old = [...this.messages.children].find((child) => child.dataset.text === error.message);
    old?.remove();
    const note = make(
      'div',
      { class: 'message is-error', 'data-text': error.message },
      error.message,
      error.advice ? ` ${error.advice}` : '',
      make('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => note.remove() }, '✕'),
    );
    this.messages.append(note);
  }

  #showActivity() {
    if (activity.count === 0) {
      clearTimeout(this.activityTimer);
      this.activityTimer = 0;
      this.busy.hidden = true;
    } else if (this.busy.hidden && !this.activityTimer) {
      // What is quick needs no sign; many quick ones one after the other do.
      this.activityTimer = setTimeout(() => (this.busy.hidden = activity.count === 0), 250);
    }
  }

  #skip(event) {
    event.preventDefault();
    const panel = this.#parts.get(this.tab).panel;
    panel.querySelector('[tabindex="0"], a, button, input')?.focus();
  }

  #key(event) {
    if (event.ctrlKey && event.key === 'k') {
      event.preventDefault();
      return this.finder.focus();
    }
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.key === '?') showHelp();
    else if (event.key === '/') this.finder.focus();
    else if (event.key === 'g') this.finder.focus();
    else if (/^[1-6]$/.test(event.key)) this.view.set({ tab: TABS[Number(event.key) - 1][0] });
    else return;
    event.preventDefault();
  }
}
