-- Input and output.

-- The rows of `io` with copies from one descriptor to another (sendfile, splice, copy_file_range) as two: a
-- `read` of the one, `part` 1 as all others, and a `write` of the other, `part` 2.
CREATE VIEW io_part AS
  SELECT
    io.* REPLACE (CASE WHEN operation = 'copy' THEN 'read' ELSE operation END AS operation),
    1 AS part
  FROM io
  UNION ALL BY NAME
  SELECT
    copy.* REPLACE (
      'write' AS operation,
      copy.out_fd AS fd,
      coalesce(target.kind, 'unknown') AS kind,
      target.name AS name),
    2 AS part
  FROM io AS copy
  LEFT JOIN file_descriptor AS target
    ON target.upid = copy.upid AND target.fd = copy.out_fd
    AND target.ts <= copy.ts AND copy.ts < target.ts + target.dur
  WHERE copy.operation = 'copy';
