-- title: A thread waited long for a CPU
-- group: Scheduling
-- answers: Did a program have to wait long for a CPU after it was woken?
-- needs: sched_switch, sched_waking | sched_wakeup
-- resource: none
-- column: severity id | 1 worth knowing, 2 clearly bad.
-- column: score % | The longest wait as share of a fifth of a second.
-- column: thread text | The thread with its id.
-- column: latency ns | How long it waited.
-- column: time time | When it was woken.
-- column: often count | How often programs waited more than 10 ms.
-- column: of count | How often programs were woken and waited for a CPU.
-- column: look text | Where to look for what ran instead.
-- column: p99 ns | 99 of 100 waits of programs were not longer.
-- summary: {thread} was woken at {time} and ran only {latency} later; {often} of {of} waits of programs for a CPU took more than 10 ms.
-- advice: {look}; give it a better priority or a CPU of its own.
-- command: rideau report sched-latency-top {trace}
WITH waits AS (
  SELECT w.*, t.name, t.tid FROM wakeup w JOIN thread t USING (utid)
  WHERE w.latency IS NOT NULL AND coalesce(t.is_kernel, false) = false AND NOT t.is_idle
    AND w.ts >= $begin AND w.ts + w.latency <= $end
), uncertain AS (
  SELECT w.utid, w.ts FROM waits w JOIN loss l ON l.ts < w.ts + w.latency AND l.ts + l.dur > w.ts
  WHERE w.latency >= 10000000
)
SELECT CASE WHEN max(latency) >= 100000000 THEN 2 ELSE 1 END AS severity,
  least(100, max(latency) / 2e6) AS score,
  arg_max(name || ' ' || tid, latency) AS thread, max(latency) AS latency, arg_max(ts, latency) AS time,
  count(*) FILTER (latency >= 10000000) AS often, count(*) AS of,
  CASE WHEN EXISTS (FROM recording WHERE name = 'recorded_tids')
    THEN 'What ran on its CPU instead was not recorded: record all processes'
    ELSE 'Look at what ran on its CPU instead' END AS look,
  quantile_disc(latency, 0.99) AS p99
FROM waits ANTI JOIN uncertain USING (utid, ts) HAVING max(latency) >= 10000000
