-- title: Life times of processes
-- group: Processes
-- answers: Which processes were there, when did they start and end, and how much did they run?
-- needs: sched_switch | sched_process_fork | statedump_process_state
-- param: proc
-- param: limit count = 100
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: parent text | Name of its parent.
-- column: parent_pid id | Id of its parent.
-- column: start time | When it was forked; none when it is older than the recording.
-- column: end time | When it exited; none when it outlives the recording.
-- column: seen time | Since when it was there in the time that was looked at.
-- column: life ns | How long it was there in the time that was looked at.
-- column: cpu_time ns | How long its threads ran.
-- column: threads count | Its threads.
-- column: path text | The file that it executed last.
-- plot: timeline time=seen duration=life track=process color=parent
-- see: process-tree, execs, cpu-process
WITH ran AS (
  SELECT upid, sum(overlap_ns(s.ts, s.dur, $begin, $end)) AS ns
  FROM sched_slice s JOIN thread t USING (utid) WHERE s.ts < $end AND s.ts + s.dur > $begin GROUP BY upid
), members AS (
  SELECT upid, count(*) AS threads, bool_or(is_idle) AS is_idle FROM thread GROUP BY upid
)
SELECT p.name AS process, p.pid, q.name AS parent, q.pid AS parent_pid, p.start_ts AS start, p.end_ts AS "end",
  greatest(coalesce(p.start_ts, $begin), $begin) AS seen,
  least(coalesce(p.end_ts, $end), $end) - greatest(coalesce(p.start_ts, $begin), $begin) AS life,
  coalesce(ran.ns, 0)::BIGINT AS cpu_time, m.threads, p.path
FROM process p JOIN members m USING (upid) LEFT JOIN ran USING (upid)
  LEFT JOIN process q ON q.upid = p.parent_upid
WHERE NOT m.is_idle AND coalesce(p.start_ts, $begin) < $end AND coalesce(p.end_ts, $end) >= $begin
  AND matches_any(p.name, $proc)
ORDER BY p.start_ts NULLS LAST, cpu_time DESC, p.pid LIMIT $limit
