-- Times, names and what was captured of each period.
WITH theirs AS (
  SELECT (r->>'$[0].value')::BIGINT AS ts, (r->>'$[1].value')::BIGINT AS end_ts, (r->>'$[2].value')::BIGINT AS dur,
    r->>'$[3].value' AS name, rtrim(regexp_replace(concat_ws(', ', r->>'$[4].value', r->>'$[5].value'), '[{}'']', '', 'g'), ', ') AS captures
  FROM mi WHERE title = 'log'),
ours AS (
  SELECT time, time + dur, dur, period, replace(captures, ' = ', ': ') FROM periods WHERE complete)
(SELECT 'only there' AS which, * FROM (FROM theirs EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
