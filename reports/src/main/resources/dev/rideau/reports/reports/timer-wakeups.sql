-- title: Wakeups by timers and others
-- group: Timers and power
-- answers: How often in a second was each process woken, and how often by a timer?
-- needs: sched_waking | sched_wakeup
-- param: proc
-- param: limit
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: rate /s | Wakeups of its threads in a second.
-- column: timer_rate /s | Of these by timers.
-- column: irq_rate /s | Of these by interrupts and softirqs.
-- column: thread_rate /s | Of these by threads.
-- column: wakeups count | Wakeups in all.
-- plot: bar label=process value=rate
-- see: timers, wakers, idle
SELECT p.name AS process, p.pid, count(*) * 1e9 / nullif($end - $begin, 0) AS rate,
  count(*) FILTER (w.context = 'timer') * 1e9 / nullif($end - $begin, 0) AS timer_rate,
  count(*) FILTER (w.context IN ('irq', 'softirq')) * 1e9 / nullif($end - $begin, 0) AS irq_rate,
  count(*) FILTER (w.context = 'thread') * 1e9 / nullif($end - $begin, 0) AS thread_rate,
  count(*) AS wakeups
FROM wakeup w JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE w.ts >= $begin AND w.ts < $end AND matches_any(p.name, $proc)
GROUP BY p.upid, p.name, p.pid ORDER BY wakeups DESC, p.pid LIMIT $limit
