-- title: Waiting for locks
-- group: Shortage
-- answers: Do threads of a process wait for each other?
-- needs: sched_switch, sched_waking | sched_wakeup, syscall_entry
-- resource: locks
-- column: severity id | 0 nothing, 1 worth knowing, 2 a shortage, 3 a severe one.
-- column: score % | How much of the time it concerns.
-- column: waited ns | How long threads waited until another thread of their process let them go on that also waited for them; without long waits, and threads that hardly ever ran, which wait for work.
-- column: waits count | How often.
-- column: share % | Share of the time in which at least one did.
-- column: worst text | The process whose threads waited longest.
-- column: worst_wait ns | How long they did.
-- summary: In {share} of the time threads of a process kept each other waiting ({waits} times, {waited} in all); most of it {worst} with {worst_wait}.
-- quiet: No threads of a process kept each other waiting.
-- advice: Look at who waits and who lets go; hold locks for a shorter time, or share less.
-- command: rideau report blocked {trace}
WITH woken AS (
  SELECT t.upid, s.utid, w.waker_utid, greatest(s.ts, $begin) AS b, least(s.ts + s.dur, $end) AS e
  FROM thread_state s JOIN thread t USING (utid)
    -- A timeout that ran off while another thread of the process ran is no lock that it let go.
    JOIN thread_state w ON w.utid = s.utid AND w.ts = s.ts + s.dur AND w.state = 'runnable'
      AND coalesce(w.waker_context, 'thread') = 'thread'
    JOIN thread f ON f.utid = w.waker_utid AND f.upid = t.upid
  WHERE s.state = 'blocked' AND s.detail = 'futex' AND s.ts < $end AND s.ts + s.dur > $begin
), ran AS (
  SELECT utid, sum(overlap_ns(ts, dur, $begin, $end)) AS ns FROM sched_slice
  WHERE ts < $end AND ts + dur > $begin AND utid IN (SELECT utid FROM woken) GROUP BY utid
), busy AS (
  -- Who waits twenty times as long as it runs waits for work: a thread of a pool without any.
  FROM woken WHERE utid IN (
    SELECT utid FROM (SELECT utid, sum(e - b) AS ns FROM woken GROUP BY utid) w JOIN ran r USING (utid)
    WHERE r.ns * 20 >= w.ns)
    -- Few locks are held for so long; work is often that far away.
    AND e - b < 50000000
), pairs AS (
  SELECT utid, waker_utid, count(*) AS waits FROM busy GROUP BY ALL
), waits AS (
  -- Whoever has a lock lets the others go on, each in turn; who hands out work hardly waits for those that do it.
  SELECT w.* FROM busy w JOIN pairs p USING (utid, waker_utid)
    JOIN pairs back ON back.utid = w.waker_utid AND back.waker_utid = w.utid
  WHERE back.waits >= 5 AND back.waits * 4 >= p.waits
), ends AS (
  SELECT b, e, max(e) OVER (ORDER BY b, e ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM waits
), total AS (
  SELECT coalesce(sum(greatest(0, e - greatest(b, coalesce(before, b)))), 0) AS met,
    coalesce(sum(e - b), 0) AS waited, count(*) AS waits FROM ends
), worst AS (
  SELECT p.name || ' ' || p.pid AS name, sum(e - b) AS ns FROM waits JOIN process p USING (upid)
  GROUP BY p.upid, p.name, p.pid ORDER BY ns DESC, p.pid LIMIT 1
)
SELECT CASE WHEN waits < 20 THEN 0 WHEN share >= 50 THEN 3 WHEN share >= 25 THEN 2 WHEN share >= 3 THEN 1 ELSE 0 END AS severity,
  share AS score, waited::BIGINT AS waited, waits, share, coalesce(worst.name, 'nobody') AS worst,
  coalesce(worst.ns, 0)::BIGINT AS worst_wait
FROM (SELECT *, 100.0 * met / nullif($end - $begin, 0) AS share FROM total) LEFT JOIN worst ON true
WHERE share IS NOT NULL
