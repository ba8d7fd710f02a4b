-- Number, shortest, average, longest, deviation, sum.
WITH theirs AS (
  SELECT r->>'$[0].value' AS name, (r->>'$[1].value')::BIGINT AS n, (r->>'$[2].value')::BIGINT AS least,
    round((r->>'$[3].value')::DOUBLE)::BIGINT AS mean, (r->>'$[4].value')::BIGINT AS most,
    round((r->>'$[5].value')::DOUBLE)::BIGINT AS deviation, (r->>'$[6].value')::BIGINT AS total
  FROM mi WHERE title = 'per_period_stats'),
ours AS (
  -- It tells no deviation of two.
  SELECT period, count, min, mean, max, CASE WHEN count > 2 THEN stddev END, total FROM periods_stats),
told AS (
  SELECT 'there' AS which, * FROM theirs UNION ALL SELECT 'here', * FROM ours)
FROM told b
WHERE NOT EXISTS (
  FROM told o WHERE o.which <> b.which AND o.name = b.name AND o.n = b.n AND o.least = b.least AND o.most = b.most
    AND o.total = b.total AND abs(o.mean - b.mean) <= 1
    AND (b.n <= 2 OR abs(o.deviation - b.deviation) <= 1))
ORDER BY name, which LIMIT 20
