-- title: Preemptions
-- group: Scheduling
-- answers: Who took the CPU away from whom, and how long did the other wait to go on?
-- needs: sched_switch
-- param: tid
-- param: proc
-- param: limit
-- column: thread text | The thread that could have run on.
-- column: tid id | Its id.
-- column: by text | The thread that ran instead.
-- column: by_tid id | Its id.
-- column: preemptions count | How often.
-- column: waited ns | How long the first had to wait, in all.
-- column: longest ns | How long at most.
-- plot: bar label=thread value=waited series=by
-- see: switches, sched-latency
WITH preempted AS (
  SELECT host, utid, cpu, ts + dur AS at FROM sched_slice
  WHERE end_state LIKE 'R%' AND ts + dur >= $begin AND ts + dur < $end
)
SELECT t.name AS thread, t.tid, b.name AS "by", b.tid AS by_tid, count(*) AS preemptions,
  sum(w.dur)::BIGINT AS waited, max(w.dur) AS longest
FROM preempted e JOIN thread t USING (utid) JOIN process p USING (upid)
  JOIN sched_slice s ON s.host = e.host AND s.cpu = e.cpu AND s.ts = e.at
  JOIN thread b ON b.utid = s.utid
  LEFT JOIN thread_state w ON w.utid = e.utid AND w.ts = e.at AND w.state = 'runnable'
WHERE NOT t.is_idle AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY e.utid, t.name, t.tid, s.utid, b.name, b.tid ORDER BY preemptions DESC, t.tid, by_tid LIMIT $limit
