-- title: Waiting for disks
-- group: Shortage
-- answers: Do threads wait because disks are slow or busy?
-- needs: sched_switch, sched_waking | sched_wakeup, block_rq_complete
-- resource: disk
-- column: severity id | 0 nothing, 1 worth knowing, 2 a shortage, 3 a severe one.
-- column: score % | How much of the time it concerns.
-- column: waited ns | How long threads waited for disks, all added up.
-- column: share % | Share of the time in which at least one thread waited.
-- column: worst text | The process that waited longest.
-- column: worst_wait ns | How long it did.
-- summary: In {share} of the time a thread waited for a disk, {waited} in all; most of it {worst} with {worst_wait}.
-- quiet: No thread waited for a disk.
-- advice: Look at which requests take long and who makes them; read and write less often and in larger pieces, or use a faster disk.
-- command: rideau report disk-process {trace}
WITH waits AS (
  SELECT t.upid, greatest(s.ts, $begin) AS b, least(s.ts + s.dur, $end) AS e
  FROM thread_state s JOIN thread t USING (utid)
  WHERE s.state = 'blocked' AND s.detail IN ('disk', 'page fault') AND s.ts < $end AND s.ts + s.dur > $begin
), ends AS (
  SELECT b, e, max(e) OVER (ORDER BY b, e ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM waits
), total AS (
  SELECT coalesce(sum(greatest(0, e - greatest(b, coalesce(before, b)))), 0) AS met, coalesce(sum(e - b), 0) AS waited FROM ends
), worst AS (
  SELECT p.name || ' ' || p.pid AS name, sum(e - b) AS ns FROM waits JOIN process p USING (upid)
  GROUP BY p.upid, p.name, p.pid ORDER BY ns DESC, p.pid LIMIT 1
)
SELECT CASE WHEN share >= 50 THEN 3 WHEN share >= 25 THEN 2 WHEN share >= 3 THEN 1 ELSE 0 END AS severity,
  share AS score, waited::BIGINT AS waited, share, coalesce(worst.name, 'nobody') AS worst,
  coalesce(worst.ns, 0)::BIGINT AS worst_wait
FROM (SELECT *, 100.0 * met / nullif($end - $begin, 0) AS share FROM total) LEFT JOIN worst ON true
WHERE share IS NOT NULL
