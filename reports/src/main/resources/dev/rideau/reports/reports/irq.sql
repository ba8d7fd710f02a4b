-- title: Hardware interrupts
-- group: Interrupts
-- answers: Which devices interrupted which CPUs, how often, and for how long?
-- needs: irq_handler_entry, irq_handler_exit
-- param: cpu
-- param: min
-- param: max
-- column: irq id | Number of the interrupt.
-- column: name text | Name of its handler.
-- column: cpu id | The CPU.
-- column: count count | How often its handler ran.
-- column: rate /s | The same in a second.
-- column: total ns | How long in all.
-- column: min ns | Shortest.
-- column: mean ns | Average.
-- column: max ns | Longest.
-- column: stddev ns | Standard deviation.
-- plot: bar label=name value=total series=cpu
-- see: irq-histogram, irq-log, softirq
SELECT irq, name, cpu, count(*) AS count, count(*) / nullif(($end - $begin) / 1e9, 0) AS rate,
  sum(dur)::BIGINT AS total, min(dur) AS min, avg(dur)::BIGINT AS mean, max(dur) AS max,
  coalesce(stddev_samp(dur), 0)::BIGINT AS stddev
FROM irq WHERE ts >= $begin AND ts + dur <= $end AND clipped = 0
  AND ($cpu IS NULL OR list_contains($cpu, cpu))
  AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
GROUP BY host, irq, name, cpu ORDER BY irq, name, cpu
