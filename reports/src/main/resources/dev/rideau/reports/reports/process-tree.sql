-- title: Tree of processes
-- group: Processes
-- answers: Who started whom, and how much CPU time did each branch take?
-- needs: sched_switch | sched_process_fork | statedump_process_state
-- param: proc names = | Only branches that begin with these processes.
-- param: limit count = 500
-- column: process text | Name of the process, indented below its parent.
-- column: pid id | Its id.
-- column: start time | When it was forked; none when it is older than the recording.
-- column: life ns | How long it was there in the time that was looked at.
-- column: cpu_time ns | How long its threads ran.
-- column: branch ns | The same with all processes below it.
-- see: processes, execs
WITH RECURSIVE ran AS (
  SELECT upid, sum(overlap_ns(s.ts, s.dur, $begin, $end)) AS ns
  FROM sched_slice s JOIN thread t USING (utid) WHERE s.ts < $end AND s.ts + s.dur > $begin GROUP BY upid
), present AS (
  SELECT p.* FROM process p
  WHERE coalesce(p.start_ts, $begin) < $end AND coalesce(p.end_ts, $end) >= $begin
    AND NOT EXISTS (FROM thread t WHERE t.upid = p.upid AND t.is_idle)
), tree AS (
  SELECT p.upid, 0 AS depth, [coalesce(p.start_ts, 0), p.pid, p.upid] AS place, [p.upid] AS above
  FROM present p LEFT JOIN present q ON q.upid = p.parent_upid
  WHERE CASE WHEN $proc IS NULL THEN q.upid IS NULL OR q.upid = p.upid ELSE matches_any(p.name, $proc) END
  UNION ALL
  SELECT p.upid, depth + 1, place || [coalesce(p.start_ts, 0), p.pid, p.upid], above || [p.upid]
  FROM tree t JOIN present p ON p.parent_upid = t.upid
  WHERE NOT list_contains(above, p.upid)
), branches AS (
  SELECT a.upid, sum(ran.ns) AS ns
  FROM (SELECT DISTINCT upid AS below, unnest(above) AS upid FROM tree) a JOIN ran ON ran.upid = a.below
  GROUP BY a.upid
)
SELECT repeat('  ', depth) || p.name AS process, p.pid, p.start_ts AS start,
  least(coalesce(p.end_ts, $end), $end) - greatest(coalesce(p.start_ts, $begin), $begin) AS life,
  coalesce(ran.ns, 0)::BIGINT AS cpu_time, coalesce(branches.ns, 0)::BIGINT AS branch
FROM tree JOIN process p USING (upid) LEFT JOIN ran USING (upid) LEFT JOIN branches USING (upid)
ORDER BY place LIMIT $limit
