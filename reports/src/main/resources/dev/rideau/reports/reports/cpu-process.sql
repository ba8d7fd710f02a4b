-- title: CPU time of each process
-- group: CPU
-- answers: Which processes used the processors, and how much of the time?
-- needs: sched_switch
-- param: cpu
-- param: proc
-- param: limit
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: usage % | CPU time as share of the time that was looked at; of one CPU.
-- column: cpu_time ns | How long its threads ran.
-- column: threads count | Number of its threads that ran.
-- column: switches count | How often one of them was given a CPU.
-- plot: bar label=process value=cpu_time
-- see: cpu-thread, cpu-process-over-time, thread-states
SELECT p.name AS process, p.pid, 100.0 * sum(ns) / nullif($end - $begin, 0) AS usage,
  sum(ns)::BIGINT AS cpu_time, count(DISTINCT utid) AS threads, sum(switches)::BIGINT AS switches
FROM (
  SELECT utid, sum(overlap_ns(ts, dur, $begin, $end)) AS ns, count(*) AS switches
  FROM sched_slice
  WHERE ts < $end AND ts + dur > $begin AND ($cpu IS NULL OR list_contains($cpu, cpu))
  GROUP BY utid
) JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE NOT t.is_idle AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY p.upid, p.name, p.pid ORDER BY cpu_time DESC, p.pid LIMIT $limit
