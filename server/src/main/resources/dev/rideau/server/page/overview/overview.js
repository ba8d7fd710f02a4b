import { fill, make } from '../core/dom.js';
import { countText, durationText } from '../core/numbers.js';
import { momentText, relativeText } from '../core/times.js';
import { isAborted, Latest } from '../core/server.js';
import { Table } from '../tables/table.js';

const SEVERITIES = ['fine', 'worth knowing', 'bad', 'severe'];

/** What the recording is, what stands out in it, and where to look. */
export class Overview {
  #request = new Latest();
  #loaded = null;

  constructor(element, { server, view, trace, rows, failed }) {
    Object.assign(this, { element, server, view, trace, rows, failed });
    view.onChange(['interval', 'host'], () => this.isVisible && this.#load());
  }

  show(isVisible) {
    this.isVisible = isVisible;
    if (isVisible) this.#load();
  }

  async #load() {
    const key = `${this.view.value('interval')} ${this.view.value('host')}`;
    if (this.#loaded === key) return;
    if (this.#loaded === null) this.#drawWaiting();
    try {
      const signal = this.#request.start();
      const range = this.view.range('interval') ?? {};
      const [answers, at] = await Promise.all([
        Promise.all(this.#hosts().map((host) => this.server.explain({ ...range, host }, signal))),
        this.server.eventAt(0, signal),
      ]);
      this.events = at.total;
      this.#loaded = key;
      this.#draw(answers);
    } catch (error) {
      if (!isAborted(error)) {
        fill(this.element, this.#facts(), make('p', { class: 'error-text' }, error.message));
      }
    }
  }

  /** Numbers of the machines that are looked at, one after the other; null for the only one. */
  #hosts() {
    const { hosts } = this.trace;
    const chosen = this.view.value('host');
    if (hosts.length < 2) return [null];
    return chosen === '' ? hosts.map((_, number) => number) : [Number(chosen)];
  }

  #drawWaiting() {
    fill(this.element, this.#facts(), make('p', { class: 'waiting', role: 'status' }, 'Asking the rules what stands out…'));
  }

  #facts(recording = []) {
    const { trace } = this;
    const fact = (name, value) => (value ? make('div', {}, make('dt', {}, name), make('dd', {}, value)) : null);
    const told = Object.fromEntries(recording);
    const cpus = told.cpus ?? this.rows.filter((row) => row.kind === 'cpu').length;
    const more = recording.filter(([name]) => !['begin_ts', 'end_ts', 'host', 'kernel', 'tracer', 'cpus', 'boot_ts'].includes(name));
    return make(
      'section',
      { class: 'facts', 'aria-label': 'The recording' },
      make('h1', {}, trace.name),
      make(
        'dl',
        {},
        fact('Length', durationText(trace.duration)),
        fact('Begin', momentText(trace.begin, trace.utcOffset)),
        fact('Events', this.events === undefined ? '' : countText(this.events)),
        fact('Host', told.host),
        fact('Kernel', told.kernel),
        fact('CPUs', cpus ? String(cpus) : ''),
        fact('Tracer', told.tracer),
      ),
      more.length === 0
        ? null
        : make(
            'details',
            {},
            make('summary', {}, 'More of the recording'),
            make('dl', {}, more.map(([name, value]) => fact(name, value))),
          ),
    );
  }

  #draw(answers) {
    const hosts = this.#hosts();
    const isOne = hosts[0] === null;
    const parts = answers.map((answer, at) => this.#machine(answer, hosts[at]));
    fill(this.element, this.#facts(isOne ? answers[0].recording : []), ...parts.flatMap((part) => part.sections));
    for (const part of parts) part.show();
  }

  /** What is told of a machine: its sections, and what fills them once they stand in the page. */
  #machine(answer, host) {
    const table = new Table({
      label: 'Busiest processes',
      kept: { view: this.view, name: 'sort.overview' },
      onId: (name, value) => this.#showId(name, value, host),
    });
    const interval = this.view.range('interval');
    const told = Object.fromEntries(answer.recording);
    const sections = [
      host === null
        ? null
        : make(
            'section',
            { class: 'facts machine' },
            make('h2', {}, this.trace.hosts[host]),
            make('p', { class: 'quiet-text' }, [told.kernel, told.cpus ? `${told.cpus} ${told.cpus === '1' ? 'CPU' : 'CPUs'}` : null, told.tracer].filter(Boolean).join(' · ')),
          ),
      this.#losses(answer.losses),
      this.#damage(answer.damage),
      make(
        'section',
        { class: 'findings', 'aria-label': 'Findings' },
        make('h2', {}, interval ? `What stands out from ${relativeText(interval.begin, 1e6)} to ${relativeText(interval.end, 1e6)}` : 'What stands out'),
        answer.findings.length === 0
          ? make('p', {}, answer.resources.length === 0 ? this.#nothingTold(answer) : 'Nothing. No rule found anything worth knowing.')
          : make('ol', { class: 'cards' }, answer.findings.map((finding) => this.#card(finding))),
      ),
      make(
        'section',
        { class: 'resources', 'aria-label': 'Resources' },
        make('h2', {}, 'Was it short of anything?'),
        answer.resources.length === 0 ? make('p', { class: 'quiet-text' }, 'This recording does not tell.') : null,
        make('ul', {}, answer.resources.map((finding) => this.#resource(finding))),
      ),
      make(
        'section',
        { class: 'busiest', 'aria-label': 'Busiest processes' },
        make('div', { class: 'section-head' }, make('h2', {}, 'Busiest processes'), make('a', { href: this.view.address({ tab: 'charts' }) }, 'over time')),
        answer.busiest.rows.length === 0 ? make('p', { class: 'quiet-text' }, 'No process is known to have run: that needs sched_switch.') : table.element,
      ),
      answer.unanswered.length === 0
        ? null
        : make(
            'details',
            { class: 'unanswered', open: answer.resources.length === 0 },
            make('summary', {}, `${answer.unanswered.length} questions that this recording cannot answer`),
            make(
              'ul',
              {},
              answer.unanswered.map((one) => make('li', {}, `${one.question} `, make('span', { class: 'quiet-text' }, `needs ${one.missing.join(', ')}`))),
            ),
          ),
    ];
    return { sections: sections.filter((one) => one !== null), show: () => table.show(...withoutSwitches(answer.busiest)) };
  }

  /** Where records are missing. */
  #losses(losses) {
    if (!losses) return null;
    return make(
      'section',
      { class: 'loss-note', 'aria-label': 'Missing records' },
      make('p', {}, `⚠ ${losses.text}`),
      places(losses.places.map((mark) => this.#trouble(mark, mark.text, null))),
      make('p', { class: 'card-links' }, make('code', {}, losses.command)),
    );
  }

  /** What is wrong with the bytes of the trace: file, packet, rule, and what to do. */
  #damage(faults) {
    if (!faults || faults.length === 0) return null;
    return make(
      'section',
      { class: 'loss-note', 'aria-label': 'Damage' },
      make('h2', {}, 'What is wrong with the trace itself'),
      places(faults.map((fault) => this.#trouble(fault, `${fault.origin ? `${fault.origin}: ` : ''}${fault.message} [${fault.rule}]`, fault.advice))),
    );
  }

  /** A line about something with a place in time, if that is known. */
  #trouble(what, text, advice) {
    const hasPlace = what.begin !== null && what.end > what.begin;
    return make(
      'li',
      {},
      hasPlace ? make('a', { href: this.#place({ ...what, whole: false }) }, text) : text,
      advice ? make('span', { class: 'advice' }, ` ${capital(advice)}`) : null,
    );
  }

  /** Why there are no findings: rules need events of the kernel. */
  #nothingTold(answer) {
    const missing = [...new Set(answer.unanswered.flatMap((one) => one.missing))];
    return `None of the ${answer.unanswered.length} rules can be asked: they look at events that were not recorded, first of all ${missing.slice(0, 3).join(', ')}. Events, SQL and the timeline show what there is.`;
  }

  #showId(name, value, host) {
    const rows = host === null ? this.rows : this.rows.filter((one) => one.host === host);
    const row = rows.find((one) => (name === 'pid' ? one.kind === 'process' && one.pid === Number(value) : one.tid === Number(value)));
    if (row) location.hash = this.view.address({ tab: 'timeline', thing: `${row.id}@${Math.max(0, row.begin)}`, rows: row.name, mark: '', top: '' });
  }

  /** Where a finding happened, as an address: the link works in a new window as well. */
  #place(finding) {
    const length = Math.max(finding.end - finding.begin, 1);
    const margin = finding.whole ? 0 : Math.max(length * 0.3, 1000);
    const changes = {
      tab: 'timeline',
      mark: '',
      top: '',
      window: { begin: Math.max(0, finding.begin - margin), end: Math.min(this.trace.duration, finding.end + margin) },
    };
    // What holds for all that is looked at selects nothing else.
    if (!finding.whole) changes.interval = { begin: finding.begin, end: Math.max(finding.end, finding.begin + 1) };
    const row = this.rows.find((one) => one.id === finding.row);
    if (row) changes.thing = `${row.id}@${Math.max(finding.begin, row.begin)}`;
    return this.view.address(changes);
  }

  #placeText(finding) {
    if (finding.whole) return finding.row === null ? 'timeline, all of the time' : 'its row in the timeline';
    return `timeline at ${relativeText(finding.begin, 1e6)}, ${durationText(finding.end - finding.begin)}`;
  }

  #card(finding) {
    return make(
      'li',
      { class: `card severity-${finding.severity}` },
      make('span', { class: 'badge' }, SEVERITIES[finding.severity] ?? ''),
      make('h3', {}, make('a', { href: this.#place(finding), class: 'place' }, finding.title)),
      make('p', {}, finding.summary),
      finding.advice ? make('p', { class: 'advice' }, finding.advice) : null,
      make(
        'p',
        { class: 'card-links' },
        make('a', { href: this.#place(finding) }, this.#placeText(finding)),
        finding.report ? ' · ' : null,
        finding.report ? make('a', { href: this.view.address({ tab: 'tables', report: finding.report }) }, 'report') : null,
        ' · ',
        make('code', {}, finding.command),
      ),
    );
  }

  #resource(finding) {
    return make(
      'li',
      { class: `resource severity-${finding.severity}` },
      make('strong', {}, finding.resource === 'cpu' ? 'CPU' : finding.resource),
      make('span', { class: 'badge' }, finding.supply),
      make('a', { href: this.#place(finding) }, finding.summary),
    );
  }
}

/** The columns that there is room for; the charts have all. */
function withoutSwitches({ columns, rows }) {
  const isKept = (_, at) => columns[at].name !== 'switches';
  return [columns.filter(isKept), rows.map((row) => row.filter(isKept))];
}

/** Lines beyond these are folded away. */
const MOST_LINES = 5;

function places(lines) {
  if (lines.length === 0) return null;
  if (lines.length <= MOST_LINES) return make('ul', {}, lines);
  const rest = lines.slice(MOST_LINES);
  return [make('ul', {}, lines.slice(0, MOST_LINES)), make('details', {}, make('summary', {}, `and ${rest.length} more`), make('ul', {}, rest))];
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
