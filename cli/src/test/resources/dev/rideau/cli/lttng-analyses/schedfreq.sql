-- Twenty classes of equal width between the least and the greatest latency of each thread.
WITH theirs AS (
  SELECT regexp_extract(title, 'TID: (\d+)\]', 1)::INT tid, row_number() OVER (PARTITION BY title ORDER BY (r->>'$[0].value')::DOUBLE) AS bin, (r->>'$[2].value')::INT n
  FROM mi WHERE title LIKE '%TID: %' QUALIFY n > 0),
still AS (
  -- Wakeups of a thread that still runs or waits for a CPU are without latency here.
  SELECT DISTINCT tid, w.ts
  FROM wakeup w JOIN thread USING (utid) WHERE latency IS NULL),
lat AS (
  SELECT tid, latency
  FROM wakeup JOIN thread USING (utid) WHERE latency IS NOT NULL),
span AS (
  SELECT tid, min(latency) lo, max(latency) hi
  FROM lat GROUP BY tid HAVING min(latency) < max(latency)),
ours AS (
  SELECT tid, least(floor((latency-lo) / ((hi-lo)/20.0))::INT, 19)+1 AS bin, count(*)::INT n
  FROM lat JOIN span USING (tid) GROUP BY ALL)
(SELECT 'only there' AS which, * FROM (FROM theirs ANTI JOIN still USING (tid) EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours ANTI JOIN still USING (tid) EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
