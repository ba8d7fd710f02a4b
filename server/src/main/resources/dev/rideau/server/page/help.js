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
      ['M M', 'measure from the pointer’s first to its second place'],
      ['B', 'put a marker of your own'],
      ['I', 'select what is visible as interval'],
      ['Shift and drag', 'select an interval (or drag in the axis)'],
      ['Esc', 'give up the measurement, the path, the selection'],
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
    make('h2', { id: 'help-title' }, 'Keys'),
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
    make('form', { method: 'dialog' }, make('button', { class: 'primary' }, 'Close')),
  );
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
