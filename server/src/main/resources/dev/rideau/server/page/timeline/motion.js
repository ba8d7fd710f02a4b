/** Pixels a second at full speed, and how fast that is reached. */
const PAN_SPEED = 1400;
const ZOOM_SPEED = 3.2;
const EASE = 9;

/**
 * Moves a viewport as long as keys are held, and glides to where a click leads. Knows nothing of drawing:
 * `step` is called once a frame and tells whether anything moves.
 */
export class Motion {
  #held = new Map();
  #pan = 0;
  #zoom = 0;
  #target = null;

  constructor(viewport) {
    this.viewport = viewport;
    this.zoomX = 0;
    this.isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  hold(key, pan, zoom) {
    // Whoever goes on before the glide has ended means the place that it leads to.
    if (this.#target) this.viewport.show(this.#target.begin, this.#target.end);
    this.#target = null;
    this.#held.set(key, [pan, zoom]);
  }

  release(key) {
    this.#held.delete(key);
  }

  releaseAll() {
    this.#held.clear();
  }

  glideTo(begin, end) {
    this.#pan = this.#zoom = 0;
    if (this.isCalm) {
      this.viewport.show(begin, end);
      this.#target = null;
    } else {
      this.#target = { begin, end };
    }
  }

  stop() {
    this.#target = null;
    this.#pan = this.#zoom = 0;
  }

  /** Moves on by so many seconds. */
  step(seconds) {
    if (this.#target) return this.#glide(seconds);
    let pan = 0;
    let zoom = 0;
    for (const [heldPan, heldZoom] of this.#held.values()) {
      pan += heldPan;
      zoom += heldZoom;
    }
    const share = 1 - Math.exp(-EASE * seconds);
    this.#pan += (pan - this.#pan) * share;
    this.#zoom += (zoom - this.#zoom) * share;
    if (this.#held.size === 0 && Math.abs(this.#pan) < 0.02 && Math.abs(this.#zoom) < 0.02) {
      this.#pan = this.#zoom = 0;
      return false;
    }
    if (this.#pan !== 0) this.viewport.pan(this.#pan * PAN_SPEED * seconds);
    if (this.#zoom !== 0) {
      this.viewport.zoom(Math.exp(-this.#zoom * ZOOM_SPEED * seconds), this.zoomX);
    }
    return true;
  }

  #glide(seconds) {
    const { viewport } = this;
    const target = this.#target;
    const share = 1 - Math.exp(-1.4 * EASE * seconds);
    // Widths change by a factor, so that far and near zooms take the same time.
    const now = viewport.end - viewport.begin;
    const wanted = target.end - target.begin;
    const width = now * (wanted / now) ** share;
    const middle = (viewport.begin + viewport.end) / 2;
    const wantedMiddle = (target.begin + target.end) / 2;
    const part = wanted < now ? 1 - (width - wanted) / Math.max(now - wanted, 1e-9) : share;
    const next = middle + (wantedMiddle - middle) * Math.max(share, Math.min(part, 1));
    viewport.show(next - width / 2, next + width / 2);
    const isNear =
      Math.abs(Math.log(wanted / width)) < 0.005 && Math.abs(wantedMiddle - next) < wanted * 0.002;
    if (isNear) {
      viewport.show(target.begin, target.end);
      this.#target = null;
    }
    return true;
  }
}
