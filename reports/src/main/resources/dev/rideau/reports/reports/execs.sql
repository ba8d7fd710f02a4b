-- title: Programs that were started
-- group: Processes
-- answers: Which processes executed which files, and when?
-- needs: sched_process_exec
-- param: proc
-- param: limit count = 100
-- column: time time | When it happened.
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: path text | The file.
-- column: parent text | The process that forked it.
-- column: parent_pid id | Its id.
-- see: processes, process-tree
SELECT e.ts AS time, p.name AS process, p.pid, e.path, q.name AS parent, q.pid AS parent_pid
FROM process_exec e JOIN process p USING (upid) LEFT JOIN process q ON q.upid = p.parent_upid
WHERE e.ts >= $begin AND e.ts < $end AND matches_any(p.name, $proc)
ORDER BY e.ts, p.pid LIMIT $limit
