-- title: Distribution of the lengths of periods
-- group: Periods
-- answers: How often did periods that --period defines last how long?
-- prepare: period
-- param: name names = | Only periods with these names.
-- param: min
-- param: max
-- column: period text | Its name, behind those of the periods around it.
-- column: from ns | Shortest of the class.
-- column: to ns | End of the class.
-- column: count count | How many fell into it.
-- column: share % | Share of all with that name.
-- plot: histogram from=from to=to count=count series=period
-- see: periods-stats, periods-top
SELECT path AS period, log_bin_from(bin) AS "from", log_bin_to(bin) AS "to", count(*) AS count,
  100.0 * count(*) / sum(count(*)) OVER (PARTITION BY path) AS share
FROM (
  SELECT path, log_bin(dur) AS bin FROM period
  WHERE is_complete AND matches_any(name, $name)
    AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
) GROUP BY path, bin ORDER BY path, bin
