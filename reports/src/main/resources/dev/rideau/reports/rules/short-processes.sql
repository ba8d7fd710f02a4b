-- title: Many processes that live only briefly
-- group: Processes
-- answers: Are processes started again and again?
-- needs: sched_process_fork
-- resource: none
-- column: severity id | 1 worth knowing.
-- column: score % | CPU time of such processes as share of all.
-- column: forks count | Processes that were started.
-- column: rate /s | The same in a second.
-- column: name text | The most frequent name among them.
-- column: named count | How many had it.
-- column: life ns | How long half of those lived at most that ended.
-- summary: {forks} processes were started ({rate}), {named} of them {name}; half of those that ended lived no longer than {life}.
-- advice: Look at who starts them; let one process do the work of many.
-- command: rideau report process-tree {trace}
SELECT 1 AS severity, least(100, rate) AS score, forks, rate, name, named, life FROM (
  SELECT count(*) AS forks, count(*) * 1e9 / nullif($end - $begin, 0) AS rate, mode(name) AS name,
    (SELECT count(*) FROM process q WHERE q.name = mode(p.name) AND q.start_ts >= $begin AND q.start_ts < $end) AS named,
    quantile_disc(end_ts - start_ts, 0.5) AS life
  FROM process p WHERE start_ts >= $begin AND start_ts < $end
) WHERE forks >= 50 AND rate >= 5
