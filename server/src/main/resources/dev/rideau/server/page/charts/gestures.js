/**
 * Pointer and wheel on what has time from left to right: dragging selects an interval, the wheel zooms.
 *
 * @param scaleOf the current scale of time, or null
 * @param actions {select(begin, end, isOver), zoom(factor, time), hover(x, y), click(x, y)}
 */
export function listenToTimes(canvas, scaleOf, actions) {
  let startX = null;
  const inside = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !scaleOf()) return;
    startX = inside(event).x;
    canvas.setPointerCapture(event.pointerId);
  });
  const select = (x, isOver) => {
    const scale = scaleOf();
    const [begin, end] = [scale.value(startX), scale.value(x)].sort((a, b) => a - b);
    actions.select(begin, end, isOver);
  };
  canvas.addEventListener('pointermove', (event) => {
    const { x, y } = inside(event);
    if (startX !== null && Math.abs(x - startX) > 3) select(x, false);
    else actions.hover?.(x, y);
  });
  canvas.addEventListener('pointerup', (event) => {
    if (startX === null) return;
    const { x, y } = inside(event);
    if (Math.abs(x - startX) > 3) select(x, true);
    else actions.click?.(x, y);
    startX = null;
  });
  canvas.addEventListener('pointerleave', () => actions.hover?.(null, null));
  canvas.addEventListener(
    'wheel',
    (event) => {
      if (!actions.zoom || !scaleOf() || !(event.ctrlKey || event.metaKey || event.altKey)) return;
      event.preventDefault();
      actions.zoom(Math.exp(Math.max(-240, Math.min(event.deltaY, 240)) * 0.0025), scaleOf().value(inside(event).x));
    },
    { passive: false },
  );
}
