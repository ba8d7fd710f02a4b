/**
 * Records a second by event, for recordings that tell nothing of CPUs: what was recorded when is known of
 * every trace.
 */

/** Event classes with an area of their own; the rest are "others". */
const MOST = 7;

/** Records that are counted by event while somebody waits; of more only how many there were is told. */
const MOST_RECORDS = 3_000_000;

/** Values of the chart in equal parts of a range. */
export async function askRecords(server, trace, range, bins, signal) {
  const width = Math.max(1, Math.ceil((range.end - range.begin) / bins));
  const times = Array.from({ length: bins }, (_, bin) => Math.round(range.begin) + bin * width);
  const density = await server.density(signal);
  const counted = inParts(density, times, width);
  const series = sum(counted) > MOST_RECORDS ? [{ name: 'records', values: rates(counted, width) }] : await byEvent(server, trace, times, width, signal);
  return { unit: '/s', times, series, missing: [] };
}

async function byEvent(server, trace, times, width, signal) {
  const begin = BigInt(trace.begin) + BigInt(times[0]);
  const end = begin + BigInt(times.length) * BigInt(width);
  const sql = `WITH c AS (SELECT event, (ts - ${begin}) // ${width} AS bin, count(*) AS n
      FROM events('*', begin_ts := ${begin}, end_ts := ${end}) GROUP BY ALL),
    top AS (SELECT event, row_number() OVER (ORDER BY sum(n) DESC, event) AS place FROM c GROUP BY event)
    SELECT bin::INTEGER, CASE WHEN place > ${MOST} THEN 'others' ELSE event END AS name, sum(n)::BIGINT AS n,
      min(least(place, ${MOST + 1})) AS place
    FROM c JOIN top USING (event) GROUP BY 1, 2 ORDER BY 4, 1`;
  const { rows } = await server.sql({ sql, limit: 100000 }, signal);
  const counts = new Map();
  for (const [bin, name, n] of rows) {
    if (!counts.has(name)) counts.set(name, new Array(times.length).fill(0));
    counts.get(name)[Number(bin)] = Number(n);
  }
  return [...counts].map(([name, values]) => ({ name, values: rates(values, width) }));
}

/** Counts of a density in the parts of a time; a part of it counts where it begins. */
function inParts({ begin, width, counts }, times, partWidth) {
  const parts = new Array(times.length).fill(0);
  counts.forEach((count, at) => {
    const part = Math.floor((begin + at * width - times[0]) / partWidth);
    if (part >= 0 && part < parts.length) parts[part] += count;
  });
  return parts;
}

function rates(counts, width) {
  return counts.map((count) => (count * 1e9) / width);
}

function sum(counts) {
  return counts.reduce((all, count) => all + count, 0);
}
