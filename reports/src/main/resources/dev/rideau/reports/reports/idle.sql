-- title: Idle states
-- group: Timers and power
-- answers: How long and how often was each CPU in which idle state?
-- needs: cpu_idle
-- param: cpu
-- column: host id | The machine.
-- column: cpu id | The CPU.
-- column: state id | Number of the idle state.
-- column: share % | Share of the time.
-- column: total ns | How long in all.
-- column: entries count | How often it was entered.
-- column: mean ns | How long at a time, on average.
-- column: longest ns | How long at most.
-- plot: bar label=cpu value=share series=state
-- see: frequency, timer-wakeups, cpu
SELECT host, cpu, state, 100.0 * sum(overlap_ns(ts, dur, $begin, $end)) / nullif($end - $begin, 0) AS share,
  sum(overlap_ns(ts, dur, $begin, $end))::BIGINT AS total, count(*) AS entries,
  avg(overlap_ns(ts, dur, $begin, $end))::BIGINT AS mean, max(overlap_ns(ts, dur, $begin, $end)) AS longest
FROM cpu_idle WHERE ts < $end AND ts + dur > $begin AND ($cpu IS NULL OR list_contains($cpu, cpu))
GROUP BY host, cpu, state ORDER BY host, cpu, state
