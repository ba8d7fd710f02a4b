-- How many lay within each other, how long in all, and their share of its time: least, average, most, deviation.
WITH theirs AS (
  SELECT r->>'$[1].value' AS parent, r->>'$[0].value' AS name,
    CASE WHEN title LIKE '%[Globally]' THEN 'all' ELSE 'some' END AS among,
    CASE WHEN title LIKE '%count%' THEN 'count' WHEN title LIKE '% ratio %' THEN 'share' ELSE 'time' END AS what,
    (r->>'$[2].value')::DOUBLE AS least, (r->>'$[3].value')::DOUBLE AS mean, (r->>'$[4].value')::DOUBLE AS most,
    (r->>'$[5].value')::DOUBLE AS deviation
  FROM mi WHERE title LIKE 'Per-parent %'),
ours AS (
  SELECT parent, period, among, 'count', least::DOUBLE, mean, most::DOUBLE, deviation FROM periods_within
  UNION ALL SELECT parent, period, among, 'share', min_share, avg_share, max_share, share_stddev FROM periods_within
  UNION ALL SELECT parent, period, among, 'time', min, avg, max, stddev FROM periods_within),
told AS (
  SELECT 'there' AS which, * FROM theirs UNION ALL SELECT 'here', * FROM ours)
FROM told b
WHERE NOT EXISTS (
  FROM told o WHERE o.which <> b.which AND o.parent = b.parent AND o.name = b.name AND o.among = b.among AND o.what = b.what
    AND abs(o.least - b.least) < 1e-6 AND abs(o.most - b.most) < 1e-6
    AND abs(o.mean - b.mean) <= CASE b.what WHEN 'time' THEN 1 ELSE 1e-6 END
    -- It tells no deviation of two or fewer.
    AND (o.deviation IS NULL OR b.deviation IS NULL
      OR abs(o.deviation - b.deviation) <= CASE b.what WHEN 'time' THEN 1 ELSE 1e-6 END))
ORDER BY ALL LIMIT 20
