-- Twenty classes of equal width between the least and the greatest: of lengths, and of what lies within another one.
WITH theirs AS (
  SELECT regexp_extract(title, '\[(.*)\]', 1) AS title,
    row_number() OVER (PARTITION BY title ORDER BY (r->>'$[0].value')::DOUBLE) AS bin, (r->>'$[2].value')::INT AS n
  FROM mi WHERE title LIKE 'Period % frequency distribution %' QUALIFY n > 0),
within AS (
  SELECT period || ' per ' || parent AS who, count::DOUBLE AS count, total::DOUBLE AS total, share FROM periods_within_log),
without AS (
  -- Those around without any.
  SELECT who, unnest(range((SELECT count(*) FROM periods p WHERE p.complete AND p.period = split_part(who, ' per ', 2)) - count(*)))
  FROM within GROUP BY who),
told AS (
  SELECT 'Duration of period: ' || string_split(period, '/')[-1] AS title, dur::DOUBLE AS v FROM periods WHERE complete
  UNION ALL SELECT 'Duration of ' || who, total FROM within
  UNION ALL SELECT 'Global duration of ' || who, total FROM within
  UNION ALL SELECT 'Global duration of ' || who, 0 FROM without
  UNION ALL SELECT 'Number of ' || who, count FROM within
  UNION ALL SELECT 'Global number of ' || who, count FROM within
  UNION ALL SELECT 'Global number of ' || who, 0 FROM without
  UNION ALL SELECT 'Usage ratio of ' || who, share FROM within
  UNION ALL SELECT 'Global usage ratio of ' || who, share FROM within
  UNION ALL SELECT 'Global usage ratio of ' || who, 0 FROM without),
ours AS (
  SELECT title, least(floor((v - lo) / ((hi - lo) / 20.0))::INT, 19) + 1 AS bin, count(*)::INT AS n
  FROM (SELECT *, min(v) OVER (PARTITION BY title) AS lo, max(v) OVER (PARTITION BY title) AS hi FROM told)
  WHERE hi > lo GROUP BY ALL)
(SELECT 'only there' AS which, * FROM (FROM theirs EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
