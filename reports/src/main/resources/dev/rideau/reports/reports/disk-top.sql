-- title: Longest disk requests
-- group: Disks
-- answers: Which single disk requests took longest?
-- needs: block_rq_issue, block_rq_complete
-- uses: block_rq_insert
-- param: tid
-- param: proc
-- param: min
-- param: max
-- param: limit
-- column: time time | When it was inserted or issued.
-- column: disk text | Name of the device.
-- column: direction text | Read, write, flush, discard or other.
-- column: sector id | First sector.
-- column: bytes bytes | Its length.
-- column: queued ns | From insertion to issue.
-- column: service ns | From issue to completion.
-- column: depth count | Requests with the device when it was issued.
-- column: merges count | Pieces that were merged into it.
-- column: thread text | The thread behind it.
-- column: tid id | Its id.
-- see: disk-latency, disk-process
SELECT r.ts AS time, coalesce(d.name, r.device::VARCHAR) AS disk, r.direction, r.sector, r.bytes,
  r.issue_ts - r.ts AS queued, r.service, r.queue_depth AS depth,
  r.merges_front + r.merges_back AS merges, t.name AS thread, t.tid
FROM block_request r LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
  LEFT JOIN block_device d ON d.host = r.host AND d.device = r.device
WHERE r.ts >= $begin AND r.ts < $end
  AND ($min IS NULL OR r.service >= $min) AND ($max IS NULL OR r.service <= $max)
  AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
ORDER BY r.service DESC NULLS LAST, r.ts LIMIT $limit
