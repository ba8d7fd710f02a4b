/** Heights of the fixed part on top: axis, marks. Pinned rows come below. */
export const AXIS_HEIGHT = 24;
export const MARKS_HEIGHT = 18;
export const HEAD_HEIGHT = AXIS_HEIGHT + MARKS_HEIGHT;

/** Where rows are on the canvas. */
export function rowTop(place, scene) {
  return place.isPinned
    ? HEAD_HEIGHT + place.y
    : HEAD_HEIGHT + scene.rows.pinnedHeight + place.y - scene.scrollTop;
}

/** Rows in sight: pinned ones first. */
export function placesInSight(scene) {
  const top = scene.scrollTop;
  const bottom = top + scene.height - HEAD_HEIGHT - scene.rows.pinnedHeight;
  const { visible } = scene.rows;
  let low = 0;
  let high = visible.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (visible[middle].y + visible[middle].height <= top) low = middle + 1;
    else high = middle;
  }
  const places = [...scene.rows.pinned];
  for (let index = low; index < visible.length && visible[index].y < bottom; index++) {
    places.push(visible[index]);
  }
  return places;
}
