-- title: Who woke whom
-- group: Threads
-- answers: Which threads and interrupts set which threads going?
-- needs: sched_waking | sched_wakeup
-- param: tid ids = | Only woken threads with these ids.
-- param: proc names = | Only wakeups of or by these processes or threads.
-- param: limit
-- column: waker text | The thread that ran where the wakeup was issued, or the interrupt.
-- column: waker_tid id | Its id.
-- column: context text | Whether the thread itself or an interrupt on top of it woke.
-- column: thread text | The thread that was woken.
-- column: tid id | Its id.
-- column: wakeups count | How often.
-- column: blocked ns | How long the woken thread had been blocked, in all.
-- column: latency ns | From wakeup until the thread ran, on average.
-- plot: bar label=thread value=wakeups series=waker
-- see: blocked, sched-latency
SELECT CASE WHEN w.context = 'thread' THEN f.name ELSE coalesce(w.context_name, w.context) END AS waker,
  CASE WHEN w.context = 'thread' THEN f.tid END AS waker_tid, w.context,
  t.name AS thread, t.tid, count(*) AS wakeups, sum(w.blocked)::BIGINT AS blocked,
  avg(w.latency)::BIGINT AS latency
FROM wakeup w JOIN thread t USING (utid) JOIN process p USING (upid)
  LEFT JOIN thread f ON f.utid = w.waker_utid
WHERE w.ts >= $begin AND w.ts < $end AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc)
    OR (w.context = 'thread' AND matches_any(f.name, $proc)))
GROUP BY 1, 2, 3, 4, 5, t.utid ORDER BY wakeups DESC, waker, t.tid LIMIT $limit
