-- title: Network use of processes
-- group: Network
-- answers: Which processes sent and received how much through sockets?
-- needs: syscall_entry, syscall_exit
-- uses: sched_switch
-- param: proc
-- param: limit
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: sent bytes | What it handed to sockets.
-- column: received bytes | What it took from sockets.
-- column: sends count | Calls that sent.
-- column: receives count | Calls that received.
-- column: connections count | Calls of connect and accept that succeeded.
-- column: time ns | How long all calls on sockets took.
-- plot: bar label=process value=sent
-- see: net-device, net-peer, io-process
SELECT p.name AS process, p.pid,
  coalesce(sum(bytes) FILTER (operation IN ('write', 'send')), 0)::BIGINT AS sent,
  coalesce(sum(bytes) FILTER (operation IN ('read', 'receive')), 0)::BIGINT AS received,
  count(*) FILTER (operation IN ('write', 'send')) AS sends,
  count(*) FILTER (operation IN ('read', 'receive')) AS receives,
  count(*) FILTER (operation IN ('connect', 'accept') AND error IS NULL) AS connections,
  sum(i.dur)::BIGINT AS time
FROM io_part i JOIN process p USING (upid)
WHERE i.kind = 'socket' AND i.ts >= $begin AND i.ts + i.dur <= $end AND matches_any(p.name, $proc)
GROUP BY p.upid, p.name, p.pid ORDER BY sent + received DESC, time DESC, p.pid LIMIT $limit
