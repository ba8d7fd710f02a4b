-- title: Waiting for memory
-- group: Shortage
-- answers: Does the kernel or do threads have to free memory, or do threads wait for pages from disk?
-- needs: sched_switch, sched_waking | sched_wakeup, block_rq_complete
-- uses: page_alloc, reclaim_begin
-- resource: memory
-- column: severity id | 0 nothing, 1 worth knowing, 2 a shortage, 3 a severe one.
-- column: score % | How much of the time it concerns.
-- column: reclaim ns | How long the kernel's threads that free memory ran.
-- column: direct ns | How long threads that wanted memory had to free some themselves; none when that was not recorded.
-- column: who text | The thread that had to most, with its share.
-- column: waited ns | How long threads waited for pages that had to be read.
-- column: share % | All three as share of the time.
-- column: freed text | A sentence of the kernel's threads that free memory.
-- column: threads text | A sentence of the threads that had to free memory.
-- summary: {freed}; {threads}; threads waited {waited} for pages from disk.
-- quiet: The kernel did not have to free memory, no thread waited for pages from disk; {threads}.
-- advice: Look at who allocates most; give the machine more memory or let programs use less.
-- command: rideau report memory {trace}
WITH known AS (
  SELECT bool_or(used_as = 'reclaim_begin') AS is_recorded FROM event_class
), by_thread AS (
  SELECT utid, sum(overlap_ns(ts, dur, $begin, $end))::BIGINT AS ns FROM reclaim
  WHERE ts < $end AND ts + dur > $begin GROUP BY utid
), direct AS (
  SELECT CASE WHEN (SELECT is_recorded FROM known) THEN coalesce(sum(ns), 0)::BIGINT END AS direct,
    max_by(coalesce(t.name || ' ' || t.tid, 'a thread that is not known') || ' with ' || duration_text(ns), ns) AS who
  FROM by_thread LEFT JOIN thread t USING (utid)
), times AS (
  SELECT coalesce(sum(overlap_ns(s.ts, s.dur, $begin, $end))
      FILTER (s.state = 'running' AND t.name LIKE 'kswapd%'), 0)::BIGINT AS reclaim,
    coalesce(sum(overlap_ns(s.ts, s.dur, $begin, $end))
      FILTER (s.state = 'blocked' AND s.detail = 'page fault'), 0)::BIGINT AS waited
  FROM thread_state s JOIN thread t USING (utid) WHERE s.ts < $end AND s.ts + s.dur > $begin
), shares AS (
  SELECT *, least(100, 100.0 * (reclaim + coalesce(direct, 0) + waited) / nullif($end - $begin, 0)) AS share,
    100.0 * (reclaim + coalesce(direct, 0)) / nullif($end - $begin, 0) AS freeing
  FROM times, direct
)
SELECT CASE WHEN freeing >= 20 THEN 3 WHEN freeing >= 5 THEN 2 WHEN share >= 5 THEN 1 ELSE 0 END AS severity,
  share AS score, reclaim, direct, who, waited, share,
  CASE WHEN reclaim = 0 THEN 'The kernel did not have to free memory'
    ELSE 'The kernel freed memory for ' || duration_text(reclaim) END AS freed,
  CASE WHEN direct IS NULL THEN 'whether threads had to free some themselves was not recorded'
    WHEN direct = 0 THEN 'no thread had to free some itself'
    ELSE 'threads had to free some themselves for ' || duration_text(direct) || ', most of it ' || who END AS threads
FROM shares WHERE share IS NOT NULL
