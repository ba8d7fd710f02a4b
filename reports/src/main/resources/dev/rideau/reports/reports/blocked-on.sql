-- title: Files, sockets and locks that threads waited for
-- group: Threads
-- answers: Which file, pipe, peer or futex kept threads from running?
-- needs: sched_switch, syscall_entry
-- uses: sched_waking | sched_wakeup
-- param: tid
-- param: proc
-- param: min
-- param: limit
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: cause text | What its threads waited for.
-- column: waited_for text | The file, peer or descriptor of the call, or the address of its futex.
-- column: syscall text | In which system call.
-- column: waits count | How often.
-- column: total ns | How long in all, threads added up.
-- column: mean ns | How long on average.
-- column: longest ns | How long at most.
-- plot: bar label=waited_for value=total series=process
-- see: blocked, wakers, critical-path
SELECT p.name AS process, p.pid, s.cause, s.waited_for, s.syscall,
  count(*) AS waits, sum(overlap_ns(s.ts, s.dur, $begin, $end))::BIGINT AS total,
  avg(overlap_ns(s.ts, s.dur, $begin, $end))::BIGINT AS mean,
  max(overlap_ns(s.ts, s.dur, $begin, $end)) AS longest
FROM thread_wait s JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE s.waited_for IS NOT NULL AND s.clipped <> 3 AND s.ts < $end AND s.ts + s.dur > $begin
  AND ($min IS NULL OR s.dur >= $min) AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY p.upid, p.name, p.pid, s.cause, s.waited_for, s.syscall
ORDER BY total DESC, p.pid, cause, waited_for, s.syscall LIMIT $limit
