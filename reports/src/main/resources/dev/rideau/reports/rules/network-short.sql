-- title: Waiting for the network
-- group: Shortage
-- answers: Do packets wait because interfaces are slow or refuse them?
-- needs: net_dev_queue, net_dev_xmit
-- resource: network
-- column: severity id | 0 nothing, 1 worth knowing, 2 a shortage, 3 a severe one.
-- column: score % | How much of the time it concerns.
-- column: packets count | Packets that were sent.
-- column: refused count | How often a driver refused one.
-- column: waited ns | Longest time that a packet lay in an interface's queue.
-- column: share % | Share of the time in which at least one lay there.
-- summary: Of {packets} packets, {refused} were refused by a driver; one lay {waited} in an interface's queue.
-- quiet: No packet waited in the queue of an interface.
-- advice: Look at what is sent through which interface; send less, or use a faster one.
-- command: rideau report net-device {trace}
WITH sent AS (
  SELECT x.ts - q.ts AS ns, greatest(q.ts, $begin) AS b, least(x.ts, $end) AS e, x.result
  FROM (FROM net_packet WHERE operation = 'xmit' AND ts >= $begin AND ts < $end) x
    ASOF LEFT JOIN (FROM net_packet WHERE operation = 'queue' AND ts >= $begin AND ts < $end) q
    ON q.host = x.host AND q.packet = x.packet AND x.ts >= q.ts
), ends AS (
  SELECT *, max(e) OVER (ORDER BY b, e ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
  FROM sent WHERE ns IS NOT NULL
), met AS (
  SELECT coalesce(sum(greatest(0, e - greatest(b, coalesce(before, b)))), 0) AS met FROM ends
), total AS (
  SELECT count(e) AS packets, count(*) FILTER (result <> 0) AS refused, coalesce(max(ns), 0) AS waited,
    100.0 * any_value(met) / nullif($end - $begin, 0) AS share
  FROM met LEFT JOIN sent ON true
)
SELECT CASE WHEN refused * 20 > packets OR share >= 75 THEN 3 WHEN refused * 100 > packets OR share >= 50 THEN 2
  WHEN refused > 0 OR share >= 10 THEN 1 ELSE 0 END AS severity, share AS score, packets, refused, waited, share
FROM total WHERE share IS NOT NULL
