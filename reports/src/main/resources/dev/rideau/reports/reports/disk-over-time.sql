-- title: Disk throughput over time
-- group: Disks
-- answers: When did disks read and write how much?
-- needs: block_rq_issue, block_rq_complete
-- param: bins
-- column: time time | Begin of the part of the time.
-- column: disk text | Name of the device and direction.
-- column: rate bytes/s | Bytes in a second, counted when requests were completed.
-- column: requests count | Requests that were completed.
-- plot: line time=time value=rate series=disk
-- see: disk, disk-queue
WITH moved AS (
  SELECT coalesce(d.name, r.device::VARCHAR) || ' ' || direction AS disk,
    (r.ts + r.dur - $begin) // bin_width($begin, $end, $bins) AS bin, sum(r.bytes) AS bytes, count(*) AS requests
  FROM block_request r LEFT JOIN block_device d ON d.host = r.host AND d.device = r.device
  WHERE r.ts + r.dur >= $begin AND r.ts + r.dur < $end AND r.bytes > 0 AND r.clipped NOT IN (2, 3)
  GROUP BY ALL
), grid AS (
  SELECT DISTINCT disk, g.bin FROM moved, range($bins) g(bin)
)
SELECT $begin + g.bin * bin_width($begin, $end, $bins) AS time, g.disk,
  coalesce(bytes, 0) * 1e9 / bin_width($begin, $end, $bins) AS rate, coalesce(requests, 0) AS requests
FROM grid g LEFT JOIN moved m ON m.disk = g.disk AND m.bin = g.bin
WHERE $begin + g.bin * bin_width($begin, $end, $bins) < $end
ORDER BY g.disk, g.bin
