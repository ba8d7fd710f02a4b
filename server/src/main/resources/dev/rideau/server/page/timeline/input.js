import { isTyping } from '../core/dom.js';
import { HEAD_HEIGHT } from './scene.js';

/** Movements shorter than this are clicks. */
const CLICK_PIXELS = 4;

/** Wheel and pointer on the canvas, told to the timeline as what a person means. */
export function listenToPointer(canvas, timeline) {
  let drag = null;

  canvas.addEventListener(
    'wheel',
    (event) => {
      const { x, y } = inside(event, canvas);
      const step = event.deltaMode === 1 ? 30 : event.deltaMode === 2 ? 300 : 1;
      if (event.ctrlKey || event.metaKey || event.altKey || y < HEAD_HEIGHT) {
        event.preventDefault();
        timeline.moving.zoomBy(Math.exp(Math.max(-240, Math.min(event.deltaY * step, 240)) * 0.0025), x);
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        timeline.moving.panBy((event.deltaX || event.deltaY) * step);
      }
    },
    { passive: false },
  );

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 && event.button !== 1) return;
    const { x, y } = inside(event, canvas);
    canvas.setPointerCapture(event.pointerId);
    const selects = event.shiftKey || y < HEAD_HEIGHT;
    drag = { x, y, lastX: x, startTime: timeline.timeAt(x), selects, moved: false };
    if (event.button === 1) event.preventDefault();
  });

  canvas.addEventListener('pointermove', (event) => {
    const { x, y } = inside(event, canvas);
    if (drag) {
      if (!drag.moved && Math.abs(x - drag.x) < CLICK_PIXELS) return;
      drag.moved = true;
      canvas.classList.toggle('is-panning', !drag.selects);
      if (drag.selects) timeline.dragInterval(drag.startTime, timeline.timeAt(x), false);
      else timeline.moving.panBy(drag.lastX - x);
      drag.lastX = x;
    } else {
      timeline.hovering.at(x, y);
    }
  });

  const end = (event) => {
    if (!drag) return;
    const { x, y } = inside(event, canvas);
    canvas.classList.remove('is-panning');
    if (!drag.moved) timeline.click(x, y, event);
    else if (drag.selects) timeline.dragInterval(drag.startTime, timeline.timeAt(x), true);
    drag = null;
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', () => (drag = null));
  canvas.addEventListener('pointerleave', () => !drag && timeline.hovering.at(null, null));
  canvas.addEventListener('dblclick', (event) => timeline.moving.showSelection());
}

function inside(event, canvas) {
  const box = canvas.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** Keys that move as long as they are held, by what is written on them: [pan, zoom]. */
const HELD = {
  w: [0, 1],
  s: [0, -1],
  a: [-1, 0],
  d: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  '+': [0, 1],
  '=': [0, 1],
  '-': [0, -1],
  '−': [0, -1],
};

/** Keys anywhere on the page while the timeline is shown, unless somebody types. */
export function listenToKeys(timeline, signal) {
  const once = {
    ArrowUp: () => timeline.selection.chooseNeighbour(-1),
    ArrowDown: () => timeline.selection.chooseNeighbour(1),
    Home: () => timeline.moving.showAll(),
    0: () => timeline.moving.showAll(),
    f: () => timeline.moving.showSelection(),
    Enter: () => timeline.selection.chooseMiddle(),
    m: () => timeline.measuring.point(),
    b: () => timeline.measuring.addMarker(),
    p: () => timeline.togglePin(),
    c: () => timeline.links.togglePath(),
    i: () => timeline.selectVisible(),
    ' ': () => timeline.toggleSelected(),
    '[': () => timeline.selection.step('previous'),
    ',': () => timeline.selection.step('previous'),
    ']': () => timeline.selection.step('next'),
    '.': () => timeline.selection.step('next'),
    Escape: () => timeline.clear(),
    PageUp: () => timeline.scrolling.by(-0.8),
    PageDown: () => timeline.scrolling.by(0.8),
  };
  addEventListener('keydown', (event) => {
    if (!timeline.isShown || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const onButton = event.target instanceof HTMLElement && event.target.closest('button, a, [role=tab], summary');
    if (onButton && (key === 'Enter' || key === ' ' || key.startsWith('Arrow'))) return;
    if (key === 'n') {
      timeline.markChoice.step(event.shiftKey ? -1 : 1);
    } else if (event.shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
      timeline.selection.step(key === 'ArrowLeft' ? 'previous' : 'next');
    } else if (HELD[key]) {
      // By place: which sign a key has may change while it is held.
      timeline.moving.hold(event.code, ...HELD[key]);
    } else if (once[key]) {
      once[key]();
    } else {
      return;
    }
    event.preventDefault();
  }, { signal });
  addEventListener('keyup', (event) => timeline.moving.release(event.code), { signal });
  addEventListener('blur', () => timeline.moving.releaseAll(), { signal });
}
