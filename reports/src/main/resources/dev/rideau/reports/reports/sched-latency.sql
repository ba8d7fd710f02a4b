-- title: Scheduling latency of threads
-- group: Scheduling
-- answers: How long did each thread wait for a CPU after it was woken or preempted?
-- needs: sched_switch, sched_waking | sched_wakeup
-- param: cpu ids = | Only where the thread ran then on these CPUs.
-- param: tid
-- param: proc
-- param: min
-- param: max
-- param: limit
-- column: thread text | Name of the thread.
-- column: tid id | Its id.
-- column: priority id | Its last known kernel priority.
-- column: wakeups count | How often it ran after a wakeup.
-- column: min ns | Shortest wait.
-- column: mean ns | Average wait.
-- column: p50 ns | Half of the waits were shorter.
-- column: p99 ns | 99 of 100 waits were shorter.
-- column: max ns | Longest wait.
-- column: stddev ns | Standard deviation.
-- column: total ns | All waits together.
-- plot: bar label=thread value=p99
-- see: sched-latency-histogram, sched-latency-top, preemptions
SELECT t.name AS thread, t.tid, t.priority, count(*) AS wakeups, min(latency) AS min,
  avg(latency)::BIGINT AS mean, quantile_disc(latency, 0.5) AS p50,
  quantile_disc(latency, 0.99) AS p99, max(latency) AS max,
  coalesce(stddev_samp(latency), 0)::BIGINT AS stddev, sum(latency)::BIGINT AS total
FROM wakeup w JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE latency IS NOT NULL AND w.ts < $end AND w.ts + latency >= $begin
  AND w.ts >= $begin AND w.ts + latency <= $end
  AND ($cpu IS NULL OR list_contains($cpu, w.target_cpu))
  AND ($min IS NULL OR latency >= $min) AND ($max IS NULL OR latency <= $max)
  AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY w.utid, t.name, t.tid, t.priority ORDER BY total DESC, t.tid LIMIT $limit
