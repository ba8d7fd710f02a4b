-- title: Work queue items
-- group: Interrupts
-- answers: Which deferred work ran in kernel workers, and how long had it waited?
-- needs: workqueue_execute_start, workqueue_execute_end
-- uses: workqueue_queue_work
-- param: limit
-- column: function text | The function, or its address.
-- column: count count | How often it ran.
-- column: total ns | How long in all.
-- column: mean ns | Average.
-- column: max ns | Longest.
-- column: queued ns | From queueing to running, on average.
-- column: by text | The thread that queued it most often.
-- plot: bar label=function value=total
-- see: softirq, timers
SELECT coalesce(w.function, '?') AS function, count(*) AS count, sum(w.dur)::BIGINT AS total,
  avg(w.dur)::BIGINT AS mean, max(w.dur) AS max, avg(w.ts - w.queue_ts)::BIGINT AS queued,
  mode(q.name) AS "by"
FROM work w LEFT JOIN thread q ON q.utid = w.queued_by
WHERE w.ts >= $begin AND w.ts < $end GROUP BY w.function ORDER BY total DESC, function LIMIT $limit
