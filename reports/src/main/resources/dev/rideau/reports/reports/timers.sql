-- title: Timers
-- group: Timers and power
-- answers: Who armed which timers, how often did they expire, and how late?
-- needs: hrtimer_start | timer_start
-- uses: hrtimer_expire_entry, timer_expire_entry
-- param: proc
-- param: limit
-- column: kind text | hrtimer or timer.
-- column: function text | What it calls: a name, or an address.
-- column: process text | The process that armed it; kernel when interrupts or timers did.
-- column: armed count | How often it was armed.
-- column: expired count | How often it expired.
-- column: cancelled count | How often it was cancelled or armed anew before.
-- column: rate /s | How often it expired in a second.
-- column: late_mean ns | How late it expired, on average.
-- column: late_max ns | How late it expired at most.
-- column: callback ns | How long its function ran, in all.
-- plot: bar label=function value=expired series=process
-- see: timer-lateness, timer-wakeups
SELECT m.kind, coalesce(m.function, '?') AS function, coalesce(p.name, CASE WHEN m.context <> 'thread' THEN 'kernel' END) AS process, count(*) AS armed,
  count(*) FILTER ("end" = 'expired') AS expired,
  count(*) FILTER ("end" IN ('cancelled', 'rearmed')) AS cancelled,
  count(*) FILTER ("end" = 'expired') / nullif(($end - $begin) / 1e9, 0) AS rate,
  avg(late)::BIGINT AS late_mean, max(late) AS late_max, sum(callback)::BIGINT AS callback
FROM timer m LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
WHERE m.ts < $end AND m.ts + m.dur >= $begin AND matches_any(p.name, $proc)
GROUP BY m.kind, m.function, p.upid, p.name, p.pid, m.context <> 'thread' ORDER BY expired DESC, armed DESC, function, process, p.pid LIMIT $limit
