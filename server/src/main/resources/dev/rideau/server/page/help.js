import { make } from './core/dom.js';

const KEYS = [
  [
    'Timeline: move',
    [
      ['W S', 'zoom in, out (also + and −, or Ctrl and wheel)'],
      ['A D', 'move to earlier, later times (also ← →, or Shift and wheel, or drag)'],
      ['↑ ↓', 'choose the row above, below'],
      ['Page ↑ ↓', 'scroll rows'],
      ['0', 'the whole recording'],
      ['F', 'zoom to what is selected (also double click)'],
    ],
  ],
  [
    'Timeline: look',
    [
      ['Enter', 'select what is in the middle'],
      [', .', 'previous, next state of the row (also Shift and ← →)'],
      ['Space', 'open or close the row'],
      ['P', 'keep the row on top'],
      ['C', 'critical path of the selected thread'],
      ['M M', 'measure: first and second point, at the pointer or ▾'],
      ['N', 'the next finding, loss or marker (Shift N: the one before)'],
      ['B', 'put a marker of your own, at the pointer or ▾'],
      ['I', 'select what is visible as interval'],
      ['Shift and drag', 'select an interval (or drag in the axis)'],
      ['Esc', 'give up the measurement, the path, the selection'],
    ],
  ],
  [
    'Charts',
    [
      ['← →', 'move the cursor (Page ↑ ↓: by ten parts; Home, End)'],
      ['Shift ← →', 'select an interval'],
      ['+ −', 'zoom in, out'],
      ['Esc', 'select nothing'],
      ['↑ ↓ ← →', 'in dots: the next dot; Enter shows it on the timeline'],
      ['Shift ↑ ↓', 'in dots and histogram: select a band of latencies'],
    ],
  ],
  [
    'Tables',
    [
      ['↑ ↓', 'choose a row (also Page ↑ ↓, Home, End)'],
      ['← →', 'choose a link in it'],
      ['Enter', 'follow the link, or choose the row'],
    ],
  ],
  [
    'Everywhere',
    [
      ['1 … 6', 'overview, timeline, charts, tables, events, SQL'],
      ['/ or Ctrl K', 'search: name, tid, event, condition, or go to a time'],
      ['Ctrl Enter', 'run the statement'],
      ['Ctrl Space', 'complete in a statement'],
      ['?', 'these keys'],
    ],
  ],
];

/** Shows all keys. */
export function showHelp() {
  const dialog = make(
    'dialog',
    { class: 'help', 'aria-labelledby': 'help-title' },
    make('form', { method: 'dialog', class: 'section-head' }, make('h2', { id: 'help-title' }, 'Keys'), make('button', {}, 'Close')),
    make(
      'div',
      { class: 'help-columns' },
      KEYS.map(([title, keys]) =>
        make(
          'section',
          {},
          make('h3', {}, title),
          make('dl', {}, keys.flatMap(([key, text]) => [make('dt', {}, make('kbd', {}, key)), make('dd', {}, text)])),
        ),
      ),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
