import { durationText } from '../core/numbers.js';
import { AXIS_HEIGHT, HEAD_HEIGHT, MARKS_HEIGHT, rowTop } from './scene.js';

/** Draws losses, findings, diagnostics and own markers in the lane below the axis. */
export function drawMarks(context, scene) {
  const { viewport, palette, height } = scene;
  context.fillStyle = palette.line;
  context.fillRect(0, HEAD_HEIGHT - 1, viewport.width, 1);
  const isInSight = (x0, x1) => x1 >= 0 && x0 <= viewport.width;
  for (const { begin, end } of unionOfLosses(scene.marks)) {
    const x0 = viewport.x(begin);
    const x1 = Math.max(viewport.x(end), x0 + 2);
    if (isInSight(x0, x1)) drawLoss(context, palette, x0, x1);
  }
  for (const mark of scene.marks) {
    if (mark.kind === 'loss') continue;
    const x0 = viewport.x(mark.begin);
    const x1 = Math.max(viewport.x(mark.end), x0 + 2);
    if (isInSight(x0, x1)) drawFinding(context, palette, mark, x0, x1);
  }
  for (const marker of scene.markers) drawMarker(context, scene, marker);
}

/** Times in which anything was lost, in their order and without overlaps. */
export function unionOfLosses(marks) {
  const joined = [];
  const losses = marks.filter((mark) => mark.kind === 'loss').sort((a, b) => a.begin - b.begin);
  for (const { begin, end } of losses) {
    const last = joined.at(-1);
    if (last && begin <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ begin, end });
  }
  return joined;
}

/** Draws the veil over the lanes of the CPUs that lost something; where none is told, over all rows. */
export function drawLossVeils(context, scene, places) {
  const { viewport, palette } = scene;
  const losses = scene.marks.filter((mark) => mark.kind === 'loss');
  if (losses.length === 0) return;
  context.fillStyle = palette.lossVeil;
  for (const place of places) {
    const ofRow = losses.filter((mark) => mark.row === null || mark.row === place.row.id || mark.row === place.row.parent);
    const y = rowTop(place, scene);
    for (const { begin, end } of unionOfLosses(ofRow)) {
      const x0 = Math.max(viewport.x(begin), 0);
      const x1 = Math.min(Math.max(viewport.x(end), x0 + 2), viewport.width);
      if (x1 > x0) context.fillRect(x0, y, x1 - x0, place.height);
    }
  }
}

function drawLoss(context, palette, x0, x1) {
  context.fillStyle = palette.loss;
  context.fillRect(x0, AXIS_HEIGHT + 3, x1 - x0, MARKS_HEIGHT - 8);
}

function drawFinding(context, palette, mark, x0, x1) {
  context.fillStyle = mark.severity >= 2 ? palette.warning : palette.quiet;
  const top = AXIS_HEIGHT + 3;
  const left = Math.max(x0, 0);
  if (x1 - x0 > 12) {
    context.globalAlpha = 0.35;
    context.fillRect(left, top + 4, x1 - left, 3);
    context.globalAlpha = 1;
  }
  context.beginPath();
  context.moveTo(left, top);
  context.lineTo(left + 9, top + 5.5);
  context.lineTo(left, top + 11);
  context.fill();
}

function drawMarker(context, scene, marker) {
  const { viewport, palette, height } = scene;
  const x = Math.round(viewport.x(marker.time));
  if (x < -100 || x > viewport.width + 100) return;
  context.fillStyle = palette.accent;
  context.fillRect(x, AXIS_HEIGHT, 1, height);
  context.font = `10px ${palette.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const width = Math.max(12, context.measureText(marker.name).width + 8);
  context.fillRect(x, AXIS_HEIGHT + 1, width, 13);
  context.fillStyle = palette.onAccent;
  context.fillText(marker.name, x + 4, AXIS_HEIGHT + 8);
}

/** What is at a pixel of the lane: {mark} or {marker}, or null. */
export function markAt(scene, x) {
  for (const marker of scene.markers) {
    const left = scene.viewport.x(marker.time);
    if (x >= left - 3 && x <= left + 14) return { marker };
  }
  let nearest = null;
  for (const mark of scene.marks) {
    const x0 = Math.max(scene.viewport.x(mark.begin), 0);
    const x1 = mark.kind === 'loss' ? Math.max(scene.viewport.x(mark.end), x0 + 4) : x0 + 10;
    if (x < x0 - 3 || x > x1 + 2) continue;
    if (!nearest || mark.severity > nearest.severity) nearest = mark;
  }
  return nearest ? { mark: nearest } : null;
}

/** Draws the selected interval with its length. */
export function drawInterval(context, scene) {
  const { interval, viewport, palette, height } = scene;
  if (!interval) return;
  const x0 = viewport.x(interval.begin);
  const x1 = viewport.x(interval.end);
  if (x1 < 0 || x0 > viewport.width) return;
  context.fillStyle = palette.selection;
  context.fillRect(x0, 0, x1 - x0, height);
  context.fillStyle = palette.accent;
  context.fillRect(Math.round(x0), 0, 1, height);
  context.fillRect(Math.round(x1), 0, 1, height);
}

/** Draws the line between two measured points. */
export function drawMeasure(context, scene) {
  const { measure, viewport, palette, height } = scene;
  if (!measure) return;
  const begin = measure.begin;
  const end = measure.end ?? scene.hoverTime ?? scene.keyTime ?? begin;
  const x0 = viewport.x(Math.min(begin, end));
  const x1 = viewport.x(Math.max(begin, end));
  const y = AXIS_HEIGHT + MARKS_HEIGHT / 2;
  context.strokeStyle = palette.text;
  context.lineWidth = 1;
  context.setLineDash([4, 3]);
  context.beginPath();
  for (const x of [x0, x1]) {
    context.moveTo(Math.round(x) + 0.5, AXIS_HEIGHT);
    context.lineTo(Math.round(x) + 0.5, height);
  }
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x0, y);
  context.lineTo(x1, y);
  context.stroke();
  const text = durationText(Math.abs(end - begin));
  context.font = `bold 12px ${palette.font}`;
  const width = context.measureText(text).width + 12;
  const middle = Math.min(Math.max((x0 + x1) / 2, width / 2), viewport.width - width / 2);
  context.fillStyle = palette.text;
  context.fillRect(middle - width / 2, y - 9, width, 18);
  context.fillStyle = palette.background;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, middle, y + 0.5);
  context.textAlign = 'left';
}
