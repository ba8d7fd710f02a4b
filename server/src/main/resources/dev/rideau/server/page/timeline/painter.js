import { axisPixels, drawAxis } from './axis.js';
import { drawArrows, drawPath } from './links.js';
import { drawInterval, drawLossVeils, drawMarks, drawMeasure } from './marks.js';
import { AXIS_HEIGHT, HEAD_HEIGHT, placesInSight, rowTop } from './scene.js';
import { levelOf } from './tiles.js';

/** Texts in a frame; more than that nobody reads. */
const MOST_LABELS = 900;

/** Percent of activity from which on a bar is as tall as a text. */
const TALL_SHARE = 70;

/** A letter is about so wide; measuring each text would cost more than drawing it. */
const LETTER = 6.3;

/** Draws a frame. All that it needs is in the scene; it asks nobody. */
export function paint(context, scene) {
  const { viewport, palette, height } = scene;
  context.imageSmoothingEnabled = false;
  context.fillStyle = palette.background;
  context.fillRect(0, 0, viewport.width, height);

  const places = placesInSight(scene);
  context.fillStyle = palette.grid;
  for (const [x] of axisPixels(viewport)) context.fillRect(x, HEAD_HEIGHT, 1, height);
  const firstY = HEAD_HEIGHT + scene.rows.pinnedHeight;
  context.save();
  clip(context, 0, firstY, viewport.width, height - firstY);
  drawRows(context, scene, places.filter((place) => !place.isPinned));
  context.restore();
  if (scene.rows.pinned.length > 0) {
    context.save();
    clip(context, 0, HEAD_HEIGHT, viewport.width, scene.rows.pinnedHeight);
    context.fillStyle = palette.stripe;
    context.fillRect(0, HEAD_HEIGHT, viewport.width, scene.rows.pinnedHeight);
    drawRows(context, scene, scene.rows.pinned);
    context.restore();
    context.fillStyle = palette.strongLine;
    context.fillRect(0, firstY - 1, viewport.width, 1);
  }
  context.save();
  clip(context, 0, HEAD_HEIGHT, viewport.width, height - HEAD_HEIGHT);
  drawPath(context, scene);
  drawArrows(context, scene);
  context.restore();

  drawInterval(context, scene);
  drawOutside(context, scene);
  context.fillStyle = palette.background;
  context.fillRect(0, 0, viewport.width, HEAD_HEIGHT);
  drawAxis(context, viewport, palette, AXIS_HEIGHT);
  drawMarks(context, scene);
  drawMeasure(context, scene);
  if (scene.keyTime !== null) drawKeyTime(context, scene);
  if (scene.hoverX !== null) {
    context.fillStyle = palette.strongLine;
    context.fillRect(Math.round(scene.hoverX), AXIS_HEIGHT, 1, height);
  }
}

/** Points from the axis to the time that keys mean. */
function drawKeyTime(context, scene) {
  const x = scene.viewport.x(scene.keyTime);
  context.fillStyle = scene.palette.accent;
  context.beginPath();
  context.moveTo(x, HEAD_HEIGHT - 1);
  context.lineTo(x - 5, HEAD_HEIGHT - 9);
  context.lineTo(x + 5, HEAD_HEIGHT - 9);
  context.fill();
}

function clip(context, x, y, width, height) {
  context.beginPath();
  context.rect(x, y, width, Math.max(0, height));
  context.clip();
}

function drawRows(context, scene, places) {
  const { viewport, palette, tiles } = scene;
  const level = levelOf(viewport.nsPerPixel);
  for (const place of places) {
    const y = rowTop(place, scene);
    const { row } = place;
    if (row.id === scene.thing?.row) {
      context.fillStyle = palette.selectedRow;
      context.fillRect(0, y, viewport.width, place.height);
    }
    context.fillStyle = palette.line;
    context.fillRect(0, y + place.height - 1, viewport.width, 1);
  }
  // Below the states, whose colours mean something.
  drawLossVeils(context, scene, places);
  for (const place of places) {
    const y = rowTop(place, scene);
    const { row } = place;
    if (row.hasStates) tiles.drawRow(context, viewport, row.id, level, y + 2, place.height - 4);
  }
  drawLabels(context, scene, level, places);
  drawThing(context, scene, places);
}

function drawLabels(context, scene, level, places) {
  const { viewport, tiles, styles, palette } = scene;
  context.font = `11px ${palette.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  let count = 0;
  let color = '';
  for (const place of places) {
    if (!place.row.hasStates) continue;
    const y = rowTop(place, scene) + place.height / 2 + 0.5;
    tiles.eachLabelled(viewport, place.row.id, level, (x0, x1, code, label, share) => {
      if (count >= MOST_LABELS) return;
      const left = Math.max(x0, 0);
      const letters = Math.floor((Math.min(x1, viewport.width) - left - 6) / LETTER);
      if (letters < 3) return;
      const style = styles.of(code, label);
      // Where a pixel holds little activity the bar is only a line, and the text stands on the background.
      const isTall = style.isMark || (share >= TALL_SHARE && style.height[1] - style.height[0] > 5);
      // Records share a pale shade of their colour with the background.
      const onPale = style.isMark && share < TALL_SHARE;
      const wanted = onPale ? palette.text : isTall ? style.text : palette.quiet;
      if (wanted !== color) context.fillStyle = color = wanted;
      const text = label.length <= letters ? label : `${label.slice(0, letters - 1)}…`;
      context.fillText(text, left + 4, isTall ? y : y - 3);
      count++;
    });
  }
}

/** A frame around what is selected. */
function drawThing(context, scene, places) {
  const { thing, viewport, palette } = scene;
  if (!thing || thing.end === undefined) return;
  const place = places.find((candidate) => candidate.row.id === thing.row);
  if (!place) return;
  const left = Math.max(-4, viewport.x(thing.begin));
  const right = Math.min(viewport.width + 4, Math.max(viewport.x(thing.end), left + 3));
  if (right < 0 || left > viewport.width) return;
  const y = rowTop(place, scene);
  context.strokeStyle = palette.accent;
  context.lineWidth = 2;
  context.strokeRect(left, y + 1, right - left, place.height - 3);
}

/** Before the begin and after the end of the recording there is nothing. */
function drawOutside(context, scene) {
  const { viewport, palette, height } = scene;
  context.fillStyle = palette.outside;
  const begin = viewport.x(0);
  const end = viewport.x(viewport.spanNs);
  if (begin > 0) context.fillRect(0, 0, begin, height);
  if (end < viewport.width) context.fillRect(end, 0, viewport.width - end, height);
}
