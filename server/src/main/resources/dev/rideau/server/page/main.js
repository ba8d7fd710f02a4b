import { make, fill } from './core/dom.js';
import { Palette } from './core/colors.js';
import { Server } from './core/server.js';
import { View } from './core/view.js';
import { Shell } from './shell.js';
import { applyTheme } from './theme.js';

/** Starts the page: which trace, wait until it is ready, then show it. */
const page = document.getElementById('page');
const view = new View();

applyTheme();
start().catch((error) => showFailure(error));

async function start() {
  const traces = await Server.traces();
  if (traces.length === 0) {
    return fill(page, make('main', { class: 'alone' }, make('h1', {}, 'Rideau'), make('p', {}, 'No trace is open.')));
  }
  const trace = traces.find((one) => one.id === view.value('trace')) ?? traces[0];
  document.title = `${trace.name} – Rideau`;
  // Another trace is another page: nothing of this one can stay behind.
  view.onChange(['trace'], () => location.reload());
  const server = new Server(trace.id, null, () => view.value('host'));
  const still = Promise.all([server.styles(), server.charts(), server.reports()]);
  const early = await untilReady(server, trace, traces, still);
  const [about, rows, availability] = await Promise.all([server.trace(), server.rows(), server.availability()]);
  early?.abort();
  await showShell({ server, traces, about, rows, availability, still });
}

/** Shows what there is; returns what ends it. */
async function showShell({ server, traces, about, rows, availability, still, progress = null }) {
  const [styles, charts, reports] = await still;
  const life = new AbortController();
  const shell = new Shell(page, {
    server: server.during(rows.complete),
    view: view.until(life.signal),
    life: life.signal,
    traces,
    trace: about,
    rows: rows.rows,
    styles: styles.styles,
    charts,
    reports,
    availability,
    progress,
    palette: new Palette(),
  });
  document.body.dataset.complete = String(rows.complete);
  return { shell, abort: () => life.abort() };
}

/**
 * Waits until all can be asked. As soon as there are rows, which are made straight from the records, they
 * are shown; what needs facts tells how far they are.
 */
async function untilReady(server, trace, traces, still) {
  let elements = null;
  let early = null;
  let shown = 0;
  let shownEnd = 0;
  for (let pause = 50; ; pause = Math.min(400, pause * 1.3)) {
    const progress = await server.progress();
    if (progress.state === 'ready') return early;
    if (progress.state === 'failed') throw new Error(progress.error ?? 'the trace cannot be opened');
    const [about, rows] = await Promise.all([server.trace(), server.rows()]);
    const known = rows.complete || about.duration <= 0 ? [] : rows.rows.filter((row) => row.hasStates);
    if (known.length > 0 && rows.rows.length !== shown) {
      early?.abort();
      shown = rows.rows.length;
      early = await showShell({ server, traces, about, rows, availability: { available: [], unavailable: {} }, still, progress });
    }
    const end = Math.max(0, ...known.map((row) => row.end));
    if (early) {
      early.shell.showProgress(progress);
      if (end !== shownEnd) early.shell.refresh();
      shownEnd = end;
    } else {
      elements ??= showProgress(trace);
      elements.bar.value = progress.fraction ?? 0;
      elements.text.textContent = progress.message;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function showProgress(trace) {
  const bar = make('progress', { max: 1, 'aria-label': `Opening ${trace.name}` });
  const text = make('p', { role: 'status' });
  fill(page, make('main', { class: 'alone' }, make('h1', {}, trace.name), bar, text));
  return { bar, text };
}

function showFailure(error) {
  fill(
    page,
    make(
      'main',
      { class: 'alone' },
      make('h1', {}, 'This trace cannot be shown'),
      make('p', { class: 'error-text', role: 'alert' }, error.message),
      error.advice ? make('p', {}, error.advice) : null,
      make('button', { onclick: () => location.reload() }, 'Try again'),
    ),
  );
}
