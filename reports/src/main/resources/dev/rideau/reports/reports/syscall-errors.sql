-- title: System calls that failed
-- group: System calls
-- answers: Which system calls of which processes failed, and why?
-- needs: syscall_entry, syscall_exit
-- param: tid
-- param: proc
-- param: limit
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: syscall text | Name of the call.
-- column: error text | Name of the error.
-- column: errors count | How often.
-- column: calls count | How often the process made the call at all.
-- plot: bar label=syscall value=errors series=error
-- see: syscalls, syscall-log
WITH calls AS (
  SELECT s.name, s.error, p.upid, p.name AS process, p.pid
  FROM syscall s LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
  WHERE s.ts >= $begin AND s.ts + s.dur <= $end AND s.clipped = 0
    AND ($tid IS NULL OR list_contains($tid, t.tid))
    AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
), grouped AS (
  SELECT process, pid, upid, name AS syscall, error, count(*) AS errors,
    sum(count(*)) OVER (PARTITION BY upid, name) AS calls
  FROM calls GROUP BY process, pid, upid, name, error
)
SELECT process, pid, syscall, error, errors, calls::BIGINT AS calls
FROM grouped WHERE error IS NOT NULL ORDER BY errors DESC, pid, syscall, error LIMIT $limit
