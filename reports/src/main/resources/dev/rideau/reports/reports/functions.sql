-- title: Functions by samples
-- group: Programs
-- answers: In which functions was the time, as samples tell, and through which did it pass?
-- param: name names = | Only functions whose name matches.
-- param: module names = | Only functions of files whose path matches.
-- param: event names = | Only samples of events whose name matches.
-- param: proc names = | Only samples of threads whose name matches.
-- param: cpu
-- param: tid
-- param: limit
-- column: function text | Name of the function; the file in brackets where no symbol is known.
-- column: module text | The file that it is of.
-- column: self count | Samples that were taken in it.
-- column: total count | Samples taken in it or in what it called, each counted once.
-- column: self_share % | Share of all samples that were taken in it.
-- column: total_share % | Share of all samples taken in it or in what it called.
-- plot: bar label=function value=self
-- see: cpu-thread, thread-states
WITH chosen AS (
  SELECT stack_sample FROM stack_sample
  WHERE ts >= $begin AND ts < $end AND matches_any(event, $event) AND matches_any(thread_name, $proc)
    AND ($cpu IS NULL OR list_contains($cpu, cpu)) AND ($tid IS NULL OR list_contains($tid, tid))
), calls AS (
  SELECT coalesce(function, '[' || regexp_extract(module, '[^/]*$') || ']', '[unknown]') AS function,
    module, depth, stack_sample
  FROM frame JOIN chosen USING (stack_sample)
)
SELECT function, module, count(*) FILTER (depth = 0) AS self, count(DISTINCT stack_sample) AS total,
  100.0 * self / (SELECT count(*) FROM chosen) AS self_share,
  100.0 * total / (SELECT count(*) FROM chosen) AS total_share
FROM calls WHERE matches_any(function, $name) AND matches_any(module, $module)
GROUP BY function, module ORDER BY self DESC, total DESC, function, module LIMIT $limit
