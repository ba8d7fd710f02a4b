-- Units: numbers as people read them.

-- Nanoseconds as text with a unit: `1.5 ms`.
CREATE MACRO duration_text(ns) AS
  CASE
    WHEN ns IS NULL THEN NULL
    WHEN abs(ns) < 1000 THEN CAST(ns AS BIGINT) || ' ns'
    WHEN abs(ns) < 1000000 THEN format('{:.3g} us', ns / 1e3)
    WHEN abs(ns) < 1000000000 THEN format('{:.3g} ms', ns / 1e6)
    ELSE format('{:.3f} s', ns / 1e9)
  END;

-- Bytes as text with a unit: `1.5 MB`, powers of 1000.
CREATE MACRO bytes_text(bytes) AS
  CASE
    WHEN bytes IS NULL THEN NULL
    WHEN abs(bytes) < 1000 THEN CAST(bytes AS BIGINT) || ' B'
    WHEN abs(bytes) < 1000000 THEN format('{:.3g} kB', bytes / 1e3)
    WHEN abs(bytes) < 1000000000 THEN format('{:.3g} MB', bytes / 1e6)
    ELSE format('{:.3g} GB', bytes / 1e9)
  END;

-- A timestamp as time of day in UTC with nanoseconds: `10:15:02.000000123`.
CREATE MACRO time_text(ts) AS
  strftime(make_timestamp_ns(ts), '%H:%M:%S') || '.'
    || lpad(CAST(((ts % 1000000000) + 1000000000) % 1000000000 AS VARCHAR), 9, '0');
