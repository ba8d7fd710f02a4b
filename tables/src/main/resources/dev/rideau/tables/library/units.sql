-- Units: numbers as people read them.

-- Four digits of which at most three stand behind the point, as reports write numbers: `1.500`, `22.13`.
CREATE MACRO digits_text(value) AS
  CASE
    WHEN abs(value) < 9.9995 THEN format('{:.3f}', value)
    WHEN abs(value) < 99.995 THEN format('{:.2f}', value)
    WHEN abs(value) < 999.95 THEN format('{:.1f}', value)
    ELSE format('{:,}', CAST(round(value) AS BIGINT))
  END;

-- Nanoseconds as text with a unit: `1.500 ms`.
CREATE MACRO duration_text(ns) AS
  CASE
    WHEN ns IS NULL THEN NULL
    WHEN abs(ns) < 1000 THEN CAST(ns AS BIGINT) || ' ns'
    WHEN abs(ns) < 999950 THEN digits_text(ns / 1e3) || ' µs'
    WHEN abs(ns) < 999950000 THEN digits_text(ns / 1e6) || ' ms'
    ELSE digits_text(ns / 1e9) || ' s'
  END;

-- Bytes as text with a unit: `1.500 MB`, powers of 1000.
CREATE MACRO bytes_text(bytes) AS
  CASE
    WHEN bytes IS NULL THEN NULL
    WHEN abs(bytes) < 1000 THEN CAST(bytes AS BIGINT) || ' B'
    WHEN abs(bytes) < 999950 THEN digits_text(bytes / 1e3) || ' kB'
    WHEN abs(bytes) < 999950000 THEN digits_text(bytes / 1e6) || ' MB'
    WHEN abs(bytes) < 999950000000 THEN digits_text(bytes / 1e9) || ' GB'
    ELSE digits_text(bytes / 1e12) || ' TB'
  END;

-- A timestamp as time of day in UTC with nanoseconds: `10:15:02.000000123`.
CREATE MACRO time_text(ts) AS
  strftime(make_timestamp_ns(ts), '%H:%M:%S') || '.'
    || lpad(CAST(((ts % 1000000000) + 1000000000) % 1000000000 AS VARCHAR), 9, '0');
