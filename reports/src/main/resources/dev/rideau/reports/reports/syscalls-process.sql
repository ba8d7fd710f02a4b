-- title: System calls of each process
-- group: System calls
-- answers: Which processes make which system calls?
-- needs: syscall_entry
-- uses: syscall_exit
-- param: cpu
-- param: tid
-- param: proc
-- param: limit
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: syscall text | Name of the call.
-- column: calls count | How often it was made.
-- column: errors count | How often it failed.
-- column: timed count | Of how many it is known how long they took: that they returned was recorded.
-- column: total ns | How long these took, waiting included.
-- column: min ns | Shortest.
-- column: mean ns | Average.
-- column: max ns | Longest.
-- column: stddev ns | Standard deviation.
-- plot: bar label=process value=calls series=syscall
-- see: syscalls, syscall-errors
SELECT p.name AS process, p.pid, s.name AS syscall, count(*) AS calls, count(s.error) AS errors,
  count(took) AS timed, sum(took)::BIGINT AS total, min(took) AS min, avg(took)::BIGINT AS mean, max(took) AS max,
  CASE WHEN count(took) > 0 THEN coalesce(stddev_samp(took), 0)::BIGINT END AS stddev
FROM (
  -- A call of which the return was lost has no length.
  SELECT *, CASE WHEN ret IS NULL AND dur = 0 THEN NULL ELSE dur END AS took FROM syscall
) s LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
WHERE s.ts >= $begin AND s.ts + s.dur <= $end AND s.clipped = 0
  AND ($cpu IS NULL OR list_contains($cpu, s.cpu)) AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY p.upid, p.name, p.pid, s.name ORDER BY calls DESC, p.pid, syscall LIMIT $limit
