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
