-- title: Distribution of times of hardware interrupts
-- group: Interrupts
-- answers: How often did handlers of hardware interrupts run how long?
-- needs: irq_handler_entry, irq_handler_exit
-- param: cpu
-- param: min
-- param: max
-- column: name text | Name of the handler.
-- column: from ns | Shortest time of the class.
-- column: to ns | End of the class.
-- column: count count | How many fell into it.
-- column: share % | Share of all of that name.
-- plot: histogram from=from to=to count=count series=name
-- see: irq, irq-log
SELECT name, log_bin_from(bin) AS "from", log_bin_to(bin) AS "to", count(*) AS count,
  100.0 * count(*) / sum(count(*)) OVER (PARTITION BY name) AS share
FROM (
  SELECT coalesce(name, irq::VARCHAR) AS name, log_bin(dur) AS bin FROM irq
  WHERE ts >= $begin AND ts + dur <= $end AND clipped = 0
    AND ($cpu IS NULL OR list_contains($cpu, cpu))
    AND ($min IS NULL OR dur >= $min) AND ($max IS NULL OR dur <= $max)
) GROUP BY name, bin ORDER BY name, bin
