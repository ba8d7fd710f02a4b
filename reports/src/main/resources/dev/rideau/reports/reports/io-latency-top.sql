-- title: Longest input and output
-- group: Input and output
-- answers: Which single calls that open, read, write or synchronise took longest?
-- needs: syscall_entry, syscall_exit
-- uses: sched_switch
-- param: tid
-- param: proc
-- param: min
-- param: max
-- param: name names = | Only files whose path matches.
-- param: limit
-- column: time time | When the call was entered.
-- column: dur ns | How long it took.
-- column: thread text | Name of the thread.
-- column: tid id | Its id.
-- column: syscall text | Name of the call.
-- column: bytes bytes | How much it moved.
-- column: kind text | On what: file, socket, pipe, ...
-- column: fd id | The descriptor.
-- column: file text | Its path or address.
-- column: error text | Name of the error when it failed.
-- see: io-latency, files
SELECT i.ts AS time, i.dur, t.name AS thread, t.tid, i.syscall, i.bytes, i.kind, i.fd, i.name AS file, i.error
FROM io i JOIN thread t USING (utid) JOIN process p ON p.upid = i.upid
WHERE i.ts >= $begin AND i.ts + i.dur <= $end AND matches_any(i.name, $name)
  AND ($min IS NULL OR i.dur >= $min) AND ($max IS NULL OR i.dur <= $max)
  AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
ORDER BY i.dur DESC, i.ts, t.tid LIMIT $limit
