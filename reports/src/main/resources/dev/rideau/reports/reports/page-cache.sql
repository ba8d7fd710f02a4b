-- title: Page cache
-- group: Memory
-- answers: Which processes filled and emptied the page cache?
-- needs: page_cache_add | page_cache_delete
-- param: limit
-- column: process text | The process that ran then.
-- column: pid id | Its id.
-- column: added pages | Pages that were added.
-- column: removed pages | Pages that were removed.
-- column: files count | Files that they belong to.
-- plot: bar label=process value=added
-- see: memory, files
SELECT coalesce(p.name, '(not known)') AS process, p.pid, count(*) FILTER (is_added) AS added,
  count(*) FILTER (NOT is_added) AS removed, count(DISTINCT (device, inode)) AS files
FROM page_cache c LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
WHERE c.ts >= $begin AND c.ts < $end
GROUP BY p.upid, p.name, p.pid ORDER BY added DESC, removed DESC, p.pid LIMIT $limit
