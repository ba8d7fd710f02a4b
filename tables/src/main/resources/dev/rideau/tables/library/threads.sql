-- Threads: names at a time.

-- The rows of a table with columns `ts` and `utid`, each with the thread's `tid`, `pid`, and the name that
-- it had then (`thread_name_then`) and the process's name (`process_name`). `FROM named('syscall')`.
CREATE MACRO named(table_name) AS TABLE
  SELECT
    facts.*,
    thread.tid,
    process.pid,
    coalesce(names.name, thread.name) AS thread_name_then,
    process.name AS process_name
  FROM query_table(table_name) AS facts
  ASOF LEFT JOIN thread_name AS names ON names.utid = facts.utid AND names.ts <= facts.ts
  LEFT JOIN thread ON thread.utid = facts.utid
  LEFT JOIN process ON process.upid = thread.upid;

-- Threads with what people know them by: `utid`, `upid`, `tid`, `pid`, `thread_name`, `process_name`,
-- `is_idle`, `is_kernel`, `host`.
CREATE VIEW thread_label AS
  SELECT
    thread.host,
    thread.utid,
    thread.upid,
    thread.tid,
    process.pid,
    thread.name AS thread_name,
    process.name AS process_name,
    thread.is_idle,
    thread.is_kernel
  FROM thread
  LEFT JOIN process USING (upid);

-- Whether a name is like one of a list of patterns (`*`, `?`, `[a-z]`); true when the list is null.
CREATE MACRO matches_any(name, patterns) AS
  patterns IS NULL OR len(list_filter(patterns, lambda x: name GLOB x)) > 0;

-- Rows of `thread_state` of blocked threads with the `cause` that `detail` tells, and for calls that read and write
-- the one that their descriptor tells: `pipe`, `socket`, `poll` for eventfd and the like, `timer`.
-- `waited_for` is the file, peer or `fd N` of the call's descriptor, or the address of its futex.
CREATE VIEW thread_wait AS
  SELECT
    state.*,
    CASE
      WHEN state.detail <> 'syscall' THEN state.detail
      WHEN descriptor.kind IN ('pipe', 'socket') THEN descriptor.kind
      WHEN descriptor.kind = 'timerfd' THEN 'timer'
      WHEN descriptor.kind IN ('epoll', 'eventfd', 'signalfd', 'inotify') THEN 'poll'
      ELSE state.detail
    END AS cause,
    CASE
      WHEN call.name IS DISTINCT FROM state.syscall THEN NULL
      WHEN call.futex IS NOT NULL THEN format('futex 0x{:x}', call.futex)
      WHEN descriptor.name IS NOT NULL THEN descriptor.name
      ELSE 'fd ' || call.fd
    END AS waited_for
  FROM thread_state AS state
  ASOF LEFT JOIN (
    SELECT
      call.utid,
      call.ts,
      call.name,
      thread.upid,
      try_cast(regexp_extract(call.args, '(?:fd|fd_in|epfd) = (\d+)', 1) AS INTEGER) AS fd,
      try_cast(regexp_extract(call.args, 'uaddr = (\d+)', 1) AS BIGINT) AS futex
    FROM syscall AS call
    JOIN thread USING (utid)
    WHERE call.name IN ('read', 'pread64', 'readv', 'preadv', 'preadv2', 'write', 'pwrite64', 'writev',
      'pwritev', 'pwritev2', 'splice', 'vmsplice', 'sendfile64', 'futex', 'fsync', 'fdatasync', 'accept',
      'accept4', 'connect', 'recvfrom', 'recvmsg', 'sendto', 'sendmsg', 'epoll_wait', 'epoll_pwait', 'flock')
  ) AS call ON call.utid = state.utid AND call.ts <= state.ts
  LEFT JOIN file_descriptor AS descriptor
    ON state.syscall = call.name
    AND descriptor.upid = call.upid AND descriptor.fd = call.fd
    AND descriptor.ts <= state.ts AND state.ts < descriptor.ts + descriptor.dur
  WHERE state.state = 'blocked';
