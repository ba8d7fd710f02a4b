-- Durations of hardware interrupts; two values have no deviation there.
WITH theirs AS (
  SELECT (r->>'$[0].nr')::INT irq, (r->>'$[1].value')::BIGINT n, (r->>'$[2].value')::BIGINT mn, round((r->>'$[3].value')::DOUBLE, 3) av, (r->>'$[4].value')::BIGINT mx, round((r->>'$[5].value')::DOUBLE, 3) sd
  FROM mi WHERE title = 'hard-stats'),
ours AS (
  SELECT irq, count(*) n, min(dur) mn, round(avg(dur), 3) av, max(dur) mx, CASE WHEN count(*) > 1 THEN round(stddev_samp(dur), 3) END sd
  FROM irq WHERE clipped=0 GROUP BY irq)
(SELECT 'only there' AS which, * FROM (FROM theirs EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
