-- title: Other interrupts
-- group: Interrupts
-- answers: Which interrupts of the processors themselves happened, how often, and for how long?
-- needs: ipi_entry, ipi_exit
-- param: cpu
-- column: name text | Kind of the interrupt.
-- column: cpu id | The CPU.
-- column: count count | How often.
-- column: rate /s | The same in a second.
-- column: total ns | How long in all.
-- column: mean ns | Average.
-- column: max ns | Longest.
-- plot: bar label=name value=total series=cpu
-- see: irq
SELECT name, cpu, count(*) AS count, count(*) / nullif(($end - $begin) / 1e9, 0) AS rate,
  sum(dur)::BIGINT AS total, avg(dur)::BIGINT AS mean, max(dur) AS max
FROM ipi WHERE ts >= $begin AND ts < $end AND ($cpu IS NULL OR list_contains($cpu, cpu))
GROUP BY host, name, cpu ORDER BY name, cpu
