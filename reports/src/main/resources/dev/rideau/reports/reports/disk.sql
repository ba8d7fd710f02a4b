-- title: Disks
-- group: Disks
-- answers: How much did each disk read and write, how busy was it, how long did requests take?
-- needs: block_rq_issue, block_rq_complete
-- uses: block_rq_insert
-- column: host id | The machine.
-- column: disk text | Name of the device.
-- column: requests count | Requests that were completed.
-- column: read bytes | What was read.
-- column: written bytes | What was written.
-- column: read_rate bytes/s | Read in a second.
-- column: write_rate bytes/s | Written in a second.
-- column: busy % | Share of the time in which at least one request was with the device.
-- column: mean ns | From issue to completion, on average.
-- column: p99 ns | 99 of 100 were shorter.
-- column: max ns | Longest.
-- column: depth number | Requests with the device when another was issued, on average.
-- column: sequential % | Share of requests that began where the one before ended.
-- plot: bar label=disk value=busy
-- see: disk-over-time, disk-process, disk-latency, disk-seeks
WITH r AS (
  SELECT *, greatest(coalesce(issue_ts, ts), $begin) AS b, least(ts + dur, $end) AS e
  FROM block_request WHERE ts < $end AND ts + dur > $begin
), marked AS (
  SELECT host, device, b, e,
    max(e) OVER (PARTITION BY host, device ORDER BY b, e ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
  FROM r WHERE e > b
), busy AS (
  SELECT host, device, sum(greatest(0, e - greatest(b, coalesce(before, b)))) AS ns
  FROM marked GROUP BY ALL
)
SELECT r.host, coalesce(any_value(d.name), any_value(r.device)::VARCHAR) AS disk,
  count(*) FILTER (done) AS requests,
  coalesce(sum(r.bytes) FILTER (done AND direction = 'read'), 0)::BIGINT AS read,
  coalesce(sum(r.bytes) FILTER (done AND direction = 'write'), 0)::BIGINT AS written,
  coalesce(sum(r.bytes) FILTER (done AND direction = 'read'), 0) * 1e9 / nullif($end - $begin, 0) AS read_rate,
  coalesce(sum(r.bytes) FILTER (done AND direction = 'write'), 0) * 1e9 / nullif($end - $begin, 0) AS write_rate,
  100.0 * coalesce(any_value(busy.ns), 0) / nullif($end - $begin, 0) AS busy,
  avg(service)::BIGINT AS mean, quantile_disc(service, 0.99) AS p99, max(service) AS max,
  avg(queue_depth) AS depth,
  100.0 * count(*) FILTER (seek = 0) / nullif(count(seek), 0) AS sequential
FROM (SELECT *, clipped NOT IN (2, 3) AND ts + dur <= $end AS done FROM r) r
  LEFT JOIN busy USING (host, device)
  LEFT JOIN block_device d ON d.host = r.host AND d.device = r.device
GROUP BY r.host, r.device ORDER BY r.host, requests DESC, disk
