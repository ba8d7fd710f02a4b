-- title: Threads that had to free memory
-- group: Memory
-- answers: Which threads wanted memory when there was none, and how long did they have to free some themselves?
-- needs: reclaim_begin, reclaim_end
-- param: tid
-- param: proc
-- param: min
-- param: limit
-- column: thread text | Name of the thread.
-- column: tid id | Its id.
-- column: process text | Name of its process.
-- column: reclaims count | How often it had to.
-- column: total ns | How long in all.
-- column: mean ns | How long on average.
-- column: longest ns | How long at most.
-- column: freed pages | What it freed.
-- column: largest pages | The most that it wanted at once.
-- plot: bar label=thread value=total
-- see: memory, page-cache, page-faults
SELECT coalesce(t.name, '(not known)') AS thread, t.tid, p.name AS process, count(*) AS reclaims,
  sum(overlap_ns(r.ts, r.dur, $begin, $end))::BIGINT AS total, avg(r.dur)::BIGINT AS mean, max(r.dur) AS longest,
  coalesce(sum(r.pages), 0)::BIGINT AS freed, max(1 << r."order") AS largest
FROM reclaim r LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
WHERE r.ts < $end AND r.ts + r.dur > $begin AND ($min IS NULL OR r.dur >= $min)
  AND ($tid IS NULL OR list_contains($tid, t.tid)) AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY r.utid, t.name, t.tid, p.name ORDER BY total DESC, t.tid LIMIT $limit
