-- title: What threads waited for
-- group: Threads
-- answers: What kept threads from running, and in which system calls?
-- needs: sched_switch
-- uses: sched_waking | sched_wakeup, syscall_entry
-- param: tid
-- param: proc
-- param: min
-- param: limit
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: cause text | What its threads waited for.
-- column: syscall text | In which system call.
-- column: waits count | How often.
-- column: total ns | How long in all, threads added up.
-- column: mean ns | How long on average.
-- column: longest ns | How long at most.
-- plot: bar label=process value=total series=cause
-- see: blocked-on, thread-states, wakers, critical-path
SELECT p.name AS process, p.pid, coalesce(s.cause, 'unknown') AS cause, s.syscall,
  count(*) AS waits, sum(overlap_ns(s.ts, s.dur, $begin, $end))::BIGINT AS total,
  avg(overlap_ns(s.ts, s.dur, $begin, $end))::BIGINT AS mean,
  max(overlap_ns(s.ts, s.dur, $begin, $end)) AS longest
FROM thread_wait s JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE s.clipped <> 3 AND s.ts < $end AND s.ts + s.dur > $begin
  AND ($min IS NULL OR s.dur >= $min) AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY p.upid, p.name, p.pid, s.cause, s.syscall
ORDER BY (s.cause IS NULL OR s.cause = 'unknown'), total DESC, p.pid, cause, s.syscall LIMIT $limit
