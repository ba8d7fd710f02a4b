-- title: Slowest pieces of programs' own work
-- group: Programs
-- answers: Which spans took longest, and what did their thread do meanwhile?
-- uses: sched_switch
-- param: name names = | Only spans whose name matches.
-- param: id ids = | Only spans with these ids.
-- param: min
-- param: max
-- param: limit
-- column: time time | When the span began.
-- column: dur ns | How long it lasted.
-- column: span text | Its name.
-- column: id id | Its id, as its events tell it.
-- column: detail text | The first text of its first event.
-- column: tid id | The thread in which it began.
-- column: running ns | How long that thread ran meanwhile; none without a kernel trace.
-- column: runnable ns | How long it waited for a CPU.
-- column: blocked ns | How long it waited for anything else.
-- see: spans, span-path
WITH slow AS (
  SELECT * FROM span
  WHERE clipped = 0 AND ts < $end AND ts + dur >= $begin AND matches_any(name, $name)
    AND ($id IS NULL OR list_contains($id, id))
    AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
  ORDER BY dur DESC, ts LIMIT $limit
), states AS (
  SELECT s.span,
    sum(overlap_ns(x.ts, x.dur, s.ts, s.ts + s.dur)) FILTER (x.state = 'running')::BIGINT AS running,
    sum(overlap_ns(x.ts, x.dur, s.ts, s.ts + s.dur)) FILTER (x.state = 'runnable')::BIGINT AS runnable,
    sum(overlap_ns(x.ts, x.dur, s.ts, s.ts + s.dur))
      FILTER (x.state NOT IN ('running', 'runnable'))::BIGINT AS blocked
  FROM slow s JOIN span_thread t USING (span)
    JOIN thread_state x ON x.utid = t.utid AND x.ts < s.ts + s.dur AND x.ts + x.dur > s.ts
  GROUP BY s.span
)
SELECT s.ts AS time, s.dur, s.name AS span, s.id, s.detail, s.tid,
  CASE WHEN x.span IS NOT NULL THEN coalesce(x.running, 0) END AS running,
  CASE WHEN x.span IS NOT NULL THEN coalesce(x.runnable, 0) END AS runnable,
  CASE WHEN x.span IS NOT NULL THEN coalesce(x.blocked, 0) END AS blocked
FROM slow s LEFT JOIN states x USING (span) ORDER BY s.dur DESC, s.ts
