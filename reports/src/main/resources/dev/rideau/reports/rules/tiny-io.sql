-- title: Many small reads or writes
-- group: Input and output
-- answers: Does a process read or write in tiny pieces?
-- needs: syscall_entry, syscall_exit, sched_switch
-- resource: none
-- column: severity id | 1 worth knowing.
-- column: score % | Time of these calls as share of the time.
-- column: process text | The process with its id.
-- column: calls count | Calls that moved data.
-- column: mean bytes | How much each moved, on average.
-- column: time ns | How long all took.
-- summary: {process} made {calls} reads and writes of {mean} on average; they took {time}.
-- advice: Read and write through a buffer, in larger pieces.
-- command: rideau report io-process {trace}
SELECT 1 AS severity, least(100, 100.0 * ns / nullif($end - $begin, 0)) AS score, process, calls, mean, ns AS time
FROM (
  SELECT p.name || ' ' || p.pid AS process, count(*) AS calls, avg(bytes)::BIGINT AS mean, sum(i.dur)::BIGINT AS ns
  FROM io i JOIN process p USING (upid)
  WHERE i.ts >= $begin AND i.ts + i.dur <= $end AND bytes > 0 AND kind = 'file'
    AND operation IN ('read', 'write') GROUP BY p.upid, p.name, p.pid
) WHERE calls >= 1000 AND mean < 512 ORDER BY calls DESC, process LIMIT 1
