-- title: System calls fail again and again
-- group: System calls
-- answers: Does a process make system calls that fail?
-- needs: syscall_entry, syscall_exit, sched_switch
-- resource: none
-- column: severity id | 1 worth knowing.
-- column: score % | Share of these calls that failed.
-- column: process text | The process with its id.
-- column: syscall text | The call.
-- column: error text | The error.
-- column: errors count | How often.
-- column: share % | Share of its calls of this kind.
-- summary: {errors} calls of {syscall} by {process} failed with {error}: {share} of all of them.
-- advice: Look at the arguments: the program may search for what is not there.
-- command: rideau report syscall-errors {trace}
SELECT 1 AS severity, share / 4 AS score, process, syscall, error, errors, share
FROM (
  SELECT p.name || ' ' || p.pid AS process, s.name AS syscall, s.error, count(*) AS errors,
    100.0 * count(*) / sum(count(*)) OVER (PARTITION BY p.upid, s.name) AS share
  FROM syscall s JOIN thread t USING (utid) JOIN process p USING (upid)
  WHERE s.ts >= $begin AND s.ts + s.dur <= $end AND s.clipped = 0
  GROUP BY p.upid, p.name, p.pid, s.name, s.error
) WHERE error IS NOT NULL AND error NOT IN ('EAGAIN', 'ETIMEDOUT', 'EINTR', 'ERESTARTSYS')
  AND errors >= 200 AND share >= 25 ORDER BY errors DESC, process, syscall LIMIT 1
