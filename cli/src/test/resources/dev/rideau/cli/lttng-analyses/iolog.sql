-- Every call on a descriptor; it counts all that make a descriptor and leaves out accept, connect, lseek and splice.
WITH theirs AS (
  SELECT (r->>'$[0].begin.value')::BIGINT ts, (r->>'$[0].end.value')::BIGINT e, r->>'$[3].name' AS name, (r->>'$[4].value')::BIGINT bytes, (r->>'$[5].tid')::INT tid, (r->>'$[7].fd')::INT fd
  FROM mi
  WHERE title = 'log' AND name NOT IN ('socket', 'dup', 'dup2', 'dup3', 'fcntl', 'pipe', 'pipe2')),
ours AS (
  SELECT i.ts, i.ts+dur AS e, syscall AS name, bytes, tid, fd
  FROM io i JOIN thread USING (utid) WHERE clipped = 0
  AND syscall NOT IN ('splice', 'connect', 'accept', 'accept4', 'lseek'))
(SELECT 'only there' AS which, * FROM (FROM theirs EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
