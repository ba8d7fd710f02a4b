-- Time: clipping to a range, what holds at a time, cutting into bins.

-- The part of an interval `[ts, ts + dur)` that lies in `[from_ts, to_ts)`, in nanoseconds; 0 when they
-- do not meet.
CREATE MACRO overlap_ns(ts, dur, from_ts, to_ts) AS
  CASE WHEN ts IS NOT NULL AND dur IS NOT NULL AND from_ts IS NOT NULL AND to_ts IS NOT NULL THEN
    greatest(ts, from_ts, least(ts + dur, to_ts)) - greatest(ts, from_ts) END;

-- Rows of a table of intervals clipped to `[from_ts, to_ts)`: `ts` and `dur` are those of the part
-- within; rows outside are left out. The table is named as a text: `FROM clip('thread_state', 0, 100)`.
CREATE MACRO clip(table_name, from_ts, to_ts) AS TABLE
  SELECT * REPLACE (
      greatest(ts, from_ts) AS ts,
      least(ts + dur, to_ts) - greatest(ts, from_ts) AS dur)
  FROM query_table(table_name)
  WHERE ts < to_ts AND ts + dur > from_ts AND from_ts < to_ts;

-- Begin of the bin that a time lies in, for bins of `bin_ns` from `origin_ts` on; none unless `bin_ns` is
-- above 0.
CREATE MACRO bin_begin(ts, bin_ns, origin_ts) AS
  CASE WHEN bin_ns > 0 THEN
    ts - (ts % nullif(bin_ns, 0) - origin_ts % nullif(bin_ns, 0)) % nullif(bin_ns, 0)
      - CASE WHEN (ts % nullif(bin_ns, 0) - origin_ts % nullif(bin_ns, 0)) % nullif(bin_ns, 0) < 0 THEN bin_ns ELSE 0 END END;

-- Intervals of a table cut at the edges of bins of `bin_ns` from `from_ts` to `to_ts`: each row once for
-- each bin that it meets, with `bin_ts` (begin of the bin) and `bin_dur` (its nanoseconds within).
-- `SELECT bin_ts, sum(bin_dur) ... GROUP BY bin_ts` is then exact.
CREATE MACRO bins(table_name, bin_ns, from_ts, to_ts) AS TABLE
  SELECT
    unnest(range(bin_begin(greatest(ts, from_ts), bin_ns, from_ts), least(ts + dur, to_ts), bin_ns)) AS bin_ts,
    overlap_ns(ts, dur, bin_ts, bin_ts + least(bin_ns, to_ts - bin_ts)) AS bin_dur,
    *
  FROM query_table(table_name)
  WHERE ts < to_ts AND ts + dur > from_ts AND from_ts < to_ts AND dur > 0;

-- Begin and end of the recording over all machines: one row with `begin_ts` and `end_ts`.
CREATE VIEW recording_span AS
  SELECT
    min(CASE WHEN name = 'begin_ts' THEN TRY_CAST(value AS BIGINT) END) AS begin_ts,
    max(CASE WHEN name = 'end_ts' THEN TRY_CAST(value AS BIGINT) END) AS end_ts
  FROM recording;

-- Length of each of `bins` equal parts of `[from_ts, to_ts)`, rounded up to whole nanoseconds; none unless
-- `bins` is above 0.
CREATE MACRO bin_width(from_ts, to_ts, bins) AS
  CASE WHEN bins > 0 AND from_ts IS NOT NULL AND to_ts IS NOT NULL THEN
    greatest(1, ((to_ts - from_ts) + bins - 1) // nullif(bins, 0)) END;

-- Numbers (from 0) of the parts of `width` from `origin` on that `[ts, ts + dur)` touches, as a list; none
-- unless `width` is above 0.
CREATE MACRO bins_of(ts, dur, origin, width) AS
  CASE WHEN width > 0 AND dur IS NOT NULL THEN
    range((ts - origin) // nullif(width, 0), (ts + greatest(dur, 1) - 1 - origin) // nullif(width, 0) + 1) END;

-- How much of `[ts, ts + dur)` lies in the part of that number.
CREATE MACRO bin_overlap_ns(ts, dur, bin, origin, width) AS
  overlap_ns(ts, dur, origin + bin * width, origin + (bin + 1) * width);
