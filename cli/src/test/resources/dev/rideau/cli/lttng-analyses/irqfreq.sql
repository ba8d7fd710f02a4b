-- Twenty classes of equal width between the shortest and the longest handler of each interrupt.
WITH theirs AS (
  SELECT regexp_extract(title, '\((\d+)\)\]', 1)::INT irq, row_number() OVER (PARTITION BY title ORDER BY (r->>'$[0].value')::DOUBLE) AS bin, (r->>'$[2].value')::INT n
  FROM mi WHERE title LIKE '%)]' QUALIFY n > 0),
span AS (
  SELECT irq, min(dur) lo, max(dur) hi
  FROM irq WHERE clipped=0 GROUP BY irq HAVING min(dur) < max(dur)),
ours AS (
  SELECT irq, least(floor((dur-lo) / ((hi-lo)/20.0))::INT, 19)+1 AS bin, count(*)::INT n
  FROM irq JOIN span USING (irq) WHERE clipped=0 GROUP BY ALL)
(SELECT 'only there' AS which, * FROM (FROM theirs EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
