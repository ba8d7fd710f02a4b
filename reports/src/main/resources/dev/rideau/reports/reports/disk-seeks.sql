-- title: Seek distances
-- group: Disks
-- answers: How far apart are consecutive requests, for the disk and for each process?
-- needs: block_rq_issue
-- param: proc
-- param: limit
-- column: disk text | Name of the device.
-- column: process text | The process that queued requests.
-- column: pid id | Its id.
-- column: requests count | Its requests that were issued.
-- column: sequential % | Share that began where the process's request before ended.
-- column: p50 sectors | Half of the distances to the process's request before were shorter.
-- column: mean sectors | Average distance to the process's request before.
-- column: disk_sequential % | Share that began where the disk's request before ended.
-- column: disk_mean sectors | Average distance to the disk's request before.
-- plot: bar label=process value=mean series=disk
-- see: disk, disk-merges
SELECT coalesce(d.name, r.device::VARCHAR) AS disk, p.name AS process, p.pid, count(*) AS requests,
  100.0 * count(*) FILTER (process_seek = 0) / nullif(count(process_seek), 0) AS sequential,
  quantile_disc(abs(process_seek), 0.5) AS p50, avg(abs(process_seek))::BIGINT AS mean,
  100.0 * count(*) FILTER (seek = 0) / nullif(count(seek), 0) AS disk_sequential,
  avg(abs(seek))::BIGINT AS disk_mean
FROM block_request r LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
  LEFT JOIN block_device d ON d.host = r.host AND d.device = r.device
WHERE r.issue_ts >= $begin AND r.issue_ts < $end AND r.sectors > 0 AND matches_any(p.name, $proc)
GROUP BY r.host, r.device, d.name, p.upid, p.name, p.pid ORDER BY requests DESC, disk, p.pid LIMIT $limit
