-- title: CPU time of each thread
-- group: CPU
-- answers: Which threads used the processors, with which priority, and how often did they move?
-- needs: sched_switch
-- uses: sched_migrate_task
-- param: cpu
-- param: tid
-- param: proc
-- param: limit
-- column: thread text | Name of the thread.
-- column: tid id | Its id.
-- column: process text | Name of its process.
-- column: pid id | Id of its process.
-- column: usage % | CPU time as share of the time that was looked at; of one CPU.
-- column: cpu_time ns | How long it ran.
-- column: switches count | How often it was given a CPU.
-- column: longest ns | Longest time that it ran without being switched out.
-- column: migrations count | How often it was moved to another CPU.
-- column: priority id | Its last known kernel priority.
-- plot: bar label=thread value=cpu_time
-- see: cpu-process, thread-states, critical-path
WITH ran AS (
  SELECT utid, sum(overlap_ns(ts, dur, $begin, $end)) AS ns, count(*) AS switches,
    max(overlap_ns(ts, dur, $begin, $end)) AS longest
  FROM sched_slice
  WHERE ts < $end AND ts + dur > $begin AND ($cpu IS NULL OR list_contains($cpu, cpu))
  GROUP BY utid
), moved AS (
  SELECT utid, count(*) AS migrations FROM migration
  WHERE ts >= $begin AND ts < $end GROUP BY utid
)
SELECT t.name AS thread, t.tid, p.name AS process, p.pid,
  100.0 * ns / nullif($end - $begin, 0) AS usage, ns::BIGINT AS cpu_time, switches, longest,
  coalesce(migrations, 0) AS migrations, t.priority
FROM ran JOIN thread t USING (utid) JOIN process p USING (upid) LEFT JOIN moved USING (utid)
WHERE NOT t.is_idle AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
ORDER BY cpu_time DESC, t.tid LIMIT $limit
