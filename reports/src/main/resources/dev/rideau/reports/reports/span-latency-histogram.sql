-- title: Distribution of the time that programs' own work took
-- group: Programs
-- answers: How often did spans take how long, by name?
-- param: name names = | Only spans whose name matches.
-- param: min
-- param: max
-- column: span text | Name of the span.
-- column: from ns | Shortest time of the class.
-- column: to ns | End of the class.
-- column: count count | How many spans fell into it.
-- column: share % | Share of all spans of that name.
-- plot: histogram from=from to=to count=count series=span
-- see: spans, span-top
WITH classes AS (
  SELECT name, log_bin(dur) AS bin, count(*) AS n FROM span
  WHERE clipped = 0 AND ts < $end AND ts + dur >= $begin AND matches_any(name, $name)
    AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
  GROUP BY name, bin
)
SELECT name AS span, log_bin_from(bin) AS "from", log_bin_to(bin) AS "to", n AS count,
  100.0 * n / sum(n) OVER (PARTITION BY name) AS share
FROM classes ORDER BY name, bin
