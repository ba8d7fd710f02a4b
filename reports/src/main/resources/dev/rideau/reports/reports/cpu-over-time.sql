-- title: Use of the processors over time
-- group: CPU
-- answers: When was each CPU busy?
-- needs: sched_switch
-- param: cpu
-- param: bins
-- column: time time | Begin of the part of the time.
-- column: cpu text | The CPU.
-- column: usage % | Share of that part in which it ran something.
-- plot: line time=time value=usage series=cpu
-- see: cpu, cpu-process-over-time
WITH slices AS (
  SELECT s.host, s.cpu, t.is_idle, greatest(s.ts, $begin) AS b, least(s.ts + s.dur, $end) AS e
  FROM sched_slice s JOIN thread t USING (utid)
  WHERE s.ts < $end AND s.ts + s.dur > $begin AND s.dur > 0
    AND ($cpu IS NULL OR list_contains($cpu, s.cpu))
), busy AS (
  SELECT host, cpu, bin, sum(bin_overlap_ns(b, e - b, bin, $begin, bin_width($begin, $end, $bins))) AS ns
  FROM (
    SELECT *, unnest(bins_of(b, e - b, $begin, bin_width($begin, $end, $bins))) AS bin
    FROM slices WHERE NOT is_idle
  ) GROUP BY ALL
), grid AS (
  SELECT DISTINCT host, cpu, bin FROM slices, range($bins) r(bin)
)
SELECT $begin + bin * bin_width($begin, $end, $bins) AS time,
  CASE WHEN min(host) OVER () < max(host) OVER () THEN host || '/' ELSE '' END || cpu AS cpu,
  100.0 * coalesce(ns, 0) / bin_width($begin, $end, $bins) AS usage
FROM grid LEFT JOIN busy USING (host, cpu, bin)
WHERE $begin + bin * bin_width($begin, $end, $bins) < $end
ORDER BY host, grid.cpu, bin
