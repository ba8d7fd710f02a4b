WITH edge AS (
  SELECT min(ts) AS begin_ts, max(ts) AS end_ts FROM events('*')
), switches AS (
  SELECT ts, cpu, prev_tid, prev_state & 255 AS left_in, next_tid FROM events('sched_switch')
), runs AS (
  SELECT ts, coalesce(lead(ts) OVER w, end_ts) AS until_ts, cpu, next_tid AS tid, lead(left_in) OVER w AS left_in
  FROM switches, edge WINDOW w AS (PARTITION BY cpu ORDER BY ts)
  UNION ALL
  SELECT any_value(begin_ts), min(ts), cpu, arg_min(prev_tid, ts), arg_min(left_in, ts)
  FROM switches, edge GROUP BY cpu HAVING min(ts) > any_value(begin_ts)
),
