-- Statements that the AOT cache is trained with.
SELECT event, count(*) AS n, min(ts), avg(cpu) FROM events('sched_*') GROUP BY event ORDER BY n;
SELECT bin_begin(7, 5, 0), duration_text(12), 1.5, 'text', [1, 2], {'a': 1}, NULL, true;
SELECT thread_name, duration_text(sum(dur)) FROM sched_slice JOIN thread_label USING (utid) GROUP BY 1 LIMIT 3;
SELECT bin_ts, sum(bin_dur) FROM bins('thread_state', 1000000000, 1795322485000000000, 1795322489000000000)
  GROUP BY 1 ORDER BY 1;
