-- title: Distribution of times of disk requests
-- group: Disks
-- answers: How often did disk requests take how long?
-- needs: block_rq_issue, block_rq_complete
-- param: min
-- param: max
-- column: disk text | Name of the device and direction.
-- column: from ns | Shortest time of the class, from issue to completion.
-- column: to ns | End of the class.
-- column: count count | How many requests fell into it.
-- column: share % | Share of all requests of the device in that direction.
-- plot: histogram from=from to=to count=count series=disk
-- see: disk-latency, disk-top
SELECT disk, log_bin_from(bin) AS "from", log_bin_to(bin) AS "to", count(*) AS count,
  100.0 * count(*) / sum(count(*)) OVER (PARTITION BY disk) AS share
FROM (
  SELECT coalesce(d.name, r.device::VARCHAR) || ' ' || direction AS disk, log_bin(service) AS bin
  FROM block_request r LEFT JOIN block_device d ON d.host = r.host AND d.device = r.device
  WHERE r.ts >= $begin AND r.ts + r.dur <= $end AND service IS NOT NULL AND r.clipped NOT IN (2, 3)
    AND ($min IS NULL OR service >= $min) AND ($max IS NULL OR service <= $max)
) GROUP BY disk, bin ORDER BY disk, bin
