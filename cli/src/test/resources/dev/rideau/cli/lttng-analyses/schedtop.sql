-- The ten longest latencies.
WITH theirs AS (
  SELECT (r->>'$[0].value')::BIGINT ts, (r->>'$[2].value')::BIGINT lat, (r->>'$[5].tid')::INT tid
  FROM mi WHERE title = 'top'),
ours AS (
  SELECT w.ts, latency lat, tid
  FROM wakeup w JOIN thread USING (utid) WHERE latency IS NOT NULL ORDER BY latency DESC LIMIT 10)
(SELECT 'only there' AS which, * FROM (FROM theirs EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
