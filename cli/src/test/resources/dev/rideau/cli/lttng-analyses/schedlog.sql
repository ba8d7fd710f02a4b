-- Every wakeup with its latency, priority and CPU.
WITH theirs AS (
  SELECT (r->>'$[0].value')::BIGINT ts, (r->>'$[1].value')::BIGINT run, (r->>'$[2].value')::BIGINT lat, (r->>'$[3].value')::INT prio, (r->>'$[4].id')::INT cpu, (r->>'$[5].tid')::INT tid
  FROM mi WHERE title = 'log'),
still AS (
  -- Wakeups of a thread that still runs or waits for a CPU are without latency here.
  SELECT DISTINCT tid, w.ts
  FROM wakeup w JOIN thread USING (utid) WHERE latency IS NULL),
ours AS (
  SELECT w.ts, w.ts+latency AS run, latency AS lat, s.priority - 100 AS prio, s.cpu, t.tid
  FROM wakeup w JOIN thread t USING (utid) JOIN sched_slice s ON s.utid=w.utid AND s.ts=w.ts+w.latency)
(SELECT 'only there' AS which, * FROM (FROM theirs ANTI JOIN still USING (tid, ts) EXCEPT ALL FROM ours))
UNION ALL (SELECT 'only here', * FROM (FROM ours EXCEPT ALL FROM theirs))
ORDER BY ALL LIMIT 20
