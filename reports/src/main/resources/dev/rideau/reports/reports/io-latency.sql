-- title: How long input and output took
-- group: Input and output
-- answers: How long did calls take that open, read, write, receive, send or synchronise?
-- needs: syscall_entry, syscall_exit
-- uses: sched_switch
-- param: tid
-- param: proc
-- param: min
-- param: max
-- column: operation text | What the calls did.
-- column: kind text | On what: file, socket, pipe, ...
-- column: calls count | How many there were.
-- column: bytes bytes | How much they moved.
-- column: min ns | Shortest.
-- column: mean ns | Average.
-- column: p50 ns | Half of them were shorter.
-- column: p99 ns | 99 of 100 were shorter.
-- column: max ns | Longest.
-- column: stddev ns | Standard deviation.
-- column: total ns | All together.
-- plot: bar label=operation value=p99 series=kind
-- see: io-latency-histogram, io-latency-top, disk-latency
SELECT operation, kind, count(*) AS calls, coalesce(sum(bytes), 0)::BIGINT AS bytes,
  min(i.dur) AS min, avg(i.dur)::BIGINT AS mean, quantile_disc(i.dur, 0.5) AS p50,
  quantile_disc(i.dur, 0.99) AS p99, max(i.dur) AS max,
  coalesce(stddev_samp(i.dur), 0)::BIGINT AS stddev, sum(i.dur)::BIGINT AS total
FROM io i JOIN thread t USING (utid) JOIN process p ON p.upid = i.upid
WHERE i.ts >= $begin AND i.ts + i.dur <= $end AND i.clipped = 0
  AND ($min IS NULL OR i.dur >= $min) AND ($max IS NULL OR i.dur <= $max)
  AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY operation, kind ORDER BY total DESC, operation, kind
