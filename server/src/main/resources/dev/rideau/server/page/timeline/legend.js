import { make } from '../core/dom.js';
import { LEGEND, LEGEND_ROWS } from './styles.js';

/** Several colours side by side. */
function stripes(colors) {
  const part = 100 / colors.length;
  return `linear-gradient(90deg, ${colors.map((color, at) => `${color} ${at * part}% ${(at + 1) * part}%`).join(', ')})`;
}

/**
 * What the colours mean, as far as these rows have them.
 *
 * @param list of {code, key}: states that the server knows
 */
export function stateLegend(list, styles, palette, rows) {
  const codes = new Map(list.map((style) => [style.key, style.code]));
  const kinds = new Set(rows.all().map((row) => row.kind));
  const hasRows = (key) => Object.entries(LEGEND_ROWS).every(([kind, keys]) => !keys.includes(key) || kinds.has(kind) || kinds.has(`cpu_${kind}`));
  const hasSeveral = rows.all().some((row) => row.kind === 'process' && rows.children(row.id).length > 1);
  const isShown = ([key]) => (key === 'process' ? hasSeveral : codes.has(key)) && hasRows(key) && (kinds.has('thread') || !/^(running|runnable|blocked)/.test(key));
  const items = LEGEND.filter(isShown).map(([key, text]) => {
    const style = key === 'process' ? styles.process : styles.of(codes.get(key), '');
    const bar = make('span');
    bar.style.background = key === 'cpu-user' ? stripes(palette.programs) : key === 'event' ? stripes(palette.records) : style.color;
    bar.style.top = `${(style.height[0] / 9) * 100}%`;
    bar.style.bottom = `${(1 - style.height[1] / 9) * 100}%`;
    return make('li', {}, make('span', { class: 'legend-sample', 'aria-hidden': 'true' }, bar), text);
  });
  return make('ul', { class: 'legend', 'aria-label': 'Colours of states' }, items);
}
