-- title: Waiting for processors
-- group: rules
-- answers: Do threads wait because other threads have the processors?
-- needs: sched_switch
-- resource: cpu
-- column: severity id | 0 nothing, 1 worth knowing, 2 a shortage, 3 a severe one.
-- column: score % | How much of the time it concerns.
-- column: usage % | Share of the time in which the processors ran something; none when only some processes were recorded.
-- column: waited ns | How long threads could have run but had no processor, all added up.
-- column: ran ns | How long threads ran, all added up.
-- column: share % | Share of the time in which at least one thread waited.
-- column: who text | How busy the processors were, and whose times these are.
-- column: least text | Says `at least` where nobody told when threads were woken.
-- summary: {who} ran {ran} and waited {least}{waited} for one.
-- advice: Look for what uses most CPU time, or give the machine more processors.
-- command: rideau report cpu-process {trace}
SELECT CASE WHEN is_in_parts THEN 0 WHEN share >= 50 AND coalesce(usage, 100) >= 90 THEN 3
  WHEN share >= 25 AND coalesce(usage, 100) >= 75 THEN 2
  -- Where most processors idle, more of them would not help.
  WHEN share >= 10 AND coalesce(usage, 100) >= 50 THEN 1 ELSE 0 END AS severity, share AS score, usage, waited, ran, share,
  CASE WHEN is_in_parts THEN 'It is known when threads left a processor, not when they came; as far as that tells, these'
    WHEN usage IS NULL THEN 'Of the processors only the recorded threads are known; these'
    ELSE concat(
      -- Of the others nothing is known.
      CASE WHEN chosen IS NULL THEN 'The processors were'
        WHEN chosen LIKE '%,%' THEN printf('Of the processors only CPUs %s were recorded,', replace(chosen, ',', ', '))
        ELSE printf('Of the processors only CPU %s was recorded,', chosen) END,
      ' busy ',
      CASE WHEN usage > 0 AND usage < 0.05 THEN '<0.1' ELSE printf('%.1f', usage) END,
      ' % of the time; threads') END AS who,
  CASE WHEN tells_wakeups THEN '' ELSE 'at least ' END AS least
FROM (
  SELECT CASE WHEN NOT restricted THEN 100.0 * ran / nullif(cpus * ($end - $begin), 0) END AS usage,
    waited, ran, least(100, 100.0 * waited / nullif($end - $begin, 0)) AS share, restricted, is_in_parts, chosen,
    tells_wakeups
  FROM (
    SELECT count(*) FILTER (name = 'recorded_tids') > 0 AS restricted,
      count(*) FILTER (name = 'recorded_switches' AND value = 'leaving') > 0 AS is_in_parts,
      max(value) FILTER (name = 'recorded_cpus') AS chosen
    FROM recording
  ), (
    -- Without them, only the waits of threads that were preempted are known.
    SELECT count(*) FILTER (used_as = 'sched_switch') = 0
      OR count(*) FILTER (used_as IN ('sched_waking', 'sched_wakeup')) > 0 AS tells_wakeups
    FROM event_class WHERE events > 0
  ), (
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
) WHERE usage IS NOT NULL OR restricted
