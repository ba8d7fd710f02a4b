-- title: Page faults
-- group: Memory
-- answers: Which processes touched pages that were not there?
-- needs: page_fault_user | page_fault_kernel
-- param: proc
-- param: limit
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: faults count | Page faults.
-- column: in_user count | Of these: in its own program.
-- column: in_kernel count | Of these: in the kernel.
-- column: writes count | Of these: known to be writes.
-- column: rate /s | Faults in a second.
-- plot: bar label=process value=faults
-- see: memory, mappings
SELECT p.name AS process, p.pid, count(*) AS faults, count(*) FILTER (is_user) AS in_user,
  count(*) FILTER (NOT is_user) AS in_kernel, count(*) FILTER (is_write) AS writes,
  count(*) / nullif(($end - $begin) / 1e9, 0) AS rate
FROM page_fault f LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
WHERE f.ts >= $begin AND f.ts < $end AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY p.upid, p.name, p.pid ORDER BY faults DESC, p.pid LIMIT $limit
