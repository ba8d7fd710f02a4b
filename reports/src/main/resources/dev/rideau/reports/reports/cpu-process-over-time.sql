-- title: CPU time of processes over time
-- group: CPU
-- answers: Which processes ran when?
-- needs: sched_switch
-- param: cpu
-- param: proc
-- param: bins
-- param: limit count = 8 | Show so many processes on their own and the rest together.
-- column: time time | Begin of the part of the time.
-- column: process text | The process with its id, or all others.
-- column: usage % | CPU time as share of that part; of one CPU.
-- column: cpu_time ns | How long its threads ran in that part.
-- plot: area time=time value=usage series=process
-- see: cpu-process, cpu-over-time
WITH slices AS (
  SELECT t.upid, greatest(s.ts, $begin) AS b, least(s.ts + s.dur, $end) AS e
  FROM sched_slice s JOIN thread t USING (utid) JOIN process p USING (upid)
  WHERE NOT t.is_idle AND s.ts < $end AND s.ts + s.dur > $begin AND s.dur > 0
    AND ($cpu IS NULL OR list_contains($cpu, s.cpu))
    AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
), top AS (
  SELECT upid, row_number() OVER (ORDER BY sum(e - b) DESC, upid) AS place FROM slices GROUP BY upid
), busy AS (
  SELECT CASE WHEN place <= $limit THEN upid END AS upid, least(place, $limit + 1) AS place, bin,
    sum(bin_overlap_ns(b, e - b, bin, $begin, bin_width($begin, $end, $bins))) AS ns
  FROM (
    SELECT *, unnest(bins_of(b, e - b, $begin, bin_width($begin, $end, $bins))) AS bin
    FROM slices JOIN top USING (upid)
  ) GROUP BY ALL
), grid AS (
  SELECT DISTINCT upid, place, g.bin FROM busy, range($bins) g(bin)
)
SELECT $begin + bin * bin_width($begin, $end, $bins) AS time,
  CASE WHEN g.upid IS NULL THEN 'others' ELSE p.name || ' ' || p.pid END AS process,
  100.0 * coalesce(ns, 0) / bin_width($begin, $end, $bins) AS usage,
  coalesce(ns, 0)::BIGINT AS cpu_time
FROM grid g LEFT JOIN busy b USING (place, bin) LEFT JOIN process p ON p.upid = g.upid
WHERE $begin + bin * bin_width($begin, $end, $bins) < $end
ORDER BY place, bin
