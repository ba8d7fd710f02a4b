-- title: What the time of a piece of a program's own work went to
-- group: Programs
-- answers: Which threads, waits and other work make up the time that a request took?
-- needs: sched_switch, sched_waking | sched_wakeup
-- uses: irq_handler_entry, softirq_entry, syscall_entry, syscall_exit
-- prepare: critical_path
-- param: span names = | Spans whose name matches; the longest of them is explained.
-- param: id ids = | Only spans with these ids.
-- param: limit
-- column: what text | running, runnable, disk, timer, network, interrupt, blocked, stopped, unknown.
-- column: thread text | The thread that ran, or waited for a device or timer.
-- column: span text | What that thread was working on most of the time: the innermost span, and its id.
-- column: detail text | Of waiting the cause or the interrupt.
-- column: time ns | How long in all.
-- column: share % | Share of the whole time.
-- column: pieces count | In how many pieces.
-- plot: bar label=what value=time series=thread
-- see: span-path, span-top, critical-path-summary
WITH worked AS (
  SELECT p.ts, p.dur, p.utid, p.kind, CASE WHEN p.kind <> 'running' THEN p.detail END AS detail,
    arg_max(s.name || coalesce(' ' || s.id::VARCHAR, ''), s.ts) AS span
  FROM critical_path p LEFT JOIN span_thread t USING (utid)
    LEFT JOIN span s ON s.span = t.span AND s.ts <= p.ts + p.dur // 2 AND s.ts + s.dur > p.ts + p.dur // 2
  GROUP BY p.ts, p.dur, p.utid, p.kind, p.detail
)
SELECT w.kind AS what, t.name || ' ' || t.tid AS thread, w.span, w.detail, sum(w.dur)::BIGINT AS time,
  100.0 * sum(w.dur) / sum(sum(w.dur)) OVER () AS share, count(*) AS pieces
FROM worked w JOIN thread t USING (utid)
GROUP BY w.kind, t.name, t.tid, w.span, w.detail ORDER BY time DESC, what, thread LIMIT $limit
