import { fill, later, make } from '../core/dom.js';
import { countText } from '../core/numbers.js';
import { isAborted, Latest } from '../core/server.js';
import { fileName } from './file-name.js';
import { resultPlot } from './result-plot.js';
import { Table } from './table.js';

/** All reports: a list to choose from, parameters, the plot and the rows of the chosen one. */
export class Reports {
  #request = new Latest();
  #shown = '';

  constructor(element, { server, view, trace, reports, availability, palette, tooltip, failed, showTime, showId, announce }) {
    Object.assign(this, { element, server, view, trace, reports, palette, tooltip, failed, announce });
    this.unavailable = availability.unavailable;
    this.find = make('input', { type: 'search', placeholder: 'Find a report', 'aria-label': 'Find a report' });
    this.find.addEventListener('input', () => this.#drawList());
    this.list = make('nav', { class: 'report-list', 'aria-label': 'Reports' });
    this.head = make('div', { class: 'report-head' });
    this.parameters = make('form', { class: 'parameters', 'aria-label': 'Parameters' });
    this.parameters.addEventListener('submit', (event) => event.preventDefault());
    this.plot = make('div', { class: 'report-plot' });
    this.status = make('p', { class: 'table-status quiet-text', 'aria-live': 'polite' });
    this.table = new Table({ label: 'Rows of the report', kept: { view, name: 'sort' }, onTime: showTime, onId: showId });
    element.append(
      make('div', { class: 'report-side' }, this.find, this.list),
      make('div', { class: 'report-main' }, this.head, this.parameters, this.status, this.plot, this.table.note, this.table.element),
    );
    this.isVisible = false;
    view.onChange(['report', 'interval', 'host'], () => this.#changed());
    view.onChange(this.#parameterNames(), () => this.#changed());
  }

  #parameterNames() {
    return [...new Set(this.reports.flatMap((report) => report.params.map((one) => `p.${one.name}`)))];
  }

  show(isVisible) {
    this.isVisible = isVisible;
    if (isVisible) this.#changed();
  }

  recolor(palette) {
    this.palette = palette;
    this.#drawPlot();
  }

  get report() {
    const wanted = this.view.value('report') || 'cpu-process';
    return this.reports.find((report) => report.name === wanted) ?? this.reports[0];
  }

  #changed() {
    if (!this.isVisible || !this.report) return;
    const { report } = this;
    if (this.#shown !== report.name) {
      this.#shown = report.name;
      this.#drawHead();
      this.table.show([], []);
      fill(this.plot);
    }
    this.#drawList();
    this.#drawExports();
    this.load();
  }

  #drawList() {
    const wanted = this.find.value.trim().toLowerCase();
    const groups = new Map();
    for (const report of this.reports) {
      const text = `${report.name} ${report.title} ${report.answers}`.toLowerCase();
      if (!text.includes(wanted)) continue;
      if (!groups.has(report.group)) groups.set(report.group, []);
      groups.get(report.group).push(report);
    }
    fill(
      this.list,
      [...groups].map(([group, reports]) => [
        make('h3', {}, group),
        make(
          'ul',
          {},
          reports.map((report) => {
            const missing = this.unavailable[report.name];
            return make(
              'li',
              {},
              make(
                'a',
                {
                  href: this.view.address({ report: report.name, ...this.#noParameters() }),
                  class: missing ? 'is-missing' : '',
                  'aria-current': report === this.report ? 'page' : null,
                  title: missing ? `${report.answers} Not recorded: ${missing.join(', ')}` : report.answers,
                },
                report.title,
              ),
            );
          }),
        ),
      ]).flat(),
    );
  }

  #noParameters() {
    return Object.fromEntries(['sort', ...this.#parameterNames()].map((name) => [name, '']));
  }

  #drawHead() {
    const { report } = this;
    this.exports = make('span', { class: 'exports' });
    fill(
      this.head,
      make('h2', {}, report.title),
      this.exports,
      make('p', { class: 'answers' }, report.answers),
      report.see.length === 0
        ? null
        : make(
            'p',
            { class: 'quiet-text see' },
            'See also ',
            report.see.flatMap((name, index) => {
              const other = this.reports.find((one) => one.name === name);
              const link = make(
                'a',
                { href: this.view.address({ report: name, ...this.#noParameters() }) },
                other?.title ?? name,
              );
              return index === 0 ? [link] : [', ', link];
            }),
          ),
    );
    fill(
      this.parameters,
      report.params.map((parameter) => this.#field(parameter)),
    );
  }

  #field(parameter) {
    const name = `p.${parameter.name}`;
    const input = make('input', {
      value: this.view.value(name),
      placeholder: parameter.default ?? '',
      size: Math.max(6, Math.min(14, (parameter.default ?? '').length + 4)),
      'aria-describedby': `about-${parameter.name}`,
    });
    input.addEventListener('input', later(() => this.view.set({ [name]: input.value.trim() }), 400));
    return make(
      'label',
      { title: parameter.text },
      parameter.name,
      input,
      make('span', { id: `about-${parameter.name}`, class: 'visually-hidden' }, parameter.text),
    );
  }

  #values() {
    const values = { ...(this.view.range('interval') ?? {}) };
    for (const { name } of this.report.params) values[`p.${name}`] = this.view.value(`p.${name}`);
    return values;
  }

  #drawExports() {
    const { report } = this;
    const formats = ['csv', 'json', 'parquet', ...(report.plot ? ['svg'] : [])];
    const link = (format, text, more = {}) =>
      make(
        'a',
        {
          class: 'button',
          href: this.server.reportAddress(report.name, { ...this.#values(), format, ...more }),
          download: fileName(this.trace, report.name, format),
          'data-format': format,
        },
        text,
      );
    fill(
      this.exports,
      'Save as ',
      formats.flatMap((format) => {
        const text = format.toUpperCase();
        // A plot is of one machine.
        const isOfEach = format === 'svg' && this.trace.hosts.length > 1 && this.view.value('host') === '';
        return isOfEach ? this.trace.hosts.map((name, host) => link(format, `${text} ${name}`, { host })) : [link(format, text)];
      }),
    );
  }

  async load() {
    const { report } = this;
    const missing = this.unavailable[report.name];
    if (missing) {
      this.status.textContent = `The recording does not tell: it has no ${missing.join(', ')}.`;
      fill(this.plot);
      this.table.show([], []);
      return;
    }
    this.status.textContent = 'Asking…';
    this.element.setAttribute('aria-busy', 'true');
    try {
      this.answer = await this.server.report(report.name, this.#values(), this.#request.start());
      const { rows, truncated, elapsedMs, losses } = this.answer;
      this.status.textContent = [
        `${countText(rows.length)} ${rows.length === 1 ? 'row' : 'rows'}${truncated ? ' (more are left out)' : ''}`,
        elapsedMs === undefined ? null : `${elapsedMs} ms`,
        losses ? '⚠ events were lost in this time; numbers may be too small' : null,
      ]
        .filter(Boolean)
        .join(' · ');
      this.table.show(this.answer.columns, rows);
      this.#drawPlot();
      this.element.removeAttribute('aria-busy');
    } catch (error) {
      if (isAborted(error)) return;
      this.element.removeAttribute('aria-busy');
      this.status.textContent = `${error.message}${error.advice ? ` ${error.advice}` : ''}`;
      fill(this.plot);
      this.table.show([], []);
    }
  }

  #drawPlot() {
    const { report, answer } = this;
    if (!report?.plot || !answer) return fill(this.plot);
    if (report.plot.kind === 'timeline') {
      return fill(this.plot, make('p', {}, make('a', { href: this.view.address({ tab: 'timeline' }) }, 'See it on the timeline')));
    }
    const hosts = [...new Set(answer.rows.map((row) => this.table.hostOf(row)))];
    const plot = (rows) => resultPlot(report.plot, answer.columns, rows, this.palette, this.tooltip);
    if (hosts.length === 0 || hosts[0] === null) return fill(this.plot, plot(answer.rows));
    fill(
      this.plot,
      hosts.map((host) => [make('h3', {}, host), plot(answer.rows.filter((row) => this.table.hostOf(row) === host))]),
    );
  }
}
