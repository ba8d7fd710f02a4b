-- title: Waiting for data to reach the disk
-- group: Input and output
-- answers: Does a process wait for fsync and the like?
-- needs: syscall_entry, syscall_exit, sched_switch
-- resource: none
-- column: severity id | 1 worth knowing, 2 clearly bad.
-- column: score % | Share of the time.
-- column: process text | The process with its id.
-- column: calls count | How often it asked to synchronise.
-- column: time ns | How long that took.
-- column: longest ns | The longest of them.
-- column: share % | Share of the time.
-- summary: {process} waited {time} ({share} of the time) in {calls} calls that bring data to the disk, {longest} in one of them.
-- advice: Synchronise less often: several changes at once.
-- command: rideau report io-latency-top {trace}
SELECT CASE WHEN share >= 30 THEN 2 ELSE 1 END AS severity, share AS score, process, calls, ns AS time, longest, share
FROM (
  SELECT p.name || ' ' || p.pid AS process, count(*) AS calls, sum(i.dur)::BIGINT AS ns, max(i.dur) AS longest,
    least(100, 100.0 * sum(i.dur) / nullif($end - $begin, 0)) AS share
  FROM io i JOIN process p USING (upid)
  WHERE i.ts >= $begin AND i.ts + i.dur <= $end AND operation = 'sync' GROUP BY p.upid, p.name, p.pid
) WHERE share >= 5 ORDER BY ns DESC, process LIMIT 1
