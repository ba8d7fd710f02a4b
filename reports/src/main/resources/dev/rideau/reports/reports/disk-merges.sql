-- title: Merged disk requests
-- group: Disks
-- answers: How many pieces were merged into how few requests?
-- needs: block_rq_issue
-- uses: block_bio_frontmerge, block_bio_backmerge, block_rq_merge
-- column: disk text | Name of the device.
-- column: direction text | Read, write, flush, discard or other.
-- column: requests count | Requests.
-- column: front count | Pieces that were added before a request.
-- column: back count | Pieces that were added behind a request.
-- column: merged % | Share of requests that have such pieces.
-- column: mean bytes | Average length of a request.
-- plot: bar label=disk value=back series=direction
-- see: disk, disk-seeks
SELECT coalesce(d.name, r.device::VARCHAR) AS disk, direction, count(*) AS requests,
  sum(merges_front)::BIGINT AS front, sum(merges_back)::BIGINT AS back,
  100.0 * count(*) FILTER (merges_front + merges_back > 0) / count(*) AS merged,
  avg(r.bytes)::BIGINT AS mean
FROM block_request r LEFT JOIN block_device d ON d.host = r.host AND d.device = r.device
WHERE r.ts >= $begin AND r.ts < $end
GROUP BY r.host, r.device, d.name, direction ORDER BY disk, direction
