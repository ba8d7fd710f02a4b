-- title: Frequencies of CPUs
-- group: Timers and power
-- answers: How fast did each CPU run, and for how long?
-- needs: cpu_frequency
-- param: cpu
-- column: host id | The machine.
-- column: cpu id | The CPU.
-- column: frequency kHz | The frequency.
-- column: share % | Share of the time.
-- column: total ns | How long in all.
-- column: changes count | How often it was set.
-- plot: bar label=cpu value=share series=frequency
-- see: idle, cpu
SELECT host, cpu, frequency, 100.0 * sum(overlap_ns(ts, dur, $begin, $end)) / nullif($end - $begin, 0) AS share,
  sum(overlap_ns(ts, dur, $begin, $end))::BIGINT AS total, count(*) AS changes
FROM cpu_frequency WHERE ts < $end AND ts + dur > $begin AND ($cpu IS NULL OR list_contains($cpu, cpu))
GROUP BY host, cpu, frequency ORDER BY host, cpu, frequency DESC
