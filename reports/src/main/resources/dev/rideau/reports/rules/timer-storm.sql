-- title: A process is woken by timers all the time
-- group: Timers and power
-- answers: Does a process wake up again and again to look whether there is something to do?
-- needs: sched_waking | sched_wakeup
-- resource: none
-- column: severity id | 1 worth knowing.
-- column: score % | Its wakeups by timers in a second, of a thousand.
-- column: process text | The process with its id.
-- column: rate /s | Wakeups by timers in a second.
-- column: wakeups count | In all.
-- summary: Timers woke {process} {wakeups} times, {rate}.
-- advice: Let it wait for what it looks for instead of looking again and again.
-- command: rideau report timer-wakeups {trace}
SELECT 1 AS severity, least(100, rate / 10) AS score, process, rate, wakeups FROM (
  SELECT p.name || ' ' || p.pid AS process, count(*) AS wakeups, count(*) * 1e9 / nullif($end - $begin, 0) AS rate
  FROM wakeup w JOIN thread t USING (utid) JOIN process p USING (upid)
  WHERE w.context = 'timer' AND w.ts >= $begin AND w.ts < $end AND coalesce(p.is_kernel, false) = false
  GROUP BY p.upid, p.name, p.pid
) WHERE rate >= 100 ORDER BY wakeups DESC, process LIMIT 1
