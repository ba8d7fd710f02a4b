import { rowTop } from './scene.js';

/** Arrows in a frame; more cross each other until nothing can be read. */
export const MOST_ARROWS = 160;

/** Draws wakeups and migrations from row to row. */
export function drawArrows(context, scene) {
  const { arrows, viewport, palette } = scene;
  if (!arrows || arrows.length === 0) return;
  context.lineWidth = 1;
  for (const kind of ['wakeup', 'migration']) {
    context.strokeStyle = context.fillStyle = kind === 'wakeup' ? palette.arrow : palette.accent;
    context.setLineDash(kind === 'wakeup' ? [] : [3, 2]);
    context.beginPath();
    const heads = [];
    for (const arrow of arrows) {
      if (arrow.kind !== kind) continue;
      const from = scene.rows.standIn(arrow.fromRow);
      const to = scene.rows.standIn(arrow.toRow);
      if (!from || !to || from === to) continue;
      const x0 = viewport.x(arrow.fromTs);
      const x1 = viewport.x(arrow.toTs);
      if (Math.max(x0, x1) < -20 || Math.min(x0, x1) > viewport.width + 20) continue;
      const y0 = rowTop(from, scene) + from.height / 2;
      const down = rowTop(to, scene) > y0;
      const y1 = rowTop(to, scene) + (down ? 2 : to.height - 2);
      context.moveTo(x0, y0);
      context.bezierCurveTo(x0 + 8, y0, x1 - 8, y1 - (down ? 12 : -12), x1, y1);
      heads.push(x1, y1, down ? 1 : -1);
    }
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    for (let at = 0; at < heads.length; at += 3) {
      const [x, y, way] = heads.slice(at, at + 3);
      context.moveTo(x, y + way);
      context.lineTo(x - 3.5, y - 5 * way);
      context.lineTo(x + 3.5, y - 5 * way);
    }
    context.fill();
  }
}

/** Draws the critical path: a band along the rows it runs through, joined where it changes the row. */
export function drawPath(context, scene) {
  const { path, viewport, palette } = scene;
  if (!path) return;
  const points = [];
  for (const segment of path.segments) {
    const place = segment.row === null ? null : scene.rows.standIn(segment.row);
    if (!place || segment.end < viewport.begin || segment.begin > viewport.end) continue;
    const y = rowTop(place, scene) + place.height - 3;
    points.push([viewport.x(segment.begin), viewport.x(segment.end), y, segment.key]);
  }
  context.lineWidth = 1.5;
  context.strokeStyle = palette.path;
  context.beginPath();
  for (let index = 1; index < points.length; index++) {
    const [, before, y0] = points[index - 1];
    const [x, , y1] = points[index];
    if (y0 === y1 || Math.abs(x - before) > 3) continue;
    context.moveTo(x, y0);
    context.lineTo(x, y1);
  }
  context.stroke();
  for (const [x0, x1, y, key] of points) {
    context.fillStyle = key === 'running' ? palette.path : palette.pathWait;
    context.fillRect(x0, y - 1, Math.max(1, x1 - x0), 4);
  }
}
