import { fill, make } from '../core/dom.js';
import { countText } from '../core/numbers.js';
import { isAborted, Latest } from '../core/server.js';
import { Completion } from './completion.js';
import { fileName } from './file-name.js';
import { resultPlot } from './result-plot.js';
import { usualPlot } from './usual-plot.js';
import { Table } from './table.js';

/** Statements to begin with: [title, statement]. */
const EXAMPLES = [
  [
    'Wakeups of processes',
    `SELECT process_name, count(*) AS wakeups, avg(latency) AS latency_ns
FROM wakeup JOIN thread_label USING (utid)
GROUP BY process_name ORDER BY wakeups DESC LIMIT 20`,
  ],
  [
    'Longest system calls',
    `SELECT ts, dur, name, thread_name_then AS thread, tid, args
FROM named('syscall') ORDER BY dur DESC LIMIT 100`,
  ],
  [
    'Where time goes, by state',
    `SELECT state, detail, sum(dur) AS dur
FROM thread_state JOIN thread USING (utid) WHERE NOT is_idle
GROUP BY ALL ORDER BY dur DESC`,
  ],
  [
    'Switches over time',
    `SELECT bin_begin(ts, 50000000, (SELECT begin_ts FROM recording_span)) AS ts, 'CPU ' || cpu AS cpu_name, count(*) AS switches
FROM sched_slice GROUP BY ALL ORDER BY 1, 2`,
  ],
];

/** Statements remembered in this browser. */
const MOST_HISTORY = 40;

/** Rows asked for. */
const LIMIT = 10_000;

/** A box for statements, the rows that they give, and a plot of them. */
export class Sql {
  #request = new Latest();
  #answer = null;

  constructor(element, { server, view, trace, palette, tooltip, failed, showTime, showId }) {
    Object.assign(this, { element, server, view, trace, palette, tooltip, failed });
    this.input = make('textarea', {
      class: 'sql-input',
      rows: 7,
      spellcheck: 'false',
      autocapitalize: 'off',
      'aria-label': 'SQL statement. Control and Enter runs it.',
      value: EXAMPLES[0][1],
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.run();
      }
    });
    const box = make('div', { class: 'sql-box' }, this.input);
    this.completion = new Completion(this.input, box);
    this.history = make('select', { 'aria-label': 'Statements run before' });
    this.history.addEventListener('change', () => {
      if (this.history.value !== '') this.input.value = this.history.value;
      this.history.selectedIndex = 0;
      this.input.focus();
    });
    this.runButton = make('button', { class: 'primary', onclick: () => this.run(), title: 'Control and Enter' }, 'Run');
    this.stopButton = make('button', { onclick: () => this.stop(), disabled: true }, 'Stop');
    this.status = make('span', { class: 'quiet-text', role: 'status' });
    this.exports = make('span', { class: 'exports' });
    this.plotChoice = make('div', { class: 'plot-choice' }, 'Try: ', EXAMPLES.map((example) => this.#example(example)));
    this.plot = make('div', { class: 'report-plot' });
    this.table = new Table({ label: 'Result of the statement', kept: { view, name: 'sort.sql' }, onTime: showTime, onId: showId });
    this.schema = make('details', { class: 'schema' }, make('summary', {}, 'Tables and columns'));
    element.append(
      make(
        'div',
        { class: 'sql-main' },
        box,
        make('div', { class: 'tools' }, this.runButton, this.stopButton, this.history, this.status, this.exports),
        this.plotChoice,
        this.plot,
        this.table.note,
        this.table.element,
      ),
      this.schema,
    );
    this.#drawHistory();
    view.onChange(['sql'], () => this.isVisible && this.#fromView());
  }

  async show(isVisible) {
    this.isVisible = isVisible;
    if (!isVisible) return;
    this.#fromView();
    if (this.completion.words.tables.length > 0) return;
    try {
      this.completion.words = await this.server.completion();
      this.#drawSchema();
    } catch (error) {
      this.failed(error);
    }
  }

  recolor(palette) {
    this.palette = palette;
    this.#drawPlot();
  }

  #example([title, statement]) {
    return make(
      'button',
      {
        onclick: () => {
          this.input.value = statement;
          this.run();
        },
      },
      title,
    );
  }

  #fromView() {
    const statement = this.view.value('sql');
    if (statement === '' || statement === this.ran) return;
    this.input.value = statement;
    this.run();
  }

  #drawSchema() {
    const { tables, macros } = this.completion.words;
    this.schema.open = innerWidth > 1100;
    this.schema.append(
      ...tables.map((table) =>
        make(
          'details',
          {},
          make('summary', { title: table.text }, table.name),
          make('p', { class: 'quiet-text' }, table.text),
          make(
            'ul',
            {},
            table.columns.map((column) =>
              make('li', {}, make('button', { class: 'cell-link', onclick: () => this.#insert(column) }, column)),
            ),
          ),
        ),
      ),
      make('h3', {}, 'Macros'),
      ...macros.map((macro) =>
        make('p', { title: macro.text }, make('button', { class: 'cell-link', onclick: () => this.#insert(`${macro.name}(`) }, macro.name)),
      ),
    );
  }

  #insert(text) {
    this.input.setRangeText(text, this.input.selectionStart, this.input.selectionEnd, 'end');
    this.input.focus();
  }

  stop() {
    this.#request.stop();
  }

  #body(more = {}) {
    const body = { sql: this.ran, ...more };
    const interval = this.view.range('interval');
    return interval ? { ...body, ...interval } : body;
  }

  async run() {
    const statement = this.input.value.trim();
    if (statement === '') return;
    // Another statement has other columns.
    const isOther = this.view.value('sql') !== statement;
    this.ran = statement;
    this.view.set(isOther ? { sql: statement, 'sort.sql': '' } : {});
    this.#remember(statement);
    this.completion.close();
    this.stopButton.disabled = false;
    this.runButton.disabled = true;
    // What they save would be another answer than the one in sight.
    fill(this.exports);
    const began = performance.now();
    const ticking = setInterval(() => {
      this.status.textContent = `running for ${((performance.now() - began) / 1000).toFixed(1)} s`;
    }, 200);
    try {
      const answer = await this.server.sql(this.#body({ limit: LIMIT }), this.#request.start());
      const columns = answer.columns.map((column) => ({ ...column, unit: unitOf(column), text: column.type, isWritten: true }));
      const begin = BigInt(this.trace.begin);
      const times = columns.flatMap((column, index) => (column.unit === 'time' ? [index] : []));
      const rows = times.length === 0 ? answer.rows : answer.rows.map((row) => relative(row, times, begin));
      this.#answer = { columns, rows };
      this.status.textContent = `${countText(rows.length)} ${rows.length === 1 ? 'row' : 'rows'}${answer.truncated ? ', more are left out' : ''} · ${answer.elapsedMs} ms`;
      this.table.show(columns, rows);
      this.#drawExports();
      this.#drawPlotChoice();
    } catch (error) {
      const isStopped = isAborted(error);
      this.status.textContent = isStopped ? 'stopped' : 'no answer';
      this.#answer = null;
      this.table.show([], []);
      fill(this.plot, isStopped ? null : make('pre', { class: 'error-text' }, `${error.message}\n${error.advice ?? ''}`));
      fill(this.plotChoice);
      fill(this.exports);
    } finally {
      clearInterval(ticking);
      this.stopButton.disabled = true;
      this.runButton.disabled = false;
    }
  }

  #drawExports() {
    fill(
      this.exports,
      'Save as ',
      ['csv', 'json', 'parquet'].map((format) =>
        make('button', { 'data-format': format, onclick: () => this.#save(format) }, format.toUpperCase()),
      ),
    );
  }

  async #save(format) {
    try {
      const file = await this.server.sqlFile(this.#body({ limit: 100000, format }));
      const address = URL.createObjectURL(file);
      make('a', { href: address, download: fileName(this.trace, 'sql', format) }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    } catch (error) {
      this.failed(error);
    }
  }

  #drawPlotChoice() {
    const { columns, rows } = this.#answer;
    const numbers = columns.filter((column) => column.number);
    const option = (column) => make('option', { value: column.name }, column.name);
    const choose = (label, columnsToChoose, hasNone) =>
      make(
        'select',
        { 'aria-label': label, onchange: () => this.#drawPlot() },
        hasNone ? make('option', { value: '' }, '–') : null,
        columnsToChoose.map(option),
      );
    this.kind = make(
      'select',
      { 'aria-label': 'Kind of plot', onchange: () => this.#drawPlot() },
      ['none', 'bar', 'line', 'area', 'scatter'].map((kind) => make('option', { value: kind }, kind)),
    );
    this.x = choose('Horizontal', columns, false);
    this.y = choose('Vertical', numbers.length > 0 ? numbers : columns, false);
    this.series = choose('Series', columns, true);
    const usual = usualPlot(columns, rows);
    this.kind.value = usual.kind;
    this.x.value = usual.x ?? '';
    if (usual.y) this.y.value = usual.y;
    if (usual.series) this.series.value = usual.series;
    fill(
      this.plotChoice,
      make('label', {}, 'Plot ', this.kind),
      make('label', {}, 'of ', this.y),
      make('label', {}, 'over ', this.x),
      make('label', {}, 'by ', this.series),
    );
    this.#drawPlot();
  }

  #drawPlot() {
    if (!this.#answer || !this.kind) return;
    const { columns, rows } = this.#answer;
    const roles = {
      label: this.x.value,
      time: this.x.value,
      x: this.x.value,
      value: this.y.value,
      y: this.y.value,
      series: this.series.value,
    };
    const figure = this.kind.value === 'none' ? null : resultPlot({ kind: this.kind.value, roles }, columns, rows, this.palette, this.tooltip);
    fill(this.plot, figure);
  }

  #remember(statement) {
    const all = [statement, ...read().filter((one) => one !== statement)].slice(0, MOST_HISTORY);
    try {
      localStorage.setItem('rideau.statements', JSON.stringify(all));
    } catch {
      // A browser that keeps nothing has no history.
    }
    this.#drawHistory();
  }

  #drawHistory() {
    fill(
      this.history,
      make('option', { value: '' }, 'Before…'),
      read().map((statement) => make('option', { value: statement }, statement.replace(/\s+/g, ' ').slice(0, 80))),
    );
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem('rideau.statements') ?? '[]');
  } catch {
    return [];
  }
}

/** What a column of a statement probably holds, from its name, as tables of traces are named. */
function unitOf(column) {
  if (!column.number) return 'text';
  if (/^(ts|begin_ts|end_ts|.*_ts|time)$/.test(column.name)) return 'time';
  if (/(^|_)(tid|pid|utid|upid|cpu|irq|vec|fd|host|priority)$/.test(column.name)) return 'id';
  if (/^(dur|latency|blocked|service|.*_ns)$/.test(column.name)) return 'ns';
  return 'written';
}

/** The row with times from the begin of the recording; what is too far from it stays as it is. */
function relative(row, times, begin) {
  const copy = [...row];
  for (const index of times) {
    if (!/^-?\d+$/.test(copy[index])) continue;
    const time = Number(BigInt(copy[index]) - begin);
    copy[index] = Number.isSafeInteger(time) ? time : String(copy[index]);
  }
  return copy;
}
