-- title: Longest periods
-- group: Periods
-- answers: Which periods that --period defines lasted longest, of those that ended by themselves?
-- prepare: period
-- param: name names = | Only periods with these names.
-- param: min
-- param: max
-- param: limit
-- column: dur ns | How long it lasted.
-- column: period text | Its name, behind those of the periods around it.
-- column: time time | When it began.
-- column: captures text | What --period-captures kept of its records.
-- plot: timeline time=time duration=dur track=period color=captures
-- see: periods, periods-stats
SELECT dur, path AS period, ts AS time, captures FROM period
WHERE is_complete AND matches_any(name, $name)
  AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
ORDER BY dur DESC, number LIMIT $limit
