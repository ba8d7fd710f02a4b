-- title: Balance of memory over time
-- group: Memory
-- answers: How did the number of allocated pages grow and shrink?
-- needs: page_alloc, page_free
-- param: proc
-- param: bins
-- column: time time | End of the part of the time.
-- column: balance pages | Pages allocated less freed since the begin.
-- column: allocated pages | Allocated in this part.
-- column: freed pages | Freed in this part.
-- plot: line time=time value=balance
-- see: memory
WITH changed AS (
  SELECT (a.ts - $begin) // bin_width($begin, $end, $bins) AS bin,
    sum(pages) FILTER (pages > 0) AS allocated, -sum(pages) FILTER (pages < 0) AS freed
  FROM page_allocation a LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
  WHERE a.ts >= $begin AND a.ts < $end AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
  GROUP BY ALL
)
SELECT least($end, $begin + (g.bin + 1) * bin_width($begin, $end, $bins)) AS time,
  sum(coalesce(allocated, 0) - coalesce(freed, 0)) OVER (ORDER BY g.bin)::BIGINT AS balance,
  coalesce(allocated, 0)::BIGINT AS allocated, coalesce(freed, 0)::BIGINT AS freed
FROM range($bins) g(bin) LEFT JOIN changed c ON c.bin = g.bin
WHERE $begin + g.bin * bin_width($begin, $end, $bins) < $end ORDER BY g.bin
