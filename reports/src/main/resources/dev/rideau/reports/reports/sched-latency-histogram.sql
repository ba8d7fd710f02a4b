-- title: Distribution of scheduling latency
-- group: Scheduling
-- answers: How often did threads wait how long for a CPU?
-- needs: sched_switch, sched_waking | sched_wakeup
-- param: tid
-- param: proc
-- param: min
-- param: max
-- column: from ns | Shortest wait of the class.
-- column: to ns | End of the class.
-- column: count count | How many waits fell into it.
-- column: share % | Share of all waits.
-- plot: histogram from=from to=to count=count
-- see: sched-latency, sched-latency-top
WITH waits AS (
  SELECT latency AS ns FROM wakeup w JOIN thread t USING (utid) JOIN process p USING (upid)
  WHERE latency IS NOT NULL AND w.ts >= $begin AND w.ts + latency <= $end
    AND ($min IS NULL OR latency >= $min) AND ($max IS NULL OR latency <= $max)
    AND ($tid IS NULL OR list_contains($tid, t.tid))
    AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
)
SELECT log_bin_from(bin) AS "from", log_bin_to(bin) AS "to", count(*) AS count,
  100.0 * count(*) / sum(count(*)) OVER () AS share
FROM (SELECT log_bin(ns) AS bin FROM waits) GROUP BY bin ORDER BY bin
