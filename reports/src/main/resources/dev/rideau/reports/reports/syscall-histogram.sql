-- title: Distribution of times of system calls
-- group: System calls
-- answers: How often did system calls take how long?
-- needs: syscall_entry, syscall_exit
-- param: name names = | Only these system calls.
-- param: tid
-- param: proc
-- param: min
-- param: max
-- column: from ns | Shortest time of the class.
-- column: to ns | End of the class.
-- column: count count | How many calls fell into it.
-- column: share % | Share of all calls.
-- plot: histogram from=from to=to count=count
-- see: syscalls, syscall-top
SELECT log_bin_from(bin) AS "from", log_bin_to(bin) AS "to", count(*) AS count,
  100.0 * count(*) / sum(count(*)) OVER () AS share
FROM (
  SELECT log_bin(s.dur) AS bin
  FROM syscall s LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
  WHERE s.ts >= $begin AND s.ts + s.dur <= $end AND s.clipped = 0
    AND (s.ret IS NOT NULL OR s.dur > 0) AND matches_any(s.name, $name)
    AND ($min IS NULL OR s.dur >= $min) AND ($max IS NULL OR s.dur <= $max)
    AND ($tid IS NULL OR list_contains($tid, t.tid))
    AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
) GROUP BY bin ORDER BY bin
