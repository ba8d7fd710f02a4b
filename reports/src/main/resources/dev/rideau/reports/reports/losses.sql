-- title: What is missing
-- group: Recording
-- answers: When were events lost or CPUs not recorded, so that facts are uncertain?
-- column: from time | From when at the earliest.
-- column: to time | Until when at the latest.
-- column: dur ns | How long that is.
-- column: cpu id | The CPU of the stream.
-- column: kind text | Discarded events, discarded packets, a missing begin or end of the CPU, or one that was not recorded at all.
-- column: count count | How many; none when that is not known.
-- see: diagnostics, events
SELECT ts AS "from", ts + dur AS "to", dur, cpu, kind, count
FROM loss WHERE ts <= $end AND ts + dur >= $begin ORDER BY ts, cpu
