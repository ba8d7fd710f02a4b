-- Numbers: percentiles and histograms.

-- Percentiles of a column of a table: one row with count, minimum, average, the 50th, 90th, 95th and 99th
-- percentile, and maximum. `FROM percentiles('wakeup', latency)`.
CREATE MACRO percentiles(table_name, value) AS TABLE
  SELECT
    count(value) AS count,
    min(value) AS min,
    avg(value) AS avg,
    quantile_disc(value, 0.5) AS p50,
    quantile_disc(value, 0.9) AS p90,
    quantile_disc(value, 0.95) AS p95,
    quantile_disc(value, 0.99) AS p99,
    max(value) AS max
  FROM query_table(table_name);

-- Bucket of a number in a histogram with a bucket for each power of two: the greatest power of two that is
-- not above it; 0 for 0, none below.
CREATE MACRO power_bucket(value) AS
  CASE WHEN value >= 1 THEN
    CAST(1 AS BIGINT) << least(62, CAST(floor(log2(greatest(value, 1))) AS BIGINT))
      -- The logarithm of a great number may be rounded up.
      - CASE WHEN CAST(1 AS BIGINT) << least(62, CAST(floor(log2(greatest(value, 1))) AS BIGINT)) > value
        THEN 1 ELSE 0 END
  WHEN value >= 0 THEN 0 END;

-- Histogram of a column with a bucket for each power of two: `bucket` (least value), `count`, and
-- `share` of all; negative numbers are in the row without bucket. `FROM power_histogram('wakeup', latency)`.
CREATE MACRO power_histogram(table_name, value) AS TABLE
  SELECT
    power_bucket(value) AS bucket,
    count(*) AS count,
    count(*) / sum(count(*)) OVER () AS share
  FROM query_table(table_name)
  WHERE value IS NOT NULL
  GROUP BY 1
  ORDER BY 1;

-- Histogram of a column with `buckets` buckets of equal width between its least and greatest value:
-- `bucket` (least value), `count`. Empty buckets are rows as well; there are none unless `buckets` is above 0.
CREATE MACRO linear_histogram(table_name, value, buckets) AS TABLE
  WITH
    numbers AS (
      SELECT CAST(value AS DOUBLE) AS v FROM query_table(table_name) WHERE value IS NOT NULL),
    limits AS (
      SELECT min(v) AS least, CASE WHEN buckets > 0 THEN greatest((max(v) - min(v)) / buckets, 1e-9) END AS width
      FROM numbers),
    counts AS (
      SELECT least(buckets - 1, CAST(floor((v - least) / width) AS BIGINT)) AS i, count(*) AS n
      FROM numbers, limits
      GROUP BY 1)
  SELECT least + i * width AS bucket, coalesce(n, 0) AS count
  FROM range(buckets) AS all_buckets(i)
  CROSS JOIN limits
  LEFT JOIN counts USING (i)
  WHERE least IS NOT NULL
  ORDER BY bucket;

-- Class of a number in a histogram with classes from 1, 2 and 5 times each power of ten on; -1 for 0 and
-- below.
CREATE MACRO log_bin(value) AS
  CASE WHEN value <= 0 THEN -1 WHEN value > 0 THEN 3 * CAST(floor(log10(greatest(value, 1))) AS BIGINT)
    + CASE WHEN value >= 5 * pow(10, floor(log10(greatest(value, 1)))) THEN 2
      WHEN value >= 2 * pow(10, floor(log10(greatest(value, 1)))) THEN 1 ELSE 0 END END;

-- Least number of a class of `log_bin`.
CREATE MACRO log_bin_from(bin) AS
  CASE WHEN bin < 0 THEN 0 ELSE CAST([1, 2, 5][bin % 3 + 1] * pow(10, bin // 3) AS BIGINT) END;

-- The number where a class of `log_bin` ends; of the last one the greatest that there is.
CREATE MACRO log_bin_to(bin) AS
  CASE WHEN bin < 0 THEN 1 WHEN bin = 56 THEN 9223372036854775807
    ELSE CAST([2, 5, 10][bin % 3 + 1] * pow(10, bin // 3) AS BIGINT) END;
