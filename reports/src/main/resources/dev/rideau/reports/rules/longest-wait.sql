-- title: What kept a program from running
-- group: Threads
-- answers: Which program was kept from running for the longest time, and by what?
-- needs: sched_switch, syscall_entry
-- uses: sched_waking | sched_wakeup
-- resource: none
-- column: severity id | 1 worth knowing.
-- column: score % | How long as share of the time.
-- column: process text | The process with its id.
-- column: cause text | What it waited for.
-- column: syscall text | In which system call.
-- column: waited ns | How long, all its threads together.
-- column: waits count | How often.
-- column: ran ns | How long it ran.
-- summary: {process} waited {waited} for {cause} ({syscall}, {waits} times) and ran {ran}.
-- advice: The critical path tells what the others did meanwhile.
-- command: rideau report critical-path-summary {trace} --tid {tid}
-- column: tid id | Its main thread.
WITH by_thread AS (
  SELECT t.upid, t.utid, s.detail, s.syscall, sum(overlap_ns(s.ts, s.dur, $begin, $end)) AS ns, count(*) AS waits
  FROM thread_state s JOIN thread t USING (utid)
  WHERE s.state = 'blocked' AND s.detail IN ('disk', 'page fault', 'futex', 'pipe', 'socket')
    AND s.ts < $end AND s.ts + s.dur > $begin AND coalesce(t.is_kernel, false) = false
  GROUP BY ALL
), ran_by_thread AS (
  SELECT utid, t.upid, sum(overlap_ns(s.ts, s.dur, $begin, $end)) AS ns
  FROM sched_slice s JOIN thread t USING (utid) WHERE s.ts < $end AND s.ts + s.dur > $begin GROUP BY ALL
), waits AS (
  -- Who waits for another thread fifty times as long as it runs waits for work, as in a pool.
  SELECT w.upid, w.detail, w.syscall, sum(w.ns) AS ns, sum(waits)::BIGINT AS waits
  FROM by_thread w LEFT JOIN ran_by_thread r USING (utid)
  WHERE w.detail <> 'futex' OR coalesce(r.ns, 0) * 50 >= w.ns GROUP BY ALL
), ran AS (
  SELECT upid, sum(ns) AS ns FROM ran_by_thread GROUP BY upid
)
SELECT 1 AS severity, least(100, 100.0 * w.ns / nullif($end - $begin, 0)) / 2 AS score,
  p.name || ' ' || p.pid AS process, w.detail AS cause, coalesce(w.syscall, 'no system call') AS syscall,
  w.ns::BIGINT AS waited, w.waits, r.ns::BIGINT AS ran, p.pid AS tid
FROM waits w JOIN ran r USING (upid) JOIN process p USING (upid)
WHERE r.ns * 50 >= $end - $begin AND w.waits >= 2 AND w.ns * 20 >= $end - $begin
ORDER BY w.ns DESC, p.pid LIMIT 1
