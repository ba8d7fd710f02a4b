-- title: Moves between CPUs
-- group: Scheduling
-- answers: Which threads were moved between CPUs, from where to where?
-- needs: sched_migrate_task
-- param: tid
-- param: proc
-- param: limit
-- column: thread text | Name of the thread.
-- column: tid id | Its id.
-- column: from_cpu id | The CPU it came from.
-- column: to_cpu id | The CPU it went to.
-- column: moves count | How often.
-- plot: bar label=thread value=moves
-- see: switches, cpu-thread
SELECT t.name AS thread, t.tid, m.from_cpu, m.to_cpu, count(*) AS moves
FROM migration m JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE m.ts >= $begin AND m.ts < $end AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY m.utid, t.name, t.tid, m.from_cpu, m.to_cpu
ORDER BY moves DESC, t.tid, m.from_cpu, m.to_cpu LIMIT $limit
