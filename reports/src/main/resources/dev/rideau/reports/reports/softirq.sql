-- title: Softirqs
-- group: Interrupts
-- answers: Which softirqs ran on which CPUs, for how long, and how late?
-- needs: softirq_entry, softirq_exit
-- uses: softirq_raise
-- param: cpu
-- param: min
-- param: max
-- column: vec id | Number of the softirq.
-- column: name text | Its name.
-- column: cpu id | The CPU.
-- column: count count | How often it ran.
-- column: rate /s | The same in a second.
-- column: total ns | How long in all.
-- column: min ns | Shortest.
-- column: mean ns | Average.
-- column: max ns | Longest.
-- column: stddev ns | Standard deviation.
-- column: raised count | How often it is known when it was raised.
-- column: raise_min ns | From raising to running, shortest.
-- column: raise_mean ns | From raising to running, on average.
-- column: raise_max ns | From raising to running, longest.
-- plot: bar label=name value=total series=cpu
-- see: softirq-histogram, softirq-log, irq
SELECT vec, name, cpu, count(*) AS count, count(*) / nullif(($end - $begin) / 1e9, 0) AS rate,
  sum(dur)::BIGINT AS total, min(dur) AS min, avg(dur)::BIGINT AS mean, max(dur) AS max,
  coalesce(stddev_samp(dur), 0)::BIGINT AS stddev, count(raise_ts) AS raised,
  min(ts - raise_ts) AS raise_min, avg(ts - raise_ts)::BIGINT AS raise_mean,
  max(ts - raise_ts) AS raise_max
FROM softirq WHERE ts >= $begin AND ts + dur <= $end AND clipped = 0
  AND ($cpu IS NULL OR list_contains($cpu, cpu))
  AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
GROUP BY host, vec, name, cpu ORDER BY vec, cpu
