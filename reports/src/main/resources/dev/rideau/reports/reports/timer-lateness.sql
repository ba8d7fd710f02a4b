-- title: Lateness of timers
-- group: Timers and power
-- answers: How long after the wanted time did timers expire?
-- needs: hrtimer_start | timer_start, hrtimer_expire_entry | timer_expire_entry
-- param: proc
-- column: kind text | hrtimer or timer.
-- column: from ns | Shortest lateness of the class.
-- column: to ns | End of the class.
-- column: count count | How many timers fell into it.
-- column: share % | Share of all of that kind.
-- plot: histogram from=from to=to count=count series=kind
-- see: timers
SELECT kind, log_bin_from(bin) AS "from", log_bin_to(bin) AS "to", count(*) AS count,
  100.0 * count(*) / sum(count(*)) OVER (PARTITION BY kind) AS share
FROM (
  SELECT kind, log_bin(greatest(late, 0)) AS bin
  FROM timer m LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
  WHERE late IS NOT NULL AND m.ts + m.dur >= $begin AND m.ts + m.dur < $end AND matches_any(p.name, $proc)
) GROUP BY kind, bin ORDER BY kind, bin
