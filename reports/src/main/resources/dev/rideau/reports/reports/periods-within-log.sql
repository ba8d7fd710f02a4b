-- title: Each period with those within it
-- group: Periods
-- answers: How many periods lay within this one, and how long did they last?
-- prepare: period
-- param: name names = | Only periods within others that have these names.
-- param: parent names = | Only what lies within periods with these names.
-- param: min
-- param: max
-- param: limit count = 1000
-- column: time time | When the period around began.
-- column: dur ns | How long it lasted.
-- column: parent text | The period around, behind those around it.
-- column: captures text | What --period-captures kept of it.
-- column: period text | The periods within.
-- column: count count | How many there were.
-- column: min ns | Shortest of them.
-- column: mean ns | On average.
-- column: max ns | Longest.
-- column: stddev ns | Standard deviation.
-- column: total ns | All together.
-- column: share % | The same as share of the period around.
-- see: periods, periods-within
WITH RECURSIVE whole AS (
  SELECT * FROM period
  WHERE is_complete AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
), above AS (
  SELECT number, number AS of_number FROM whole
  UNION ALL
  SELECT a.number, w.parent_number
  FROM above a JOIN whole w ON w.number = a.of_number WHERE w.parent_number IS NOT NULL
)
SELECT p.ts AS time, p.dur, p.path AS parent, p.captures, w.path AS period, count(*) AS count,
  min(w.dur) AS min, avg(w.dur)::BIGINT AS mean, max(w.dur) AS max, stddev_samp(w.dur)::BIGINT AS stddev,
  sum(w.dur)::BIGINT AS total, 100.0 * sum(w.dur) / nullif(p.dur, 0) AS share
FROM above a JOIN whole w USING (number) JOIN whole p ON p.number = a.of_number
WHERE a.number <> a.of_number AND matches_any(w.name, $name) AND matches_any(p.name, $parent)
GROUP BY p.number, p.ts, p.dur, p.path, p.captures, w.path ORDER BY p.number, w.path LIMIT $limit
