-- The 1,000 longest ones; which of several of the same length come last is anybody's guess. Names are without those around.
WITH theirs AS (
  SELECT (r->>'$[0].value')::BIGINT AS ts, (r->>'$[2].value')::BIGINT AS dur, r->>'$[3].value' AS name
  FROM mi WHERE title = 'top'),
ours AS (
  SELECT time, dur, string_split(period, '/')[-1] FROM periods_top ORDER BY dur DESC LIMIT 1000),
shortest AS (SELECT min(dur) AS ns FROM theirs)
(SELECT 'only there' AS which, * FROM (FROM theirs EXCEPT ALL FROM ours) WHERE dur > (FROM shortest))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs) WHERE dur > (FROM shortest))
ORDER BY ALL LIMIT 20
