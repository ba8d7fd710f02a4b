-- Durations of system calls of each thread; two values have no deviation there, and calls without an event class of
-- their own no name.
WITH theirs AS (
  SELECT regexp_extract(title, 'TID: (\d+)\)', 1)::INT tid, r->>'$[0].name' AS name, (r->>'$[1].value')::BIGINT n, (r->>'$[2].value')::BIGINT mn, round((r->>'$[3].value')::DOUBLE, 2) av, (r->>'$[4].value')::BIGINT mx, round((r->>'$[5].value')::DOUBLE, 2) sd
  FROM mi WHERE title LIKE '%TID%'),
ours AS (
  SELECT tid, CASE WHEN s.args LIKE 'id = %' THEN 'unknown' ELSE s.name END AS name, count(*) n, min(dur) mn, round(avg(dur), 2) av, max(dur) mx, CASE WHEN count(*) > 2 THEN round(stddev_samp(dur), 2) END sd
  FROM syscall s JOIN thread USING (utid) WHERE ret IS NOT NULL AND clipped = 0 GROUP BY ALL)
(SELECT 'only there' AS which, * FROM (FROM theirs EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
