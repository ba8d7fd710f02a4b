-- title: Critical path of a piece of a program's own work
-- group: Programs
-- answers: What explains the time that a request took, across all threads and devices, and what were they working on?
-- needs: sched_switch, sched_waking | sched_wakeup
-- uses: irq_handler_entry, softirq_entry, syscall_entry, syscall_exit
-- prepare: critical_path_pieces
-- param: span names = | Spans whose name matches; the longest of them is explained.
-- param: id ids = | Only spans with these ids.
-- param: limit count = 1000
-- column: time time | When the piece began.
-- column: dur ns | How long it lasted.
-- column: thread text | The thread that ran, or waited for a device or timer.
-- column: what text | running, runnable, disk, timer, network, interrupt, blocked, stopped, unknown.
-- column: detail text | Of running up to three system calls, of waiting the cause or the interrupt.
-- column: span text | What the thread was working on: the innermost span, and its id.
-- column: depth count | How many threads wait for this one in turn.
-- column: wakes text | The thread that was woken at its end and goes on.
-- plot: timeline time=time duration=dur track=thread color=what next=wakes
-- see: span-path-summary, span-top, critical-path
WITH whole AS (
  FROM critical_path_pieces
), edges AS (
  SELECT piece, ts AS edge FROM whole
  UNION SELECT piece, s.ts FROM whole w JOIN span_thread t USING (utid) JOIN span s USING (span)
    WHERE s.ts > w.ts AND s.ts < w.until
  UNION SELECT piece, s.ts + s.dur FROM whole w JOIN span_thread t USING (utid) JOIN span s USING (span)
    WHERE s.ts + s.dur > w.ts AND s.ts + s.dur < w.until
), parts AS (
  SELECT piece, edge AS ts, coalesce(lead(edge) OVER (PARTITION BY piece ORDER BY edge), until) AS until,
    utid, kind, detail, depth,
    CASE WHEN lead(edge) OVER (PARTITION BY piece ORDER BY edge) IS NULL THEN wakes END AS wakes
  FROM edges JOIN whole USING (piece)
), worked AS (
  SELECT piece, ts, any_value(until) AS until, any_value(utid) AS utid, any_value(kind) AS kind,
    any_value(detail) AS detail, any_value(depth) AS depth, any_value(wakes) AS wakes,
    arg_max(name || coalesce(' ' || id::VARCHAR, ''), begun) AS span
  FROM (
    SELECT p.*, s.name, s.id, s.ts AS begun FROM parts p
      LEFT JOIN span_thread t ON t.utid = p.utid
      LEFT JOIN span s ON s.span = t.span AND s.ts <= p.ts AND s.ts + s.dur >= p.until
  )
  GROUP BY piece, ts
)
SELECT c.ts AS time, c.until - c.ts AS dur, t.name || ' ' || t.tid AS thread, c.kind AS what, c.detail,
  c.span, c.depth, n.name || ' ' || n.tid AS wakes
FROM worked c JOIN thread t USING (utid) LEFT JOIN thread n ON n.utid = c.wakes
ORDER BY c.ts, piece LIMIT $limit
