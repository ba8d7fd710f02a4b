-- title: How long disk requests took
-- group: Disks
-- answers: How long did requests wait in the queue and take on the device, by direction?
-- needs: block_rq_issue, block_rq_complete
-- uses: block_rq_insert
-- param: min
-- param: max
-- column: disk text | Name of the device.
-- column: direction text | Read, write, flush, discard or other.
-- column: requests count | How many were completed.
-- column: queued ns | From insertion to issue, on average.
-- column: min ns | From issue to completion, shortest.
-- column: mean ns | Average.
-- column: p50 ns | Half of them were shorter.
-- column: p99 ns | 99 of 100 were shorter.
-- column: max ns | Longest.
-- column: stddev ns | Standard deviation.
-- plot: bar label=disk value=p99 series=direction
-- see: disk-latency-histogram, disk-top, disk-log
SELECT coalesce(d.name, r.device::VARCHAR) AS disk, direction, count(*) AS requests,
  avg(issue_ts - r.ts)::BIGINT AS queued, min(service) AS min, avg(service)::BIGINT AS mean,
  quantile_disc(service, 0.5) AS p50, quantile_disc(service, 0.99) AS p99, max(service) AS max,
  coalesce(stddev_samp(service), 0)::BIGINT AS stddev
FROM block_request r LEFT JOIN block_device d ON d.host = r.host AND d.device = r.device
WHERE r.ts >= $begin AND r.ts + r.dur <= $end AND service IS NOT NULL AND r.clipped NOT IN (2, 3)
  AND ($min IS NULL OR service >= $min) AND ($max IS NULL OR service <= $max)
GROUP BY r.host, r.device, d.name, direction ORDER BY r.host, disk, direction
