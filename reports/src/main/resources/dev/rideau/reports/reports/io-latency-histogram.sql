-- title: Distribution of times of input and output
-- group: Input and output
-- answers: How often did reading, writing, opening and synchronising take how long?
-- needs: syscall_entry, syscall_exit
-- uses: sched_switch
-- param: tid
-- param: proc
-- param: min
-- param: max
-- column: operation text | What the calls did.
-- column: from ns | Shortest time of the class.
-- column: to ns | End of the class.
-- column: count count | How many calls fell into it.
-- column: share % | Share of all calls that did this.
-- plot: histogram from=from to=to count=count series=operation
-- see: io-latency, io-latency-top
SELECT operation, log_bin_from(bin) AS "from", log_bin_to(bin) AS "to", count(*) AS count,
  100.0 * count(*) / sum(count(*)) OVER (PARTITION BY operation) AS share
FROM (
  SELECT operation, log_bin(i.dur) AS bin
  FROM io i JOIN thread t USING (utid) JOIN process p ON p.upid = i.upid
  WHERE i.ts >= $begin AND i.ts + i.dur <= $end AND i.clipped = 0
    AND ($min IS NULL OR i.dur >= $min) AND ($max IS NULL OR i.dur <= $max)
    AND ($tid IS NULL OR list_contains($tid, t.tid))
    AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
) GROUP BY operation, bin ORDER BY operation, bin
