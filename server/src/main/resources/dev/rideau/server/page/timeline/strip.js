/** Pixels of a tile along time, and of a strip across. */
export const TILE_WIDTH = 512;
export const STRIP_HEIGHT = 9;

/** Segments at least so wide get an edge. */
const WIDE = 5;

/** What the server tells of a single record in a pixel, and how much of its colour that has. */
const SPARSEST = 40;
const LEAST_SHADE = 0.6;

/** Words of a segment: x0 | x1 << 16, code | share << 16, label. */
export const WORDS = 3;

/**
 * Paints segments of one row into a strip of pixels. A strip is drawn stretched: thousands of segments
 * with one call, which is what keeps panning smooth.
 *
 * @param segments words of the answer
 * @param first pixel of the answer where the tile begins
 * @param styleOf code and label to {pixel, edge, height, rest, isMark}
 * @param labels texts of the answer
 */
export function paintStrip(segments, first, styleOf, labels) {
  const image = new ImageData(TILE_WIDTH, STRIP_HEIGHT);
  const pixels = new Uint32Array(image.data.buffer);
  for (let at = 0; at < segments.length; at += WORDS) {
    const begin = (segments[at] & 0xffff) - first;
    const end = (segments[at] >>> 16) - first;
    if (end <= 0) continue;
    if (begin >= TILE_WIDTH) break;
    const from = Math.max(begin, 0);
    const to = Math.min(end, TILE_WIDTH);
    const share = segments[at + 1] >>> 16;
    const label = segments[at + 2];
    const style = styleOf(segments[at + 1] & 0xffff, label < 0 ? '' : labels[label]);
    if (share < 100) {
      if (style.isMark) paintMarks(pixels, from, to, style, share);
      else paintMixed(pixels, from, to, style, share);
      continue;
    }
    const [top, bottom] = style.height;
    const hasEdge = end - begin >= WIDE && begin >= 0;
    for (let y = top; y < bottom; y++) {
      pixels.fill(style.pixel, y * TILE_WIDTH + from, y * TILE_WIDTH + to);
      if (hasEdge) pixels[y * TILE_WIDTH + from] = style.edge;
    }
  }
  return image;
}

/** Where a pixel holds several states, the height tells how much of it is activity. */
function paintMixed(pixels, from, to, style, share) {
  const active = style.rest ? 100 - share : share;
  const painted = style.rest ?? style;
  const height = Math.max(1, Math.round((active / 100) * STRIP_HEIGHT));
  for (let y = 0; y < STRIP_HEIGHT; y++) {
    const isActive = y >= STRIP_HEIGHT - height;
    if (isActive) {
      pixels.fill(painted.pixel, y * TILE_WIDTH + from, y * TILE_WIDTH + to);
    } else if (style.rest && y >= style.height[0] && y < style.height[1]) {
      pixels.fill(style.pixel, y * TILE_WIDTH + from, y * TILE_WIDTH + to);
    }
  }
}

/** Records take no time: each is seen in full height, and the share, here the shade, tells how dense they are. */
function paintMarks(pixels, from, to, style, share) {
  const shade = LEAST_SHADE + (1 - LEAST_SHADE) * Math.max(0, (share - SPARSEST) / (100 - SPARSEST));
  const pixel = ((Math.round(255 * shade) << 24) | (style.pixel & 0xffffff)) >>> 0;
  for (let y = 0; y < STRIP_HEIGHT; y++) pixels.fill(pixel, y * TILE_WIDTH + from, y * TILE_WIDTH + to);
}

/** Strips of a tile as pictures to copy from; grows as rows come into sight. */
export class StripSheet {
  #pages = [];
  #count = 0;

  static SLOTS = 32;

  /** Adds a strip and returns its slot. */
  add(image) {
    const slot = this.#count++;
    const page = Math.floor(slot / StripSheet.SLOTS);
    if (page === this.#pages.length) {
      this.#pages.push(new OffscreenCanvas(TILE_WIDTH, StripSheet.SLOTS * STRIP_HEIGHT));
    }
    const top = (slot % StripSheet.SLOTS) * STRIP_HEIGHT;
    this.#pages[page].getContext('2d').putImageData(image, 0, top);
    return slot;
  }

  /** Draws pixels [from, to) of a strip into a rectangle. */
  draw(context, slot, from, to, x, y, width, height) {
    const page = this.#pages[Math.floor(slot / StripSheet.SLOTS)];
    const top = (slot % StripSheet.SLOTS) * STRIP_HEIGHT;
    context.drawImage(page, from, top, to - from, STRIP_HEIGHT, x, y, width, height);
  }
}
