-- title: Who allocates memory
-- group: Memory
-- answers: Which processes made the kernel allocate and free pages?
-- needs: page_alloc, page_free
-- param: tid
-- param: proc
-- param: limit
-- column: process text | The process that ran when pages were allocated or freed.
-- column: pid id | Its id.
-- column: allocated pages | Pages that were allocated.
-- column: freed pages | Pages that were freed.
-- column: balance pages | Allocated less freed.
-- column: allocations count | How often.
-- column: large count | How often more than one page at once.
-- plot: bar label=process value=allocated
-- see: memory-over-time, page-faults, mappings
SELECT coalesce(p.name, '(not known)') AS process, p.pid,
  coalesce(sum(pages) FILTER (pages > 0), 0)::BIGINT AS allocated,
  coalesce(-sum(pages) FILTER (pages < 0), 0)::BIGINT AS freed, sum(pages)::BIGINT AS balance,
  count(*) FILTER (pages > 0) AS allocations, count(*) FILTER (pages > 1) AS large
FROM page_allocation a LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
WHERE a.ts >= $begin AND a.ts < $end AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY p.upid, p.name, p.pid ORDER BY allocated DESC, freed DESC, p.pid LIMIT $limit
