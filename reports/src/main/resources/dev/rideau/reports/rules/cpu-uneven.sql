-- title: One CPU is full while others idle
-- group: CPU
-- answers: Is work spread badly over the CPUs?
-- needs: sched_switch
-- resource: none
-- column: severity id | 1 worth knowing, 2 clearly bad.
-- column: score % | Difference between the busiest CPU and the average of the others.
-- column: cpu text | The busiest CPU.
-- column: usage % | How busy it was.
-- column: others % | How busy the others were on average.
-- column: thread text | The thread that ran there most.
-- column: thread_time ns | How long it ran there.
-- summary: CPU {cpu} was busy {usage} of the time, the others {others} on average; {thread} ran {thread_time} there.
-- advice: Work that runs in one thread cannot use more than one CPU: split it, if it matters.
-- command: rideau report cpu-over-time {trace} --plot cpu.svg
WITH slices AS (
  SELECT s.host, s.cpu, s.utid, sum(overlap_ns(s.ts, s.dur, $begin, $end)) AS ns
  FROM sched_slice s JOIN thread t USING (utid)
  WHERE NOT t.is_idle AND s.ts < $end AND s.ts + s.dur > $begin GROUP BY ALL
), cpus AS (
  SELECT host, cpu, 100.0 * sum(ns) / nullif($end - $begin, 0) AS usage, max(ns) AS most, arg_max(utid, ns) AS utid
  FROM slices GROUP BY ALL
), ranked AS (
  SELECT *, row_number() OVER (ORDER BY usage DESC, cpu) AS place,
    (sum(usage) OVER (PARTITION BY host) - usage) / nullif(count(*) OVER (PARTITION BY host) - 1, 0) AS others
  FROM cpus
)
SELECT CASE WHEN usage >= 95 AND others < 10 THEN 2 ELSE 1 END AS severity, usage - others AS score,
  r.cpu::VARCHAR AS cpu, usage, others, t.name || ' ' || t.tid AS thread, most::BIGINT AS thread_time
FROM ranked r JOIN thread t USING (utid) WHERE place = 1 AND usage >= 80 AND others < 40
  -- Of chosen threads nobody knows how busy the other CPUs were.
  AND NOT EXISTS (FROM recording WHERE name = 'recorded_tids')
