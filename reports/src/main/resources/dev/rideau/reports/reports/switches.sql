-- title: Context switches
-- group: Scheduling
-- answers: Which threads gave up their CPU by themselves, and which were made to?
-- needs: sched_switch
-- param: cpu
-- param: tid
-- param: proc
-- param: limit
-- column: thread text | Name of the thread.
-- column: tid id | Its id.
-- column: process text | Name of its process.
-- column: switches count | How often it was switched out.
-- column: voluntary count | Of these: because it went to sleep or ended.
-- column: involuntary count | Of these: although it could have run on.
-- column: rate /s | Switches in a second.
-- column: mean_run ns | How long it ran on average.
-- plot: bar label=thread value=switches
-- see: preemptions, migrations, cpu-thread
SELECT t.name AS thread, t.tid, p.name AS process, count(*) AS switches,
  count(*) FILTER (s.end_state NOT LIKE 'R%') AS voluntary,
  count(*) FILTER (s.end_state LIKE 'R%') AS involuntary,
  count(*) / nullif(($end - $begin) / 1e9, 0) AS rate, avg(s.dur)::BIGINT AS mean_run
FROM sched_slice s JOIN thread t USING (utid) JOIN process p USING (upid)
WHERE NOT t.is_idle AND s.end_state IS NOT NULL
  AND s.ts + s.dur >= $begin AND s.ts + s.dur < $end
  AND ($cpu IS NULL OR list_contains($cpu, s.cpu)) AND ($tid IS NULL OR list_contains($tid, t.tid))
  AND (matches_any(p.name, $proc) OR matches_any(t.name, $proc))
GROUP BY s.utid, t.name, t.tid, p.name ORDER BY switches DESC, t.tid LIMIT $limit
