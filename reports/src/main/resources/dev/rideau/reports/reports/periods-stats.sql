-- title: How long periods lasted
-- group: Periods
-- answers: How many periods that --period defines were there, and how long did they last?
-- prepare: period
-- param: name names = | Only periods with these names.
-- param: by text = | A row for each value of this capture; outer.capture is that of a period around.
-- param: min
-- param: max
-- param: limit count = 100
-- column: period text | Its name, behind those of the periods around it.
-- column: value text | Value of the capture that `by` names.
-- column: count count | How many ended by themselves; all other numbers are of these.
-- column: min ns | Shortest.
-- column: mean ns | On average.
-- column: p50 ns | Half of them were shorter.
-- column: p99 ns | 99 of 100 were shorter.
-- column: max ns | Longest.
-- column: stddev ns | Standard deviation.
-- column: total ns | All together.
-- column: incomplete count | How many ended with the period around them or with the recording.
-- plot: bar label=period value=mean
-- see: periods, periods-top, periods-histogram, periods-within
SELECT path AS period, CASE WHEN $by IS NOT NULL THEN captured[$by] END AS value,
  count(dur) FILTER (is_complete) AS count, min(dur) FILTER (is_complete) AS min,
  avg(dur) FILTER (is_complete)::BIGINT AS mean, quantile_disc(dur, 0.5) FILTER (is_complete) AS p50,
  quantile_disc(dur, 0.99) FILTER (is_complete) AS p99, max(dur) FILTER (is_complete) AS max,
  stddev_samp(dur) FILTER (is_complete)::BIGINT AS stddev,
  coalesce(sum(dur) FILTER (is_complete), 0)::BIGINT AS total,
  count(*) FILTER (NOT is_complete) AS incomplete
FROM period
WHERE matches_any(name, $name) AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
GROUP BY ALL ORDER BY path, total DESC, value LIMIT $limit
