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
  const server = new Server(trace.id);
  await untilReady(server, trace);
  const [about, rows, styles, charts, reports, availability] = await Promise.all([
    server.trace(),
    server.rows(),
    server.styles(),
    server.charts(),
    server.reports(),
    server.availability(),
  ]);
  new Shell(page, {
    server,
    view,
    traces,
    trace: about,
    rows: rows.rows,
    styles: styles.styles,
    charts,
    reports,
    availability,
    palette: new Palette(),
  });
  // Another trace is another page: nothing of this one can stay behind.
  view.onChange(['trace'], () => location.reload());
}

async function untilReady(server, trace) {
  let elements = null;
  for (;;) {
    const progress = await server.progress();
    if (progress.state === 'ready') return;
    if (progress.state === 'failed') throw new Error(progress.error ?? 'the trace cannot be opened');
    elements ??= showProgress(trace);
    elements.bar.value = progress.fraction ?? 0;
    elements.text.textContent = progress.message;
    await new Promise((resolve) => setTimeout(resolve, 200));
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
