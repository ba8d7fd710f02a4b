import { styleValue } from './dom.js';

/**
 * Colours after Okabe and Ito, which people with any common kind of colour blindness tell apart.
 */
export const OKABE_ITO = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#b3a100', '#7a6fbd'];

/**
 * Paul Tol's light colours, made for areas with dark texts on them and told apart with colour blindness
 * as well: programs on CPUs. Paler than all states, so that neither is taken for the other.
 */
const LIGHT = ['#77aadd', '#ee8866', '#eedd88', '#ffaabb', '#99ddff', '#44bb99', '#bbcc33', '#aaaa00'];

/** Colours of one theme, read from the style sheet once. */
export class Palette {
  #plain = new Map();
  #programs = new Map();
  #records = new Map();

  constructor() {
    const value = (name) => styleValue(name);
    this.background = value('--canvas');
    this.text = value('--text');
    this.quiet = value('--text-quiet');
    this.line = value('--line');
    this.strongLine = value('--line-strong');
    this.accent = value('--accent');
    this.selection = value('--selection');
    this.warning = value('--warning');
    this.loss = value('--loss');
    this.arrow = value('--arrow');
    this.stripe = value('--stripe');
    this.selectedRow = value('--selected-row');
    this.outside = value('--outside');
    this.lossVeil = value('--loss-veil');
    this.path = value('--path');
    this.pathWait = value('--path-wait');
    this.onAccent = value('--on-accent');
    this.others = value('--others');
    this.grid = value('--grid');
    this.navigator = value('--navigator');
    this.veil = value('--veil');
    this.font = styleValue('--font');
    this.isDark = value('--scheme') === 'dark';
  }

  /** A colour that a program keeps on all CPUs. */
  program(name) {
    return this.#named(this.#programs, name, LIGHT, this.isDark ? 2 : hash(`${name}.`) % 2);
  }

  /** A colour that the records of an event have: strong, since most of them are thin. */
  record(name) {
    // Away from the background.
    return this.#named(this.#records, name, OKABE_ITO, (hash(`${name}.`) % 2) * (this.isDark ? 1 : 2));
  }

  #named(known, name, colors, tones) {
    let found = known.get(name);
    if (!found) {
      found = tone(shade(colors[hash(name) % colors.length], tones, this.isDark), [0, 9]);
      known.set(name, found);
    }
    return found;
  }

  /** Some of the colours of programs, for the legend. */
  get programs() {
    return LIGHT.slice(0, 4);
  }

  /** The same of records. */
  get records() {
    return OKABE_ITO.slice(0, 4);
  }

  /** The colour of the n-th series of a chart. */
  series(index) {
    return shade(OKABE_ITO[index % OKABE_ITO.length], Math.floor(index / OKABE_ITO.length) % 3, this.isDark);
  }

  /** A colour of the style sheet in full height. */
  plain(name, height = [0, 9]) {
    const key = `plain ${name} ${height}`;
    let found = this.#plain.get(key);
    if (!found) {
      found = tone(styleValue(name), height);
      this.#plain.set(key, found);
    }
    return found;
  }
}

function tone(color, height) {
  const [red, green, blue] = channels(color);
  // ImageData on little-endian machines: alpha, blue, green, red from the highest byte down.
  const pixel = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  const dark = (value) => Math.round(value * 0.72);
  const edge = ((255 << 24) | (dark(blue) << 16) | (dark(green) << 8) | dark(red)) >>> 0;
  const light = (red * 299 + green * 587 + blue * 114) / 1000 > 140;
  return { color, pixel, edge, height, text: light ? '#111' : '#fff' };
}

function channels(color) {
  const number = parseInt(color.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** Three tones of each colour, so that more than eight names can be told apart next to each other. */
function shade(color, tone, isDark) {
  const target = tone === 1 ? 255 : 0;
  const share = tone === 0 ? 0 : isDark && tone === 2 ? 0.25 : 0.3;
  const mixed = channels(color).map((value) => Math.round(value + (target - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function hash(text) {
  let value = 2166136261;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  }
  return (value ^ (value >>> 15)) >>> 0;
}
