-- Statements that the AOT cache is trained with.
SELECT event, count(*) AS n, min(ts), avg(cpu) FROM events('sched_*') GROUP BY event ORDER BY n;
SELECT bin_begin(7, 5, 0), duration_text(12), 1.5, 'text', [1, 2], {'a': 1}, NULL, true;
