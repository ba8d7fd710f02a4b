-- title: Changes of address spaces
-- group: Memory
-- answers: Which processes mapped and unmapped how much memory?
-- needs: syscall_entry, syscall_exit
-- uses: sched_switch
-- param: proc
-- param: limit
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: mapped bytes | By mmap.
-- column: unmapped bytes | By munmap.
-- column: heap bytes | Growth by brk.
-- column: calls count | Calls of mmap, munmap, mremap, brk and mprotect.
-- column: time ns | How long they took.
-- plot: bar label=process value=mapped
-- see: memory, page-faults
SELECT p.name AS process, p.pid,
  coalesce(sum(bytes) FILTER (syscall = 'mmap'), 0)::BIGINT AS mapped,
  coalesce(sum(bytes) FILTER (syscall = 'munmap'), 0)::BIGINT AS unmapped,
  coalesce(sum(bytes) FILTER (syscall = 'brk'), 0)::BIGINT AS heap, count(*) AS calls,
  sum(m.dur)::BIGINT AS time
FROM memory_mapping m JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE m.ts >= $begin AND m.ts < $end AND matches_any(p.name, $proc)
GROUP BY p.upid, p.name, p.pid ORDER BY mapped DESC, calls DESC, p.pid LIMIT $limit
