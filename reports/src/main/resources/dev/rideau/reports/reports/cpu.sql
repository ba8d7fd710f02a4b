-- title: Use of the processors
-- group: CPU
-- answers: How busy was each CPU, and how much of that went to interrupts?
-- needs: sched_switch
-- uses: irq_handler_entry, softirq_entry
-- param: cpu
-- column: host id | The machine.
-- column: cpu text | The CPU, or all of them.
-- column: usage % | Share of the time in which it ran something, of that in which it is known what ran.
-- column: busy ns | How long it ran threads other than the idle one.
-- column: idle ns | How long its idle thread ran.
-- column: unknown ns | How long it is not known what ran: busy, idle and unknown make all of the time.
-- column: irq ns | How long it was in handlers of hardware interrupts, whatever they interrupted.
-- column: softirq ns | How long it was in softirqs, whatever they interrupted.
-- column: switches count | How often it was given to another thread.
-- plot: bar label=cpu value=usage
-- see: cpu-over-time, cpu-process, cpu-thread, irq
WITH slices AS (
  SELECT s.host, s.cpu, t.is_idle, overlap_ns(s.ts, s.dur, $begin, $end) AS ns,
    s.ts >= $begin AND s.clipped NOT IN (1, 3) AS is_switch
  FROM sched_slice s JOIN thread t USING (utid)
  WHERE s.ts < $end AND s.ts + s.dur > $begin AND ($cpu IS NULL OR list_contains($cpu, s.cpu))
), per_cpu AS (
  SELECT host, cpu, sum(ns) FILTER (NOT is_idle) AS busy, sum(ns) FILTER (is_idle) AS idle,
    count(*) FILTER (is_switch) AS switches
  FROM slices GROUP BY ALL
), irqs AS (
  SELECT host, cpu, sum(overlap_ns(ts, dur, $begin, $end)) AS irq FROM irq
  WHERE ts < $end AND ts + dur > $begin GROUP BY ALL
), softirqs AS (
  SELECT host, cpu, sum(overlap_ns(ts, dur, $begin, $end)) AS softirq FROM softirq
  WHERE ts < $end AND ts + dur > $begin GROUP BY ALL
)
SELECT host, coalesce(cpu::VARCHAR, 'all') AS cpu,
  100.0 * coalesce(sum(busy), 0)
    / nullif(sum(coalesce(busy, 0) + coalesce(idle, 0)), 0) AS usage,
  coalesce(sum(busy), 0)::BIGINT AS busy, coalesce(sum(idle), 0)::BIGINT AS idle,
  greatest(0, count(*) * ($end - $begin) - sum(coalesce(busy, 0) + coalesce(idle, 0)))::BIGINT AS unknown,
  coalesce(sum(irq), 0)::BIGINT AS irq, coalesce(sum(softirq), 0)::BIGINT AS softirq,
  sum(switches)::BIGINT AS switches
FROM per_cpu LEFT JOIN irqs USING (host, cpu) LEFT JOIN softirqs USING (host, cpu)
GROUP BY GROUPING SETS ((host, per_cpu.cpu), (host)) ORDER BY host, per_cpu.cpu NULLS FIRST
