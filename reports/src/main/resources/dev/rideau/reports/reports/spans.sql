-- title: How long programs' own work took
-- group: Programs
-- answers: How long did what programs tell of themselves (requests, queries, methods) take, by name?
-- param: name names = | Only spans whose name matches.
-- param: min
-- param: max
-- param: limit
-- column: span text | Name of the span: that of its events without begin and end.
-- column: count count | How many began and ended.
-- column: open count | How many began and did not end, or ended and were not seen to begin.
-- column: total ns | How long in all, added up.
-- column: mean ns | Average.
-- column: p50 ns | Half of them were shorter.
-- column: p95 ns | 95 of 100 were shorter.
-- column: p99 ns | 99 of 100 were shorter.
-- column: max ns | Longest.
-- plot: bar label=span value=p99
-- see: span-top, span-latency-histogram, span-timeline, span-path
SELECT name AS span, count(*) FILTER (clipped = 0) AS count, count(*) FILTER (clipped <> 0) AS open,
  sum(dur) FILTER (clipped = 0)::BIGINT AS total, (avg(dur) FILTER (clipped = 0))::BIGINT AS mean,
  quantile_disc(dur, 0.5) FILTER (clipped = 0) AS p50,
  quantile_disc(dur, 0.95) FILTER (clipped = 0) AS p95,
  quantile_disc(dur, 0.99) FILTER (clipped = 0) AS p99,
  max(dur) FILTER (clipped = 0) AS max
FROM span
WHERE ts < $end AND ts + dur >= $begin AND matches_any(name, $name)
  AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
GROUP BY name ORDER BY total DESC NULLS LAST, span LIMIT $limit
