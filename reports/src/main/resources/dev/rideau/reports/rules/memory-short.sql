-- title: Memory is short
-- group: Shortage
-- answers: Does the kernel have to free memory, or do threads wait for pages from disk?
-- needs: sched_switch, sched_waking | sched_wakeup, block_rq_complete
-- uses: page_alloc
-- resource: memory
-- column: severity id | 0 nothing, 1 worth knowing, 2 a shortage, 3 a severe one.
-- column: score % | How much of the time it concerns.
-- column: reclaim ns | How long the kernel's threads that free memory ran.
-- column: waited ns | How long threads waited for pages that had to be read.
-- column: share % | Both as share of the time.
-- summary: The kernel freed memory for {reclaim}; threads waited {waited} for pages from disk.
-- quiet: The kernel did not have to free memory, and no thread waited for pages from disk.
-- advice: Look at who allocates most; give the machine more memory or let programs use less.
-- command: rideau report memory {trace}
SELECT CASE WHEN reclaim * 100.0 / nullif($end - $begin, 0) >= 20 THEN 3
    WHEN reclaim * 100.0 / nullif($end - $begin, 0) >= 5 THEN 2
    WHEN share >= 5 THEN 1 ELSE 0 END AS severity,
  share AS score, reclaim, waited, share
FROM (
  SELECT *, least(100, 100.0 * (reclaim + waited) / nullif($end - $begin, 0)) AS share FROM (
    SELECT coalesce(sum(overlap_ns(s.ts, s.dur, $begin, $end))
        FILTER (s.state = 'running' AND t.name LIKE 'kswapd%'), 0)::BIGINT AS reclaim,
      coalesce(sum(overlap_ns(s.ts, s.dur, $begin, $end))
        FILTER (s.state = 'blocked' AND s.detail = 'page fault'), 0)::BIGINT AS waited
    FROM thread_state s JOIN thread t USING (utid) WHERE s.ts < $end AND s.ts + s.dur > $begin
  )
) WHERE share IS NOT NULL
