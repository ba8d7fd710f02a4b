-- title: A disk is read or written all over the place
-- group: Disks
-- answers: Are requests to a busy disk far apart?
-- needs: block_rq_issue, block_rq_complete
-- resource: none
-- column: severity id | 1 worth knowing.
-- column: score % | Time of its requests as share of the time.
-- column: disk text | The disk.
-- column: requests count | Its requests.
-- column: sequential % | Share that began where the one before ended.
-- column: size bytes | How long they were, on average.
-- summary: Of {requests} requests to {disk} only {sequential} followed the one before, with {size} each.
-- advice: Read and write neighbouring data together, or use a disk that does not mind.
-- command: rideau report disk-seeks {trace}
SELECT 1 AS severity, least(100, 100.0 * ns / nullif($end - $begin, 0)) AS score, disk, requests, sequential, size
FROM (
  SELECT coalesce(any_value(d.name), any_value(r.device)::VARCHAR) AS disk, count(*) AS requests,
    100.0 * count(*) FILTER (seek = 0) / nullif(count(seek), 0) AS sequential, avg(r.bytes)::BIGINT AS size,
    sum(service) AS ns
  FROM block_request r LEFT JOIN block_device d ON d.host = r.host AND d.device = r.device
  WHERE r.issue_ts >= $begin AND r.issue_ts < $end AND r.sectors > 0 GROUP BY r.host, r.device
) WHERE requests >= 500 AND sequential < 30 AND ns * 10 >= $end - $begin ORDER BY requests DESC, disk LIMIT 1
