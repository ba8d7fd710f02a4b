-- title: Processors are short
-- group: rules
-- answers: Do threads wait because other threads have the processors?
-- needs: sched_switch
-- resource: cpu
-- column: severity id | 0 nothing, 1 worth knowing, 2 a shortage, 3 a severe one.
-- column: score % | How much of the time it concerns.
-- column: usage % | Share of the time in which the processors ran something.
-- column: waited ns | How long threads could have run but had no processor, all added up.
-- column: ran ns | How long threads ran, all added up.
-- column: share % | Share of the time in which at least one thread waited.
-- summary: The processors were busy {usage} of the time; threads ran {ran} and waited {waited} for one.
-- advice: Look for what uses most CPU time, or give the machine more processors.
-- command: rideau report cpu-process {trace}
SELECT CASE WHEN share >= 50 AND usage >= 90 THEN 3 WHEN share >= 25 AND usage >= 75 THEN 2
  WHEN share >= 10 THEN 1 ELSE 0 END AS severity, share AS score, usage, waited, ran, share
FROM (
  SELECT 100.0 * ran / nullif(cpus * ($end - $begin), 0) AS usage, waited, ran,
    least(100, 100.0 * waited / nullif($end - $begin, 0)) AS share
  FROM (
    SELECT coalesce(sum(overlap_ns(s.ts, s.dur, $begin, $end)) FILTER (NOT is_idle), 0)::BIGINT AS ran,
      count(DISTINCT (s.host, s.cpu)) AS cpus
    FROM sched_slice s JOIN thread t USING (utid) WHERE s.ts < $end AND s.ts + s.dur > $begin
  ), (
    SELECT coalesce(sum(overlap_ns(s.ts, s.dur, $begin, $end)), 0)::BIGINT AS waited
    FROM thread_state s JOIN thread t USING (utid)
    WHERE NOT is_idle AND state = 'runnable' AND s.ts < $end AND s.ts + s.dur > $begin
      -- Where records are missing, a long wait may be none.
      AND NOT (s.dur >= 10000000 AND EXISTS (
        FROM loss l WHERE l.ts < s.ts + s.dur AND l.ts + l.dur > s.ts))
  )
) WHERE usage IS NOT NULL
