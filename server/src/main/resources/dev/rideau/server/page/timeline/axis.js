import { relativeText, roundStep } from '../core/times.js';

/** Pixels and times of the marks of the axis. */
export function axisPixels(viewport) {
  const step = axisStep(viewport);
  const first = Math.ceil(Math.max(viewport.begin, 0) / step) * step;
  const marks = [];
  for (let time = first; time < viewport.end && time <= viewport.spanNs; time += step) {
    marks.push([Math.round(viewport.x(time)), time]);
  }
  return marks;
}

function axisStep(viewport) {
  return roundStep(viewport.nsPerPixel * 110);
}

/** Draws the axis of time on top. */
export function drawAxis(context, viewport, palette, height) {
  const step = axisStep(viewport);
  context.font = `11px ${palette.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const [x, time] of axisPixels(viewport)) {
    context.fillStyle = palette.quiet;
    const text = relativeText(time, step);
    if (x + 4 + context.measureText(text).width <= viewport.width) context.fillText(text, x + 4, height / 2);
    context.fillStyle = palette.line;
    context.fillRect(x, height - 6, 1, 6);
  }
  context.fillRect(0, height - 1, viewport.width, 1);
}
