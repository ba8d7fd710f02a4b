-- title: Signals
-- group: Processes
-- answers: Who sent which signals to whom, and how long did they take to arrive?
-- needs: signal_generate
-- uses: signal_deliver
-- param: proc
-- param: limit
-- column: signal text | Name of the signal.
-- column: sender text | The process that ran where it was generated.
-- column: sender_pid id | Its id.
-- column: process text | The process that it was for.
-- column: pid id | Its id.
-- column: count count | How often.
-- column: delivered count | How often it was handled.
-- column: latency ns | From sending to handling, on average.
-- column: first time | The first of them.
-- plot: bar label=signal value=count series=process
-- see: processes
SELECT s.name AS signal, fp.name AS sender, fp.pid AS sender_pid, p.name AS process, p.pid,
  count(*) AS count, count(s.deliver_ts) AS delivered, avg(s.deliver_ts - s.ts)::BIGINT AS latency,
  min(s.ts) AS first
FROM signal s LEFT JOIN thread t USING (utid) LEFT JOIN process p USING (upid)
  LEFT JOIN thread f ON f.utid = s.sender_utid LEFT JOIN process fp ON fp.upid = f.upid
WHERE s.ts >= $begin AND s.ts < $end AND (matches_any(p.name, $proc) OR matches_any(fp.name, $proc))
GROUP BY s.name, fp.upid, fp.name, fp.pid, p.upid, p.name, p.pid
ORDER BY count DESC, first, signal LIMIT $limit
