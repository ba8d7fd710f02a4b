-- title: One process used most of the CPU time
-- group: CPU
-- answers: Which process used most CPU time?
-- needs: sched_switch
-- resource: none
-- column: severity id | 1 worth knowing.
-- column: score % | Its share of all CPU time.
-- column: process text | The process with its id.
-- column: cpu_time ns | How long its threads ran.
-- column: usage % | That as share of the time; of one CPU.
-- column: share % | That as share of all CPU time.
-- column: known text | Of which times the share is one: all, or those of recorded processes.
-- summary: {process} ran for {cpu_time}: {usage} of one CPU, {share} of {known}.
-- advice: Look at what its threads do; record its functions with a profiler if it should not run that much.
-- command: rideau report cpu-process {trace}
SELECT 1 AS severity, share AS score, process, ns AS cpu_time, 100.0 * ns / nullif($end - $begin, 0) AS usage, share,
  CASE WHEN EXISTS (FROM recording WHERE name = 'recorded_tids')
    THEN 'the CPU time of recorded processes' ELSE 'all CPU time' END AS known
FROM (
  SELECT p.name || ' ' || p.pid AS process, sum(overlap_ns(s.ts, s.dur, $begin, $end))::BIGINT AS ns,
    100.0 * sum(overlap_ns(s.ts, s.dur, $begin, $end)) / nullif(sum(sum(overlap_ns(s.ts, s.dur, $begin, $end))) OVER (), 0) AS share
  FROM sched_slice s JOIN thread t USING (utid) JOIN process p USING (upid)
  WHERE NOT t.is_idle AND s.ts < $end AND s.ts + s.dur > $begin GROUP BY p.upid, p.name, p.pid
) WHERE (ns * 5 >= $end - $begin OR share >= 50)
  -- Of times known in parts nobody knows whose is the longest.
  AND NOT EXISTS (FROM recording WHERE name = 'recorded_switches' AND value = 'leaving')
ORDER BY ns DESC, process LIMIT 1
