-- What reports share. Times are nanoseconds, intervals are without their end.

-- Whether a text is like one of the patterns; everything is when there are none.
CREATE OR REPLACE TEMP MACRO matches_any(txt, patterns) AS
  patterns IS NULL OR len(list_filter(patterns, lambda x: txt GLOB x)) > 0;

-- Length of each of so many equal parts of [b, e).
CREATE OR REPLACE TEMP MACRO bin_width(b, e, bins) AS
  greatest(1, ((e - b) + bins - 1) // nullif(bins, 0));

-- Numbers of the parts that [ts, ts + dur) touches.
CREATE OR REPLACE TEMP MACRO bins_of(ts, dur, origin, width) AS
  range((ts - origin) // width, (ts + greatest(dur, 1) - 1 - origin) // width + 1);

-- How much of [ts, ts + dur) lies within a part.
CREATE OR REPLACE TEMP MACRO bin_overlap_ns(ts, dur, bin, origin, width) AS
  greatest(0, least(ts + dur, origin + (bin + 1) * width) - greatest(ts, origin + bin * width));

-- Classes of a histogram: 0, then from 1, 2 and 5 times each power of ten on.
CREATE OR REPLACE TEMP MACRO log_bin(v) AS
  CASE WHEN v <= 0 THEN -1 ELSE 3 * floor(log10(v))::BIGINT
    + CASE WHEN v >= 5 * pow(10, floor(log10(v))) THEN 2
      WHEN v >= 2 * pow(10, floor(log10(v))) THEN 1 ELSE 0 END END;
CREATE OR REPLACE TEMP MACRO log_bin_from(bin) AS
  CASE WHEN bin < 0 THEN 0 ELSE ([1, 2, 5][bin % 3 + 1] * pow(10, bin // 3))::BIGINT END;
CREATE OR REPLACE TEMP MACRO log_bin_to(bin) AS
  CASE WHEN bin < 0 THEN 1 ELSE ([2, 5, 10][bin % 3 + 1] * pow(10, bin // 3))::BIGINT END;
