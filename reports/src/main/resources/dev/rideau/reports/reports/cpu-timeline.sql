-- title: What ran on each CPU
-- group: CPU
-- answers: Which thread ran where, and when?
-- needs: sched_switch
-- param: cpu
-- param: tid
-- param: proc
-- param: min
-- param: limit count = 10000 | Show at most so many slices, from the begin on.
-- column: time time | When it was switched in.
-- column: dur ns | How long it ran.
-- column: cpu text | The CPU.
-- column: thread text | The thread that ran.
-- column: tid id | Its id.
-- column: end_state text | State in which it left: R preempted, S sleeping, D uninterruptible.
-- plot: timeline time=time duration=dur track=cpu color=thread
-- see: cpu-over-time, switches
SELECT greatest(s.ts, $begin) AS time, overlap_ns(s.ts, s.dur, $begin, $end) AS dur,
  'CPU ' || CASE WHEN min(s.host) OVER () < max(s.host) OVER () THEN s.host || '/' ELSE '' END || s.cpu AS cpu,
  t.name AS thread, t.tid, s.end_state
FROM sched_slice s JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE NOT t.is_idle AND s.ts < $end AND s.ts + s.dur > $begin
  AND ($cpu IS NULL OR list_contains($cpu, s.cpu)) AND ($min IS NULL OR s.dur >= $min)
  AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
ORDER BY s.ts, s.host, s.cpu LIMIT $limit
