import { relativeText, roundStep } from '../core/times.js';

/** Draws the axis of time on top and returns the pixels of its grid lines. */
export function drawAxis(context, viewport, palette, height) {
  const step = roundStep(viewport.nsPerPixel * 110);
  const first = Math.ceil(Math.max(viewport.begin, 0) / step) * step;
  const lines = [];
  context.fillStyle = palette.quiet;
  context.font = `11px ${palette.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (let time = first; time < viewport.end && time <= viewport.spanNs; time += step) {
    const x = Math.round(viewport.x(time));
    lines.push(x);
    context.fillText(relativeText(time, step), x + 4, height / 2);
  }
  context.fillStyle = palette.line;
  for (const x of lines) context.fillRect(x, height - 6, 1, 6);
  context.fillRect(0, height - 1, viewport.width, 1);
  return lines;
}
