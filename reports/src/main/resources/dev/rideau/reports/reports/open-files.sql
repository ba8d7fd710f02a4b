-- title: How long descriptors were open
-- group: Input and output
-- answers: Which processes held which files, sockets and pipes open, and how long?
-- needs: syscall_entry, syscall_exit
-- uses: sched_switch, statedump_file_descriptor
-- param: proc
-- param: name names = | Only those whose path or address matches.
-- param: limit count = 100
-- column: process text | Name of the process.
-- column: pid id | Its id.
-- column: fd id | The descriptor.
-- column: kind text | What it is: file, socket, pipe, ...
-- column: name text | Its path or address.
-- column: opened time | When it was opened, or the recording's begin.
-- column: open ns | How long it was open in the time that was looked at.
-- column: by text | How it came to be: a system call, fork, or the state dump.
-- see: files, io-process
SELECT p.name AS process, p.pid, d.fd, d.kind, d.name, d.ts AS opened,
  overlap_ns(d.ts, d.dur, $begin, $end) AS open, d.opened_by AS "by"
FROM file_descriptor d JOIN process p USING (upid)
WHERE d.ts < $end AND d.ts + d.dur >= $begin AND matches_any(p.name, $proc)
  AND matches_any(d.name, $name)
ORDER BY open DESC, p.pid, d.fd, d.ts LIMIT $limit
