-- title: Scheduling latency of priorities
-- group: Scheduling
-- answers: Do threads of some priorities wait longer for a CPU than others?
-- needs: sched_switch, sched_waking | sched_wakeup
-- param: proc
-- param: min
-- param: max
-- column: priority id | The kernel priority: 0 to 99 real time, 100 to 139 nice -20 to 19.
-- column: threads count | Threads that were woken.
-- column: wakeups count | How often they ran after a wakeup.
-- column: min ns | Shortest wait.
-- column: mean ns | Average wait.
-- column: p99 ns | 99 of 100 waits were shorter.
-- column: max ns | Longest wait.
-- column: stddev ns | Standard deviation.
-- plot: bar label=priority value=p99
-- see: sched-latency
SELECT t.priority, count(DISTINCT w.utid) AS threads, count(*) AS wakeups, min(latency) AS min,
  avg(latency)::BIGINT AS mean, quantile_disc(latency, 0.99) AS p99, max(latency) AS max,
  coalesce(stddev_samp(latency), 0)::BIGINT AS stddev
FROM wakeup w JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE latency IS NOT NULL AND w.ts >= $begin AND w.ts + latency <= $end
  AND ($min IS NULL OR latency >= $min) AND ($max IS NULL OR latency <= $max)
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY t.priority ORDER BY t.priority NULLS LAST
