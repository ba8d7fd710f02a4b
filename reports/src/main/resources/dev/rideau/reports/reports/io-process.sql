-- title: Input and output of processes
-- group: Input and output
-- answers: Which processes read and wrote how much, through which kind of descriptor?
-- needs: syscall_entry, syscall_exit
-- uses: sched_switch
-- param: tid
-- param: proc
-- param: limit
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: read bytes | What it read and received.
-- column: written bytes | What it wrote and sent; not by io_submit or io_uring, see disk-process.
-- column: file_read bytes | Of this: from files.
-- column: file_written bytes | Of this: to files.
-- column: net_read bytes | Of this: from sockets.
-- column: net_written bytes | Of this: to sockets.
-- column: other bytes | Through pipes and everything else, or not known through what.
-- column: calls count | Calls that moved data.
-- column: time ns | How long they took.
-- plot: bar label=process value=read
-- see: files, io-latency, disk-process, net-process
SELECT p.name AS process, p.pid,
  coalesce(sum(bytes) FILTER (is_read), 0)::BIGINT AS read,
  coalesce(sum(bytes) FILTER (is_written), 0)::BIGINT AS written,
  coalesce(sum(bytes) FILTER (is_read AND kind = 'file'), 0)::BIGINT AS file_read,
  coalesce(sum(bytes) FILTER (is_written AND kind = 'file'), 0)::BIGINT AS file_written,
  coalesce(sum(bytes) FILTER (is_read AND kind = 'socket'), 0)::BIGINT AS net_read,
  coalesce(sum(bytes) FILTER (is_written AND kind = 'socket'), 0)::BIGINT AS net_written,
  coalesce(sum(bytes) FILTER (kind NOT IN ('file', 'socket')), 0)::BIGINT AS other,
  count(*) FILTER (part = 1) AS calls, coalesce(sum(dur) FILTER (part = 1), 0)::BIGINT AS time
FROM (
  SELECT *, operation IN ('read', 'receive') AS is_read, operation IN ('write', 'send') AS is_written
  FROM io_part WHERE ts >= $begin AND ts + dur <= $end
) i JOIN thread t USING (utid) JOIN process p ON p.upid = i.upid
WHERE (is_read OR is_written) AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY p.upid, p.name, p.pid ORDER BY read + written DESC, p.pid LIMIT $limit
