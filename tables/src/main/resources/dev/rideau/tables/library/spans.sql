-- Spans: programs' own work beside the kernel's threads.

-- The thread of each span that tells its kernel's thread id: `span`, `utid`. Spans of virtual threads are
-- those of the carrier that they began on.
CREATE VIEW span_thread AS
  SELECT span.span, thread.utid
  FROM span
  JOIN thread
    ON coalesce(thread.vtid, thread.tid) = span.tid
    AND NOT thread.is_idle
    AND coalesce(thread.start_ts, span.ts) <= span.ts
    AND coalesce(thread.end_ts, span.ts) >= span.ts;
