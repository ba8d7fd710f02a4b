-- title: Every wakeup
-- group: Scheduling
-- answers: When was each thread woken, by whom, and when did it run?
-- needs: sched_switch, sched_waking | sched_wakeup
-- param: tid
-- param: proc
-- param: min
-- param: max
-- param: limit count = 1000
-- column: time time | When the thread was woken.
-- column: run time | When it ran.
-- column: latency ns | How long it waited for a CPU.
-- column: thread text | Name of the thread at that time.
-- column: tid id | Its id.
-- column: cpu id | The CPU chosen for it.
-- column: waker text | Who woke it: a thread, or the interrupt that did.
-- column: waker_tid id | Id of the thread that ran where the wakeup was issued.
-- see: sched-latency, sched-latency-top
SELECT w.ts AS time, w.ts + latency AS run, latency, coalesce(n.name, t.name) AS thread, t.tid,
  w.target_cpu AS cpu,
  CASE WHEN w.context = 'thread' THEN f.name ELSE coalesce(w.context_name, w.context) END AS waker,
  f.tid AS waker_tid
FROM wakeup w JOIN thread t USING (utid) JOIN process p USING (upid)
  LEFT JOIN thread f ON f.utid = w.waker_utid
  ASOF LEFT JOIN thread_name n ON n.utid = w.utid AND w.ts >= n.ts
WHERE latency IS NOT NULL AND w.ts >= $begin AND w.ts + latency <= $end
  AND ($min IS NULL OR latency >= $min) AND ($max IS NULL OR latency <= $max)
  AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
ORDER BY w.ts, t.tid LIMIT $limit
