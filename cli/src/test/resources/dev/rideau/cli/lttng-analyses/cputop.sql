-- Share of the ten threads that ran most, to a ten thousandth: a record more or less counts at the begin.
WITH theirs AS (
  SELECT (r->>'$[0].tid')::INT AS id, round((r->>'$[3].value')::DOUBLE, 4) AS ratio
  FROM mi WHERE title='per-process'),
ours AS (
  SELECT tid AS id, round(sum(dur) / (
  SELECT max(end_ts)-min(begin_ts)
  FROM recording_span), 4) AS ratio
  FROM sched_slice JOIN thread USING (utid) WHERE NOT is_idle GROUP BY tid QUALIFY row_number() OVER (ORDER BY sum(dur) DESC) <= 10)
(SELECT 'only there' AS which, * FROM (FROM theirs EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
