-- title: States of threads over time
-- group: Threads
-- answers: What was each thread doing, and when?
-- needs: sched_switch
-- param: tid
-- param: proc
-- param: min
-- param: limit count = 20000 | Show at most so many states, from the begin on.
-- column: time time | When the state began.
-- column: dur ns | How long it lasted.
-- column: thread text | The thread with its id.
-- column: state text | The state.
-- column: detail text | Where it ran, or what it waited for.
-- column: syscall text | The system call that it was in.
-- column: cpu id | The CPU that it ran on.
-- plot: timeline time=time duration=dur track=thread color=state
-- see: thread-states, critical-path
SELECT greatest(s.ts, $begin) AS time, overlap_ns(s.ts, s.dur, $begin, $end) AS dur,
  t.name || ' ' || t.tid AS thread, s.state, s.detail, s.syscall, s.cpu
FROM thread_state s JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE NOT t.is_idle AND s.ts < $end AND s.ts + s.dur > $begin AND s.dur > 0 AND s.state <> 'dead'
  AND ($min IS NULL OR s.dur >= $min) AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
ORDER BY s.ts, t.tid LIMIT $limit
