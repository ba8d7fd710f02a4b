-- title: Periods
-- group: Periods
-- answers: When did each period that --period defines begin and end, and what did its records say?
-- prepare: period
-- param: name names = | Only periods with these names.
-- param: min
-- param: max
-- param: limit count = 1000
-- column: time time | When it began.
-- column: dur ns | How long it lasted.
-- column: period text | Its name, behind those of the periods around it.
-- column: complete flag | Whether it ended by itself, and not with the period around it or the recording.
-- column: captures text | What --period-captures kept of its records.
-- plot: timeline time=time duration=dur track=period color=captures
-- see: periods-top, periods-stats, periods-histogram, periods-within
SELECT ts AS time, dur, path AS period, is_complete AS complete, captures FROM period
WHERE matches_any(name, $name) AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
ORDER BY number LIMIT $limit
