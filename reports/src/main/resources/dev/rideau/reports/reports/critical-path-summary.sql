-- title: What a thread's time went to
-- group: Threads
-- answers: Which threads, devices and waits make up the time that a thread took, and at what cost?
-- needs: sched_switch, sched_waking | sched_wakeup
-- uses: irq_handler_entry, softirq_entry, syscall_entry, syscall_exit, block_rq_complete
-- prepare: critical_path
-- param: tid ids = | The thread; default: the one that ran most.
-- param: proc names = | The process or thread by name.
-- param: utid ids = | The thread by its number in the table thread: a tid can be used again.
-- param: limit
-- column: what text | running, runnable, disk, timer, network, interrupt, blocked, stopped, unknown.
-- column: thread text | The thread that ran, or waited for a device or timer.
-- column: detail text | Of running where, of waiting the cause or the interrupt.
-- column: time ns | How long in all.
-- column: share % | Share of the whole time.
-- column: pieces count | In how many pieces.
-- column: disk_bytes bytes | Of waiting for a disk: bytes of its requests that ended then.
-- plot: bar label=what value=time series=thread
-- see: critical-path, blocked
WITH parts AS (
  SELECT utid, kind, detail, sum(dur) AS time, count(*) AS pieces
  FROM critical_path GROUP BY ALL
), moved AS (
  SELECT c.utid, c.kind, c.detail, sum(r.bytes) AS bytes
  FROM critical_path c JOIN block_request r ON r.utid = c.utid
    AND r.ts + r.dur > c.ts AND r.ts + r.dur <= c.ts + c.dur
  WHERE c.kind = 'disk' GROUP BY ALL
)
SELECT p.kind AS what, t.name || ' ' || t.tid AS thread, p.detail, p.time::BIGINT AS time,
  100.0 * p.time / sum(p.time) OVER () AS share, p.pieces, m.bytes::BIGINT AS disk_bytes
FROM parts p JOIN thread t USING (utid)
  LEFT JOIN moved m ON m.utid = p.utid AND m.kind = p.kind AND m.detail IS NOT DISTINCT FROM p.detail
ORDER BY p.time DESC, what, t.tid, p.detail LIMIT $limit
