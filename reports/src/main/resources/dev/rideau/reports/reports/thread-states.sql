-- title: Where the time of threads went
-- group: Threads
-- answers: How long did each thread run, wait for a CPU, or wait for something else?
-- needs: sched_switch
-- uses: sched_waking | sched_wakeup, syscall_entry, syscall_exit
-- param: tid
-- param: proc
-- param: limit
-- column: thread text | Name of the thread.
-- column: tid id | Its id.
-- column: process text | Name of its process.
-- column: alive ns | How long it was there in the time that was looked at.
-- column: running ns | How long it ran, interrupts on top of it included.
-- column: user ns | Of running: in its own program; none when nothing is known of it.
-- column: syscall ns | Of running: in system calls; none when nothing is known of them.
-- column: irq ns | Of running: interrupted by irqs and softirqs.
-- column: runnable ns | How long it could have run but had no CPU.
-- column: disk ns | How long it waited for a disk.
-- column: lock ns | How long it waited for a futex.
-- column: io ns | How long it waited for pipes, sockets or poll.
-- column: sleep ns | How long it slept until a timer.
-- column: other ns | How long it waited for anything else.
-- column: unknown ns | How long it is not known what it did: events were lost, or not recorded yet.
-- see: blocked, sched-latency, critical-path
SELECT t.name AS thread, t.tid, p.name AS process,
  sum(ns) FILTER (state <> 'dead')::BIGINT AS alive,
  coalesce(sum(ns) FILTER (state = 'running'), 0)::BIGINT AS running,
  -- Nothing is 0 only where all is known.
  coalesce(sum(ns) FILTER (state = 'running' AND detail = 'user'),
    CASE WHEN count(*) FILTER (state = 'running' AND detail IS NULL) = 0 THEN 0 END)::BIGINT AS user,
  coalesce(sum(ns) FILTER (state = 'running' AND detail = 'syscall'),
    CASE WHEN count(*) FILTER (state = 'running' AND detail IS NULL) = 0 THEN 0 END)::BIGINT AS syscall,
  coalesce(sum(ns) FILTER (state = 'running' AND detail IN ('irq', 'softirq')), 0)::BIGINT AS irq,
  coalesce(sum(ns) FILTER (state = 'runnable'), 0)::BIGINT AS runnable,
  coalesce(sum(ns) FILTER (state = 'blocked' AND detail IN ('disk', 'page fault')), 0)::BIGINT AS disk,
  coalesce(sum(ns) FILTER (state = 'blocked' AND detail = 'futex'), 0)::BIGINT AS lock,
  coalesce(sum(ns) FILTER (state = 'blocked' AND detail IN ('pipe', 'socket', 'poll')), 0)::BIGINT AS io,
  coalesce(sum(ns) FILTER (state = 'blocked' AND detail = 'timer'), 0)::BIGINT AS sleep,
  coalesce(sum(ns) FILTER (state = 'blocked' AND (detail IS NULL OR detail NOT IN
    ('disk', 'page fault', 'futex', 'pipe', 'socket', 'poll', 'timer'))), 0)::BIGINT AS other,
  coalesce(sum(ns) FILTER (state = 'unknown'), 0)::BIGINT AS unknown
FROM (
  SELECT utid, state, detail, sum(overlap_ns(ts, dur, $begin, $end)) AS ns
  FROM thread_state WHERE state <> 'blocked' AND ts < $end AND ts + dur > $begin GROUP BY ALL
  UNION ALL
  SELECT utid, state, cause, sum(overlap_ns(ts, dur, $begin, $end))
  FROM thread_wait WHERE ts < $end AND ts + dur > $begin GROUP BY ALL
) JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE NOT t.is_idle AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY utid, t.name, t.tid, p.name
HAVING alive > 0 ORDER BY running DESC, runnable DESC, t.tid LIMIT $limit
