import { isAborted } from '../core/server.js';
import { paintStrip, StripSheet, TILE_WIDTH, WORDS } from './strip.js';

/** Tiles kept; one holds about a megabyte. */
const MOST_TILES = 72;

/** Requests at a time; one more would only wait in the server. */
const MOST_REQUESTS = 2;

/** Levels looked through for something to show while the right tile loads. */
const COARSER = 8;
const FINER = 3;

/** A level has 2^level nanoseconds a pixel. */
export function levelOf(nsPerPixel) {
  return Math.max(0, Math.floor(Math.log2(nsPerPixel)));
}

/**
 * States of rows cut into tiles: TILE_WIDTH pixels of a power of two of nanoseconds. A tile that is
 * there never changes, so moving costs no requests where one has been before.
 */
export class Tiles {
  #tiles = new Map();
  #running = new Map();
  #used = 0;
  #styleOf;
  onLoaded = () => {};
  onError = () => {};

  constructor(server, spanNs, styleOf) {
    this.server = server;
    this.spanNs = spanNs;
    this.#styleOf = styleOf;
  }

  /** Forgets pictures, as after a change of colours; answers are asked for again. */
  clear() {
    this.stop();
    this.#tiles.clear();
  }

  stop() {
    for (const request of this.#running.values()) request.controller.abort();
    this.#running.clear();
  }

  /** Draws [begin, end) of a row, from the best tiles that there are. */
  drawRow(context, viewport, row, level, y, height) {
    const size = TILE_WIDTH * 2 ** level;
    const first = Math.floor(Math.max(viewport.begin, 0) / size);
    const last = Math.floor(Math.min(viewport.end, this.spanNs) / size);
    for (let index = first; index <= last; index++) {
      const begin = index * size;
      this.#drawPiece(context, viewport, row, level, begin, begin + size, y, height);
    }
  }

  #drawPiece(context, viewport, row, level, begin, end, y, height) {
    if (this.#drawFrom(context, viewport, row, level, begin, end, y, height)) return;
    for (let up = level + 1; up <= level + COARSER; up++) {
      if (this.#drawFrom(context, viewport, row, up, begin, end, y, height)) return;
    }
    for (let down = level - 1; down >= Math.max(0, level - FINER); down--) {
      const size = TILE_WIDTH * 2 ** down;
      let drawn = false;
      for (let from = begin; from < end; from += size) {
        drawn = this.#drawFrom(context, viewport, row, down, from, from + size, y, height) || drawn;
      }
      if (drawn) return;
    }
  }

  /** Draws [begin, end) from the tile of a level that holds it. */
  #drawFrom(context, viewport, row, level, begin, end, y, height) {
    const scale = 2 ** level;
    const size = TILE_WIDTH * scale;
    const index = Math.floor(begin / size);
    const tile = this.#tiles.get(`${level}/${index}`);
    const strip = tile?.strips.get(row);
    if (strip === undefined) return false;
    tile.used = ++this.#used;
    if (strip.slot < 0) return true;
    const from = (Math.max(begin, viewport.begin) - index * size) / scale;
    const to = (Math.min(end, viewport.end) - index * size) / scale;
    // Whole pixels of the tile, so that neighbours meet without a seam.
    const firstPixel = Math.max(0, Math.floor(from));
    const lastPixel = Math.min(TILE_WIDTH, Math.ceil(to));
    if (lastPixel <= firstPixel) return true;
    const left = viewport.x(index * size + firstPixel * scale);
    const right = viewport.x(index * size + lastPixel * scale);
    tile.sheet.draw(context, strip.slot, firstPixel, lastPixel, left, y, right - left, height);
    return true;
  }

  /**
   * Calls `visit(x0, x1, code, label, share)` for what is wide enough for a text, joined over edges of tiles.
   * Returns false where the tiles of this level are not there yet.
   */
  eachLabelled(viewport, row, level, visit) {
    const scale = 2 ** level;
    const size = TILE_WIDTH * scale;
    const first = Math.floor(Math.max(viewport.begin, 0) / size);
    const last = Math.floor(Math.min(viewport.end, this.spanNs) / size);
    let x0 = 0;
    let x1 = -1;
    let code = 0;
    let label = null;
    let share = 100;
    for (let index = first; index <= last; index++) {
      const strip = this.#tiles.get(`${level}/${index}`)?.strips.get(row);
      if (!strip) continue;
      for (const piece of strip.labelled) {
        const begin = viewport.x(index * size + piece.from * scale);
        const end = viewport.x(index * size + piece.to * scale);
        if (end < 0 || begin > viewport.width) continue;
        const isSame = code === piece.code && (label === piece.label || !label || !piece.label);
        if (isSame && piece.from === 0 && Math.abs(begin - x1) < 1.5) {
          x1 = end;
          label = label ?? piece.label;
          share = Math.min(share, piece.share);
          continue;
        }
        if (label !== null) visit(x0, x1, code, label, share);
        [x0, x1, code, label, share] = [begin, end, piece.code, piece.label, piece.share];
      }
    }
    if (label !== null) visit(x0, x1, code, label, share);
  }

  /** What is at a time of a row, as far as loaded: {code, label, share, begin, end}, or null. */
  at(row, time, level) {
    for (let tryLevel = level; tryLevel <= level + COARSER; tryLevel++) {
      const scale = 2 ** tryLevel;
      const size = TILE_WIDTH * scale;
      const index = Math.floor(time / size);
      const strip = this.#tiles.get(`${tryLevel}/${index}`)?.strips.get(row);
      if (!strip) continue;
      const pixel = (time - index * size) / scale + strip.first;
      for (let at = 0; at < strip.segments.length; at += WORDS) {
        const from = strip.segments[at] & 0xffff;
        const to = strip.segments[at] >>> 16;
        if (pixel < from) return null;
        if (pixel >= to) continue;
        return {
          code: strip.segments[at + 1] & 0xffff,
          share: strip.segments[at + 1] >>> 16,
          label: strip.segments[at + 2] < 0 ? '' : strip.labels[strip.segments[at + 2]],
          begin: index * size + (from - strip.first) * scale,
          end: index * size + (to - strip.first) * scale,
        };
      }
      return null;
    }
    return null;
  }

  /** Asks for what is missing of the rows in sight; returns whether all is there. */
  load(viewport, rows) {
    const level = levelOf(viewport.nsPerPixel);
    const size = TILE_WIDTH * 2 ** level;
    const lastOfAll = Math.floor(Math.max(0, this.spanNs - 1) / size);
    const first = Math.max(0, Math.floor(viewport.begin / size));
    const last = Math.min(lastOfAll, Math.floor(viewport.end / size));
    this.#stopUseless(level, first, last);
    const isComplete = this.#ask(level, first, last, rows);
    // One further at each side, once all that is in sight is there.
    if (isComplete) this.#ask(level, Math.max(0, first - 1), Math.min(lastOfAll, last + 1), rows);
    return isComplete;
  }

  #ask(level, first, last, rows) {
    const missing = new Set();
    let from = Infinity;
    let to = -1;
    for (let index = first; index <= last; index++) {
      const strips = this.#tiles.get(`${level}/${index}`)?.strips;
      for (const row of rows) {
        if (strips?.has(row) || this.#isAsked(level, index, row)) continue;
        missing.add(row);
        from = Math.min(from, index);
        to = Math.max(to, index);
      }
    }
    if (missing.size === 0) return this.#running.size === 0;
    if (this.#running.size < MOST_REQUESTS) {
      // The server takes 8192 pixels at most.
      this.#request(level, from, Math.min(to, from + 15), [...missing]);
    }
    return false;
  }

  #isAsked(level, index, row) {
    for (const request of this.#running.values()) {
      if (request.level === level && index >= request.first && index <= request.last) {
        if (request.rows.has(row)) return true;
      }
    }
    return false;
  }

  #stopUseless(level, first, last) {
    for (const [key, request] of this.#running) {
      if (request.level !== level || request.last < first - 1 || request.first > last + 1) {
        request.controller.abort();
        this.#running.delete(key);
      }
    }
  }

  async #request(level, first, last, rows) {
    const controller = new AbortController();
    const key = {};
    this.#running.set(key, { level, first, last, rows: new Set(rows), controller });
    const size = TILE_WIDTH * 2 ** level;
    try {
      const answer = await this.server.states(
        { begin: first * size, end: (last + 1) * size, pixels: (last - first + 1) * TILE_WIDTH, rows },
        controller.signal,
      );
      if (!this.#running.delete(key)) return;
      for (const row of rows) this.#keep(level, first, last, row, answer);
      this.#forget();
      this.onLoaded();
    } catch (error) {
      const wasWanted = this.#running.delete(key);
      if (wasWanted && !isAborted(error)) this.onError(error);
    }
  }

  #keep(level, firstIndex, lastIndex, row, answer) {
    const segments = answer.rows.get(row) ?? new Int32Array(0);
    for (let index = firstIndex; index <= lastIndex; index++) {
      const name = `${level}/${index}`;
      let tile = this.#tiles.get(name);
      if (!tile) {
        tile = { sheet: new StripSheet(), strips: new Map(), used: ++this.#used };
        this.#tiles.set(name, tile);
      }
      const first = (index - firstIndex) * TILE_WIDTH;
      const own = within(segments, first, first + TILE_WIDTH);
      const slot =
        own.length === 0
          ? -1
          : tile.sheet.add(paintStrip(own, first, (code, label) => this.#styleOf(row, code, label), answer.labels));
      const labelled = labelledOf(own, first, answer.labels);
      tile.strips.set(row, { slot, segments: own, first, labels: answer.labels, labelled });
    }
  }

  #forget() {
    if (this.#tiles.size <= MOST_TILES) return;
    const oldest = [...this.#tiles].sort((a, b) => a[1].used - b[1].used);
    for (const [name] of oldest.slice(0, this.#tiles.size - MOST_TILES)) this.#tiles.delete(name);
  }
}

/** Segments that touch pixels [from, to). */
function within(segments, from, to) {
  let first = 0;
  while (first < segments.length && segments[first] >>> 16 <= from) first += WORDS;
  let last = first;
  while (last < segments.length && (segments[last] & 0xffff) < to) last += WORDS;
  return segments.subarray(first, last);
}

/** Narrower segments have no room for a text. */
const TEXT_PIXELS = 20;

/** Segments with a text, and the ends of tiles, where a text may come from the neighbour. */
function labelledOf(segments, first, labels) {
  const pieces = [];
  for (let at = 0; at < segments.length; at += WORDS) {
    const from = Math.max(0, (segments[at] & 0xffff) - first);
    const to = Math.min(TILE_WIDTH, (segments[at] >>> 16) - first);
    const label = segments[at + 2];
    const hasRoom = label >= 0 && to - from >= TEXT_PIXELS;
    if (!hasRoom && from > 0 && to < TILE_WIDTH) continue;
    pieces.push({ from, to, code: segments[at + 1] & 0xffff, share: segments[at + 1] >>> 16, label: label < 0 ? null : labels[label] });
  }
  return pieces;
}
