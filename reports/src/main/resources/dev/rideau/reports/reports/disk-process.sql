-- title: Use of disks by processes
-- group: Disks
-- answers: Which processes made disks work?
-- needs: block_rq_issue, block_rq_complete
-- param: proc
-- param: limit
-- column: process text | The process that queued requests; writes are often queued by kernel threads.
-- column: pid id | Its id.
-- column: disk text | Name of the device.
-- column: requests count | Its requests.
-- column: read bytes | What was read.
-- column: written bytes | What was written.
-- column: time ns | From issue to completion, all requests added up.
-- column: mean ns | The same on average.
-- column: max ns | The longest.
-- plot: bar label=process value=time series=disk
-- see: disk, disk-top, io-process
SELECT p.name AS process, p.pid, coalesce(d.name, r.device::VARCHAR) AS disk, count(*) AS requests,
  coalesce(sum(r.bytes) FILTER (direction = 'read'), 0)::BIGINT AS read,
  coalesce(sum(r.bytes) FILTER (direction = 'write'), 0)::BIGINT AS written,
  sum(service)::BIGINT AS time, avg(service)::BIGINT AS mean, max(service) AS max
FROM block_request r LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
  LEFT JOIN block_device d ON d.host = r.host AND d.device = r.device
WHERE r.ts >= $begin AND r.ts + r.dur <= $end AND r.clipped NOT IN (2, 3)
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY p.upid, p.name, p.pid, r.device, d.name
ORDER BY time DESC NULLS LAST, p.pid, disk LIMIT $limit
