-- title: Queues of disks over time
-- group: Disks
-- answers: How many requests were waiting or with the device, on average, and when?
-- needs: block_rq_issue, block_rq_complete
-- uses: block_rq_insert
-- param: bins
-- column: time time | Begin of the part of the time.
-- column: disk text | Name of the device.
-- column: queued number | Requests in the queue, on average.
-- column: issued number | Requests with the device, on average.
-- plot: line time=time value=issued series=disk
-- see: disk, disk-latency
WITH pieces AS (
  SELECT host, device, 'queued' AS place, greatest(ts, $begin) AS b, least(coalesce(issue_ts, ts), $end) AS e
  FROM block_request WHERE ts < $end AND ts + dur > $begin
  UNION ALL
  SELECT host, device, 'issued', greatest(issue_ts, $begin), least(ts + dur, $end)
  FROM block_request WHERE issue_ts < $end AND ts + dur > $begin
), binned AS (
  SELECT host, device, bin,
    sum(ns) FILTER (place = 'queued') AS queued, sum(ns) FILTER (place = 'issued') AS issued
  FROM (
    SELECT host, device, place, bin, bin_overlap_ns(b, e - b, bin, $begin, bin_width($begin, $end, $bins)) AS ns
    FROM (
      SELECT *, unnest(bins_of(b, e - b, $begin, bin_width($begin, $end, $bins))) AS bin
      FROM pieces WHERE e > b
    )
  ) GROUP BY ALL
), grid AS (
  SELECT DISTINCT host, device, g.bin FROM pieces, range($bins) g(bin)
)
SELECT $begin + g.bin * bin_width($begin, $end, $bins) AS time,
  coalesce(d.name, g.device::VARCHAR) AS disk,
  coalesce(queued, 0) / bin_width($begin, $end, $bins) AS queued,
  coalesce(issued, 0) / bin_width($begin, $end, $bins) AS issued
FROM grid g LEFT JOIN binned b ON b.host = g.host AND b.device = g.device AND b.bin = g.bin
  LEFT JOIN block_device d ON d.host = g.host AND d.device = g.device
WHERE $begin + g.bin * bin_width($begin, $end, $bins) < $end
ORDER BY disk, g.bin
