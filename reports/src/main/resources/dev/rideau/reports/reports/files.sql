-- title: Files that were used
-- group: Input and output
-- answers: Which files were opened, how much was read and written, how long did it take?
-- needs: syscall_entry, syscall_exit
-- uses: sched_switch
-- param: proc
-- param: name names = | Only files whose path matches.
-- param: limit
-- column: file text | Its path as programs gave it, or what else it is.
-- column: kind text | What it is: file, socket, pipe, ...
-- column: opens count | How often it was opened.
-- column: processes count | How many processes used it.
-- column: read bytes | What was read from it.
-- column: written bytes | What was written to it.
-- column: reads count | Calls that read.
-- column: writes count | Calls that wrote.
-- column: syncs count | Calls that waited for it to reach the disk.
-- column: time ns | How long all calls on it took.
-- plot: bar label=file value=time
-- see: io-process, io-log, io-latency
SELECT coalesce(i.name, '(not known)') AS file, i.kind,
  count(*) FILTER (operation = 'open' AND error IS NULL) AS opens,
  count(DISTINCT i.upid) AS processes,
  coalesce(sum(bytes) FILTER (operation IN ('read', 'receive')), 0)::BIGINT AS read,
  coalesce(sum(bytes) FILTER (operation IN ('write', 'send')), 0)::BIGINT AS written,
  count(*) FILTER (operation IN ('read', 'receive')) AS reads,
  count(*) FILTER (operation IN ('write', 'send')) AS writes,
  count(*) FILTER (operation = 'sync') AS syncs, sum(dur)::BIGINT AS time
FROM io_part i JOIN process p USING (upid)
WHERE i.ts >= $begin AND i.ts + i.dur <= $end AND matches_any(p.name, $proc)
  AND matches_any(i.name, $name)
GROUP BY i.name, i.kind ORDER BY read + written DESC, time DESC, file LIMIT $limit
