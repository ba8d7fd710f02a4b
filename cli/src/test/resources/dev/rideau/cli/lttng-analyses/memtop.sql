-- Pages by thread. Each allocation counts as one page there, what comes before the first switch of a CPU is
-- nobody's, and frees are forgotten while no more pages were allocated than freed since the begin.
WITH theirs AS (
  SELECT title, (r->>'$[0].tid')::INT AS tid, (r->>'$[1].value')::BIGINT AS n FROM mi WHERE title <> 'total'),
first AS (SELECT cpu, min(ts) AS ts FROM sched_slice WHERE clipped & 1 = 0 GROUP BY cpu),
balances AS (
  SELECT *, sum(sign(pages)) OVER (ORDER BY ts, cpu ROWS UNBOUNDED PRECEDING) AS balance FROM page_allocation),
lowest AS (
  SELECT *, least(0, min(balance) OVER (ORDER BY ts, cpu ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS before
  FROM balances),
ours AS (
  SELECT if(pages > 0, 'allocd', 'freed') AS title, tid, count(*) AS n
  FROM lowest p JOIN first f ON f.cpu = p.cpu AND p.ts >= f.ts JOIN thread USING (utid)
  WHERE balance >= coalesce(before, 0) AND tid > 0 GROUP BY ALL)
SELECT theirs.title, theirs.tid, theirs.n AS there, ours.n AS here
FROM theirs LEFT JOIN ours USING (title, tid) WHERE theirs.n <> coalesce(ours.n, 0)
