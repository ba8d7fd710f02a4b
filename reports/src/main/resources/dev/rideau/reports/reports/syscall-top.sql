-- title: Longest system calls
-- group: System calls
-- answers: Which single system calls took longest?
-- needs: syscall_entry
-- uses: syscall_exit
-- param: name names = | Only these system calls.
-- param: cpu
-- param: tid
-- param: proc
-- param: min
-- param: max
-- param: limit
-- column: time time | When it was entered.
-- column: dur ns | How long it took; none when that it returned was not recorded.
-- column: thread text | Name of the thread.
-- column: tid id | Its id.
-- column: syscall text | Name of the call.
-- column: args text | Its arguments as recorded.
-- column: ret id | What it returned.
-- column: error text | Name of the error when it failed.
-- see: syscalls, syscall-histogram
SELECT s.ts AS time, CASE WHEN s.ret IS NULL AND s.dur = 0 THEN NULL ELSE s.dur END AS dur,
  t.name AS thread, t.tid, s.name AS syscall, s.args, s.ret, s.error
FROM syscall s LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
WHERE s.ts >= $begin AND s.ts < $end AND matches_any(s.name, $name)
  AND ($cpu IS NULL OR list_contains($cpu, s.cpu)) AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND ($min IS NULL OR s.dur >= $min) AND ($max IS NULL OR s.dur <= $max)
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
ORDER BY s.dur DESC, s.ts, t.tid LIMIT $limit
