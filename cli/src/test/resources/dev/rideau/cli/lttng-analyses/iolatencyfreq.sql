-- Twenty classes for reads, writes and synchronisation; receiving is reading and sending writing there.
WITH theirs AS (
  SELECT regexp_extract(title, '\[(.*)\]', 1) AS op, row_number() OVER (PARTITION BY title ORDER BY (r->>'$[0].value')::DOUBLE) AS bin, (r->>'$[2].value')::INT n
  FROM mi
  WHERE regexp_matches(title, '\[(read|write|sync)\]') QUALIFY n > 0),
lat AS (
  SELECT CASE operation WHEN 'receive' THEN 'read' WHEN 'send' THEN 'write' ELSE operation END AS op, dur
  FROM io WHERE clipped=0 AND operation IN ('read','receive','write','send','sync')),
span AS (
  SELECT op, min(dur) lo, max(dur) hi
  FROM lat GROUP BY op HAVING min(dur) < max(dur)),
ours AS (
  SELECT op, least(floor((dur-lo) / ((hi-lo)/20.0))::INT, 19)+1 AS bin, count(*)::INT n
  FROM lat JOIN span USING (op) GROUP BY ALL)
(SELECT 'only there' AS which, * FROM (FROM theirs EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
