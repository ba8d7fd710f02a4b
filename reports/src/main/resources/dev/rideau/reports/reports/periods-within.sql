-- title: Periods within others
-- group: Periods
-- answers: How many periods lay within each other one, and what share of its time did they take?
-- prepare: period
-- param: name names = | Only periods within others that have these names.
-- param: parent names = | Only what lies within periods with these names.
-- param: min
-- param: max
-- column: parent text | The period around, behind those around it.
-- column: period text | The period within.
-- column: among text | `all`: of all periods around, those without any count as 0. `some`: of those with at least one.
-- column: parents count | How many periods around these are.
-- column: least count | Fewest within one.
-- column: mean number | On average.
-- column: most count | Most within one.
-- column: deviation number | Standard deviation of their number.
-- column: min ns | Their time within one, added up: least.
-- column: avg ns | On average.
-- column: max ns | Most.
-- column: stddev ns | Standard deviation.
-- column: min_share % | Their time as share of that of the period around: least.
-- column: avg_share % | On average.
-- column: max_share % | Most.
-- column: share_stddev % | Standard deviation.
-- see: periods, periods-stats, periods-within-log
WITH RECURSIVE whole AS (
  SELECT * FROM period
  WHERE is_complete AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
), above AS (
  SELECT number, number AS of_number FROM whole
  UNION ALL
  SELECT a.number, w.parent_number
  FROM above a JOIN whole w ON w.number = a.of_number WHERE w.parent_number IS NOT NULL
), sums AS (
  SELECT p.number, w.path, count(*) AS count, sum(w.dur)::BIGINT AS ns, 100.0 * sum(w.dur) / nullif(p.dur, 0) AS share
  FROM above a JOIN whole w USING (number) JOIN whole p ON p.number = a.of_number
  WHERE a.number <> a.of_number GROUP BY p.number, p.dur, w.path
), pairs AS (
  SELECT DISTINCT p.path AS parent, s.path FROM sums s JOIN whole p USING (number)
), each AS (
  SELECT q.parent, q.path, 'all' AS among, coalesce(count, 0) AS count, coalesce(ns, 0) AS ns,
    coalesce(share, 0) AS share
  FROM pairs q JOIN whole p ON p.path = q.parent LEFT JOIN sums s ON s.number = p.number AND s.path = q.path
  UNION ALL
  SELECT p.path, s.path, 'some', count, ns, share FROM sums s JOIN whole p USING (number)
)
SELECT parent, path AS period, among, count(*) AS parents, min(count) AS least, avg(count) AS mean,
  max(count) AS most, stddev_samp(count) AS deviation, min(ns) AS min, avg(ns)::BIGINT AS avg, max(ns) AS max,
  stddev_samp(ns)::BIGINT AS stddev, min(share) AS min_share, avg(share) AS avg_share, max(share) AS max_share,
  stddev_samp(share) AS share_stddev
FROM each
WHERE matches_any(string_split(path, '/')[-1], $name) AND matches_any(string_split(parent, '/')[-1], $parent)
GROUP BY parent, path, among ORDER BY parent, path, among
