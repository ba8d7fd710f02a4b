-- Every hardware interrupt: begin, end, CPU, number, name.
WITH theirs AS (
  SELECT (r->>'$[0].begin.value')::BIGINT ts, (r->>'$[0].end.value')::BIGINT e, (r->>'$[2].id')::INT cpu, (r->>'$[3].nr')::INT irq, r->>'$[3].name' AS name
  FROM mi WHERE title = 'log' AND (r->>'$[3].hard')::BOOLEAN),
ours AS (
  SELECT ts, ts+dur AS e, cpu, irq, name
  FROM irq WHERE clipped = 0)
(SELECT 'only there' AS which, * FROM (FROM theirs EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
