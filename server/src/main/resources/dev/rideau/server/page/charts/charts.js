import { add, fill, later, make } from '../core/dom.js';
import { durationText } from '../core/numbers.js';
import { isAborted, Latest } from '../core/server.js';
import { fileName } from '../tables/file-name.js';
import { Table } from '../tables/table.js';
import { Latencies } from './latencies.js';
import { askProcesses, PROCESS_CHARTS, processNumbers } from './process-charts.js';
import { askRecords } from './record-chart.js';
import { TimeChart } from './time-chart.js';

/** Charts shown besides that of the CPU, when something for them was recorded. */
const USUAL = ['memory-over-time', 'disk-over-time', 'net-over-time', 'io-over-time'];

/**
 * Use of the machine over time above, processes below: selecting an interval recomputes the processes,
 * choosing a process lays its own usage over the chart.
 */
export class Charts {
  #tableRequest = new Latest();

  constructor(element, context) {
    const { server, view, trace, charts, availability, rows, palette, tooltip, failed, announce, showTime, showId, showRow } = context;
    Object.assign(this, { element, server, view, trace, rows, palette, failed, context });
    this.processRows = new Map(rows.filter((row) => row.kind === 'process').map((row) => [`${row.host} ${row.pid}`, row]));
    const has = (name) => charts.some((chart) => chart.name === name) && !availability.unavailable[name];
    const about = (name) => charts.find((chart) => chart.name === name);
    const chart = (name, more = {}) =>
      new TimeChart({
        title: about(name).title,
        plot: about(name).plot,
        report: name,
        load: (range, bins, signal) => server.chart(name, { ...range, bins }, signal),
        view,
        duration: trace.duration,
        palette,
        tooltip,
        failed,
        ...more,
      });
    this.charts = [];
    // A process has one colour in all charts, and the same again when they are opened anew.
    this.numbers = processNumbers(rows, trace.hosts ?? []);
    if (has('cpu-process-over-time')) {
      this.main = chart('cpu-process-over-time', {
        ceiling: () => 100 * Math.max(1, rows.filter((row) => row.kind === 'cpu' && this.#isShown(row)).length),
        loadOverlay: (range, bins, signal) => this.#overlay(range, bins, signal),
        numbers: this.numbers,
      });
      this.charts.push(this.main);
    }
    this.records = this.main ? null : this.#recordChart();
    if (this.records) this.charts.push(this.records);
    this.others = USUAL.filter(has).map((name) => chart(name));
    this.charts.push(...this.others);
    this.systemCalls = this.#countChart();
    if (!availability.unavailable['syscall-top']) this.charts.push(this.systemCalls);
    for (const one of PROCESS_CHARTS) {
      if (!availability.unavailable[one.needs]) this.charts.push(this.#processChart(one));
    }
    this.latencies = new Latencies({ server, view, duration: trace.duration, palette, tooltip, failed, announce, showRow, availability });
    this.table = new Table({
      label: 'Processes in the interval',
      kept: { view, name: 'sort.charts' },
      onTime: showTime,
      onId: showId,
      onRow: (row) => this.#choose(row),
      isChosen: (row) => this.#rowOf(row) !== null && String(this.#rowOf(row)?.id) === view.value('usage'),
    });
    this.tableTitle = make('h2', {}, 'Processes');
    this.tableNote = make('span', { class: 'quiet-text' });
    this.hasProcesses = !availability.unavailable['cpu-process'];
    add(
      element,
      (this.main ?? this.records).element,
      this.hasProcesses
        ? make(
            'section',
            { class: 'interval-table', 'aria-label': 'Processes in the interval' },
            make('div', { class: 'section-head' }, this.tableTitle, this.tableNote, this.table.note, this.#saveLink()),
            this.table.element,
          )
        : null,
      this.#missing(charts, availability),
      make('div', { class: 'chart-grid' }, this.charts.slice(1).map((one) => one.element)),
      this.latencies.hasAny ? this.latencies.element : null,
    );
    this.reload = later(() => this.isVisible && this.#reloadAll(), 180);
    view.onChange(['window'], () => this.#redrawThenReload());
    view.onChange(['window'], () => this.#tellOfTable());
    view.onChange(['interval'], () => this.#intervalChanged());
    view.onChange(['usage'], () => this.#usageChanged());
    view.onChange(['host'], () => this.show(this.isVisible));
    view.onChange(['latency'], () => this.isVisible && this.latencies.reload());
    view.onChange(['band'], () => {
      if (!this.isVisible) return;
      this.latencies.draw();
      this.latencies.reloadBars();
    });
  }

  /** Charts that cannot be drawn, and which events would change that. */
  #missing(charts, { unavailable }) {
    const wanted = [
      ...['cpu-process-over-time', ...USUAL].map((name) => [charts.find((chart) => chart.name === name)?.title, name]),
      ['System calls', 'syscall-top'],
      ...this.latencies.missing.map(([title, name]) => [`Latencies: ${title.toLowerCase()}`, name]),
    ].filter(([title, name]) => title && unavailable[name]);
    if (wanted.length === 0) return null;
    return make(
      this.main ? 'details' : 'section',
      { class: 'not-recorded' },
      make(this.main ? 'summary' : 'h2', {}, this.main ? `${wanted.length} charts need events that were not recorded` : 'What was not recorded'),
      make(
        'ul',
        {},
        wanted.map(([title, name]) => make('li', {}, `${title} `, make('span', { class: 'quiet-text' }, `needs ${unavailable[name].join(' and ')}`))),
      ),
    );
  }

  #isShown(row) {
    const host = this.view.value('host');
    return host === '' || String(row.host) === host;
  }

  #saveLink() {
    this.save = make('a', { class: 'button', download: fileName(this.trace, 'cpu-process', 'csv') }, 'CSV');
    return make('span', { class: 'exports' }, 'Save as ', this.save);
  }

  /** What is left to see where it is not known what ran. */
  #recordChart() {
    return new TimeChart({
      title: 'Records by event',
      plot: 'area',
      name: 'records',
      load: (range, bins, signal) => askRecords(this.server, this.trace, range, bins, signal),
      view: this.view,
      duration: this.trace.duration,
      palette: this.palette,
      tooltip: this.context.tooltip,
      failed: this.failed,
    });
  }

  /** System calls a part of the time, by SQL: no report has them. */
  #countChart() {
    return new TimeChart({
      title: 'System calls',
      plot: 'area',
      report: '',
      load: (range, bins, signal) => this.#systemCallCounts(range, bins, signal),
      view: this.view,
      duration: this.trace.duration,
      palette: this.palette,
      tooltip: this.context.tooltip,
      failed: this.failed,
    });
  }

  #processChart(about) {
    return new TimeChart({
      title: about.title,
      plot: 'area',
      name: about.name,
      numbers: this.numbers,
      load: (range, bins, signal) => askProcesses(this.server, this.trace, about, range, bins, signal),
      loadOverlay: (range, bins, signal) => {
        const row = this.rows.find((one) => String(one.id) === this.view.value('usage'));
        return row && row.upid !== null ? askProcesses(this.server, this.trace, about, range, bins, signal, row.upid) : null;
      },
      view: this.view,
      duration: this.trace.duration,
      palette: this.palette,
      tooltip: this.context.tooltip,
      failed: this.failed,
    });
  }

  async #systemCallCounts({ begin, end }, bins, signal) {
    const width = Math.max(1, Math.ceil((end - begin) / bins));
    const origin = BigInt(this.trace.begin) + BigInt(Math.round(begin));
    const last = BigInt(this.trace.begin) + BigInt(Math.round(end));
    const answer = await this.server.sql(
      {
        sql: `WITH c AS (SELECT name, (ts - ${origin}) // ${width} AS bin, count(*) AS n FROM syscall
          WHERE ts >= ${origin} AND ts < ${last} GROUP BY ALL),
          top AS (SELECT name, row_number() OVER (ORDER BY sum(n) DESC, name) AS place FROM c GROUP BY name)
          SELECT bin::INTEGER AS part, CASE WHEN place <= 7 THEN name ELSE 'others' END AS call,
            sum(n)::DOUBLE * 1e9 / ${width} AS rate, min(least(place, 8)) AS place
          FROM c JOIN top USING (name) GROUP BY 1, 2 ORDER BY 4, 1`,
        limit: 100000,
      },
      signal,
    );
    const times = Array.from({ length: bins }, (_, bin) => Math.round(begin) + bin * width);
    const series = new Map();
    for (const [bin, name, rate] of answer.rows) {
      if (!series.has(name)) series.set(name, new Array(bins).fill(0));
      series.get(name)[Number(bin)] = Number(rate);
    }
    return { unit: '/s', times, series: [...series].map(([name, values]) => ({ name, values })), missing: [] };
  }

  show(isVisible) {
    this.isVisible = isVisible;
    if (isVisible) {
      this.#reloadAll();
      this.#loadTable();
    }
  }

  recolor(palette) {
    this.palette = palette;
    for (const one of [...this.charts, this.latencies]) {
      one.palette = palette;
      one.draw();
    }
  }

  #reloadAll() {
    for (const chart of this.charts) chart.reload();
    this.latencies.reload();
  }

  #redrawThenReload() {
    if (!this.isVisible) return;
    for (const chart of this.charts) chart.draw();
    this.latencies.draw();
    this.reload();
  }

  #intervalChanged() {
    if (!this.isVisible) return;
    for (const chart of this.charts) chart.draw();
    this.latencies.draw();
    this.latencies.reloadBars();
    this.#loadTable();
  }

  #usageChanged() {
    if (!this.isVisible) return;
    for (const one of this.charts) if (one.loadOverlay) one.reloadOverlay();
    this.table.redraw();
  }

  #overlay(range, bins, signal) {
    const row = this.view.value('usage');
    return row === '' ? null : this.server.usage({ row, ...range, bins }, signal);
  }

  #rowOf(row) {
    const column = this.table.columns.findIndex((one) => one.name === 'pid');
    const name = this.table.hostOf(row);
    const host = name === null ? this.view.value('host') || '0' : this.trace.hosts.indexOf(name);
    return this.processRows.get(`${host} ${Number(row[column])}`) ?? null;
  }

  #choose(row) {
    const process = this.#rowOf(row);
    if (!process) return;
    const isChosen = this.view.value('usage') === String(process.id);
    this.view.set({ usage: isChosen ? '' : process.id });
  }

  /** Of which time the list of processes is; the charts above may show less. */
  #tellOfTable() {
    if (!this.hasProcesses) return;
    const interval = this.view.range('interval');
    const window = this.view.range('window');
    const shown = window === null ? this.trace.duration : Math.min(window.end, this.trace.duration) - Math.max(0, window.begin);
    this.tableTitle.textContent = interval ? 'Processes in the selected interval' : 'Processes in the whole recording';
    if (interval) this.tableNote.textContent = durationText(interval.end - interval.begin);
    else if (shown >= this.trace.duration) this.tableNote.textContent = 'drag over a chart to select an interval';
    else {
      fill(
        this.tableNote,
        `the charts show ${durationText(shown)} of it · `,
        make('button', { class: 'quiet', onclick: () => this.view.set({ interval: window }) }, 'List these'),
      );
    }
  }

  async #loadTable() {
    if (!this.hasProcesses) return;
    const interval = this.view.range('interval');
    const values = { ...(interval ?? {}), 'p.limit': 1000 };
    this.#tellOfTable();
    this.save.href = this.server.reportAddress('cpu-process', { ...values, format: 'csv' });
    try {
      const table = await this.server.report('cpu-process', values, this.#tableRequest.start());
      this.table.show(table.columns, table.rows);
      this.table.element.dataset.interval = interval ? `${interval.begin}-${interval.end}` : '';
    } catch (error) {
      if (!isAborted(error)) this.failed(error);
    }
  }
}
