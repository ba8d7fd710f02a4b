/**
 * Use of memory, disks, network and system calls by process, as areas on top of each other. No report
 * has them over time, so statements ask the tables.
 */

/** Processes with an area of their own; the rest are "others". */
const MOST = 7;

/** What each chart adds up: `amount` of the rows of `table`, each at its `ts`. */
export const PROCESS_CHARTS = [
  { name: 'memory-process', title: 'Memory allocated by process', needs: 'memory-over-time', unit: 'bytes/s', table: 'page_allocation', amount: '4096 * s.pages', where: 's.pages > 0' },
  { name: 'disk-process', title: 'Disk throughput by process', needs: 'disk-over-time', unit: 'bytes/s', table: 'block_request', amount: 's.bytes', where: 'true' },
  { name: 'net-process', title: 'Network throughput by process', needs: 'net-over-time', unit: 'bytes/s', table: 'net_packet', amount: 's.bytes', where: "s.operation IN ('xmit', 'receive')" },
  { name: 'syscall-process', title: 'System calls by process', needs: 'syscall-top', unit: '/s', table: 'syscall', amount: '1', where: 'true' },
];

/**
 * Values of a chart in equal parts of a range.
 *
 * @param upid only of this process, or null for all
 */
export async function askProcesses(server, trace, chart, { begin, end }, bins, signal, upid = null) {
  const width = Math.max(1, Math.ceil((end - begin) / bins));
  const origin = BigInt(trace.begin) + BigInt(Math.round(begin));
  const last = BigInt(trace.begin) + BigInt(Math.round(end));
  const isOne = (trace.hosts ?? []).length < 2;
  const person = isOne ? "p.name || ' ' || p.pid" : "h.name || ': ' || p.name || ' ' || p.pid";
  const only = upid === null ? '' : ` AND t.upid = ${Number(upid)}`;
  const sql = `WITH c AS (SELECT coalesce(t.upid, -1) AS upid, (s.ts - ${origin}) // ${width} AS bin, sum(${chart.amount}) AS n
      FROM ${chart.table} s LEFT JOIN thread t ON t.utid = s.utid
      WHERE s.ts >= ${origin} AND s.ts < ${last} AND ${chart.where}${only} GROUP BY ALL),
    top AS (SELECT upid, row_number() OVER (ORDER BY sum(n) DESC, upid) AS place FROM c GROUP BY upid)
    SELECT bin::INTEGER, CASE WHEN place > ${MOST} THEN 'others' ELSE coalesce(${person}, 'unknown') END AS who,
      sum(n)::DOUBLE * 1e9 / ${width} AS rate, min(least(place, ${MOST + 1})) AS place
    FROM c JOIN top USING (upid) LEFT JOIN process p ON p.upid = c.upid LEFT JOIN host h ON h.host = p.host GROUP BY 1, 2 ORDER BY 4, 1`;
  const answer = await server.sql({ sql, limit: 100000 }, signal);
  const times = Array.from({ length: bins }, (_, bin) => Math.round(begin) + bin * width);
  const series = new Map();
  for (const [bin, name, rate] of answer.rows) {
    if (!series.has(name)) series.set(name, new Array(bins).fill(0));
    series.get(name)[Number(bin)] = Number(rate);
  }
  return { unit: chart.unit, times, series: [...series].map(([name, values]) => ({ name, values })), missing: [] };
}

/** Colours of processes by the names that series have: those that ran most have those that differ most. */
export function processNumbers(rows, hosts) {
  const kernels = new Set(rows.filter((row) => row.kind === 'process' && row.upid === null).map((row) => row.id));
  const processes = rows.filter((row) => (row.kind === 'process' && row.upid !== null) || kernels.has(row.parent));
  processes.sort((a, b) => b.busy - a.busy || a.id - b.id);
  const name = (row) => `${hosts.length < 2 ? '' : `${hosts[row.host]}: `}${row.name} ${row.pid}`;
  return new Map(processes.map((row, index) => [name(row), index]));
}
