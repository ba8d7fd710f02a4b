-- title: System calls
-- group: System calls
-- answers: Which system calls were made, how often, how long did they take, how many failed?
-- needs: syscall_entry
-- uses: syscall_exit
-- param: cpu
-- param: tid
-- param: proc
-- param: min
-- param: max
-- param: limit
-- column: syscall text | Name of the call.
-- column: calls count | How often it was made.
-- column: errors count | How often it failed.
-- column: timed count | Of how many it is known how long they took: that they returned was recorded.
-- column: total ns | How long these took, waiting included.
-- column: min ns | Shortest.
-- column: mean ns | Average.
-- column: p99 ns | 99 of 100 were shorter.
-- column: max ns | Longest.
-- column: stddev ns | Standard deviation.
-- plot: bar label=syscall value=total
-- see: syscalls-process, syscall-errors, syscall-top
SELECT s.name AS syscall, count(*) AS calls, count(s.error) AS errors, count(took) AS timed,
  sum(took)::BIGINT AS total,  min(took) AS min, avg(took)::BIGINT AS mean, quantile_disc(took, 0.99) AS p99,
  max(took) AS max, CASE WHEN count(took) > 0 THEN coalesce(stddev_samp(took), 0)::BIGINT END AS stddev
FROM (
  -- A call of which the return was lost has no length.
  SELECT *, CASE WHEN ret IS NULL AND dur = 0 THEN NULL ELSE dur END AS took FROM syscall
) s LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
WHERE s.ts >= $begin AND s.ts + s.dur <= $end AND s.clipped = 0
  AND ($cpu IS NULL OR list_contains($cpu, s.cpu)) AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND ($min IS NULL OR s.dur >= $min) AND ($max IS NULL OR s.dur <= $max)
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY s.name ORDER BY total DESC NULLS LAST, calls DESC, syscall LIMIT $limit
