-- title: Interrupts take much CPU time
-- group: Interrupts
-- answers: Do interrupts keep a CPU from running programs?
-- needs: irq_handler_entry, irq_handler_exit, softirq_entry, softirq_exit
-- resource: none
-- column: severity id | 1 worth knowing, 2 clearly bad.
-- column: score % | Share of the time of the CPU.
-- column: cpu text | The CPU that was interrupted most.
-- column: share % | Share of its time in interrupts.
-- column: name text | The interrupt that took most of it.
-- column: most ns | How long that took.
-- summary: CPU {cpu} spent {share} of its time in interrupts; most of it in {name} with {most}.
-- advice: Look at which device interrupts so often; let interrupts go to several CPUs.
-- command: rideau report softirq {trace}
WITH parts AS (
  SELECT host, cpu, name, sum(overlap_ns(ts, dur, $begin, $end)) AS ns FROM (
    SELECT host, cpu, coalesce(name, 'irq ' || irq) AS name, ts, dur FROM irq
    UNION ALL SELECT host, cpu, 'softirq ' || name, ts, dur FROM softirq
  ) WHERE ts < $end AND ts + dur > $begin GROUP BY ALL
), cpus AS (
  SELECT cpu, 100.0 * sum(ns) / nullif($end - $begin, 0) AS share, arg_max(name, ns) AS name, max(ns) AS most
  FROM parts GROUP BY host, cpu
)
SELECT CASE WHEN share >= 30 THEN 2 ELSE 1 END AS severity, share AS score, cpu::VARCHAR AS cpu, share, name, most::BIGINT AS most
FROM cpus WHERE share >= 5 ORDER BY share DESC, cpu LIMIT 1
