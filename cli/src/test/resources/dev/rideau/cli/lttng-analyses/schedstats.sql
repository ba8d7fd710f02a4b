-- Latencies of each thread.
WITH theirs AS (
  SELECT (r->>'$[0].tid')::INT tid, (r->>'$[1].value')::BIGINT n, (r->>'$[2].value')::BIGINT mn, round((r->>'$[3].value')::DOUBLE, 3) av, (r->>'$[4].value')::BIGINT mx, round((r->>'$[5].value')::DOUBLE, 3) sd
  FROM mi WHERE title = 'per_tid_stats'),
still AS (
  -- Wakeups of a thread that still runs or waits for a CPU are without latency here.
  SELECT DISTINCT tid, w.ts
  FROM wakeup w JOIN thread USING (utid) WHERE latency IS NULL),
ours AS (
  SELECT tid, count(*) n, min(latency) mn, round(avg(latency), 3) av, max(latency) mx, round(stddev_samp(latency), 3) sd
  FROM wakeup JOIN thread USING (utid) WHERE latency IS NOT NULL GROUP BY tid)
(SELECT 'only there' AS which, * FROM (FROM theirs ANTI JOIN still USING (tid) EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours ANTI JOIN still USING (tid) EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
