/** Numbers that say which one, not how much. */
const IS_ID = /^(tid|pid|cpu|utid|upid)$/;

/**
 * Which plot most likely says what the rows of a statement mean.
 *
 * @return {kind, x, y, series}: names of columns, null for none
 */
export function usualPlot(columns, rows) {
  const at = (column) => columns.indexOf(column);
  const different = (column) => new Set(rows.map((row) => row[at(column)])).size;
  const text = columns.find((column) => !column.number);
  const values = columns.filter((column) => column.number && column.unit !== 'time' && !IS_ID.test(column.name));
  let time = columns.find((column) => column.unit === 'time');
  let value = values[0];
  // Names that repeat are series over the first of several numbers.
  if (!time && text && values.length > 1 && different(text) < rows.length) [time, value] = values;
  const about = (kind, x, series) => ({ kind, x: (x ?? columns[0])?.name ?? null, y: value?.name ?? null, series: series?.name ?? null });
  if (!value || rows.length < 2) return about('none', time ?? text, null);
  if (!time) return about(text ? 'bar' : 'none', text, null);
  // Nearly each row has a time of its own: single things, which no line joins.
  const isSingle = text && different(text) > 1 && different(time) > rows.length / 2;
  return about(isSingle ? 'scatter' : 'line', time, text);
}
