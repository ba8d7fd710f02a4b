-- title: Programs' own work over time
-- group: Programs
-- answers: Which spans did each thread work on, and when?
-- param: name names = | Only spans whose name matches.
-- param: min
-- param: limit count = 1000
-- column: time time | When the span began.
-- column: dur ns | How long it lasted.
-- column: track text | The thread in which it began, and how deep in other spans.
-- column: span text | Its name.
-- column: id id | Its id.
-- column: detail text | The first text of its first event.
-- plot: timeline time=time duration=dur track=track color=span
-- see: spans, span-top, thread-timeline
WITH RECURSIVE depths(span, depth) AS (
  SELECT span, 0 FROM span WHERE parent IS NULL
  UNION ALL
  SELECT s.span, d.depth + 1 FROM span s JOIN depths d ON s.parent = d.span
)
SELECT greatest(s.ts, $begin) AS time, least(s.ts + s.dur, $end) - greatest(s.ts, $begin) AS dur,
  coalesce(s.thread_name, 'thread') || coalesce(' ' || coalesce(s.java_thread_id, s.tid)::VARCHAR, '')
    || CASE WHEN coalesce(d.depth, 0) = 0 THEN '' ELSE ' > ' || d.depth END AS track,
  s.name AS span, s.id, s.detail
FROM span s LEFT JOIN depths d USING (span)
WHERE s.ts < $end AND s.ts + s.dur > $begin AND matches_any(s.name, $name)
  AND ($min IS NULL OR s.dur >= $min)
ORDER BY s.ts, s.span LIMIT $limit
