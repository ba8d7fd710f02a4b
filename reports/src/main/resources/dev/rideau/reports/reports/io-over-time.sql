-- title: Input and output over time
-- group: Input and output
-- answers: When did programs read and write how much?
-- needs: syscall_entry, syscall_exit
-- uses: sched_switch
-- param: proc
-- param: bins
-- column: time time | Begin of the part of the time.
-- column: operation text | Reading or writing, from what.
-- column: rate bytes/s | Bytes in a second, counted when the call returned.
-- plot: line time=time value=rate series=operation
-- see: io-process, disk-over-time, net-over-time
WITH moved AS (
  SELECT kind || CASE WHEN operation IN ('read', 'receive') THEN ' read' ELSE ' written' END AS operation,
    (i.ts + i.dur - $begin) // bin_width($begin, $end, $bins) AS bin, sum(bytes) AS bytes
  FROM io_part i JOIN process p USING (upid)
  WHERE i.ts >= $begin AND i.ts + i.dur < $end AND bytes > 0 AND matches_any(p.name, $proc)
    AND operation IN ('read', 'receive', 'write', 'send')
  GROUP BY ALL
), grid AS (
  SELECT DISTINCT operation, g.bin FROM moved, range($bins) g(bin)
)
SELECT $begin + g.bin * bin_width($begin, $end, $bins) AS time, g.operation,
  coalesce(bytes, 0) * 1e9 / bin_width($begin, $end, $bins) AS rate
FROM grid g LEFT JOIN moved m ON m.operation = g.operation AND m.bin = g.bin
WHERE $begin + g.bin * bin_width($begin, $end, $bins) < $end
ORDER BY g.operation, g.bin
