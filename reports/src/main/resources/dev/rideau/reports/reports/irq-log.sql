-- title: Every one of the hardware interrupts
-- group: Interrupts
-- answers: When did handlers of hardware interrupts run, where, and whom did they interrupt?
-- needs: irq_handler_entry, irq_handler_exit
-- param: cpu
-- param: name names = | Only handlers with these names.
-- param: min
-- param: max
-- param: limit count = 1000
-- column: time time | When the handler was entered.
-- column: dur ns | How long it ran.
-- column: cpu id | The CPU.
-- column: irq id | Number of the interrupt.
-- column: name text | Name of the handler.
-- column: thread text | The thread that was interrupted.
-- column: tid id | Its id.
-- see: irq, irq-histogram
SELECT i.ts AS time, i.dur, i.cpu, i.irq, i.name, t.name AS thread, t.tid
FROM irq i LEFT JOIN thread t USING (utid)
WHERE i.ts >= $begin AND i.ts + i.dur <= $end AND ($cpu IS NULL OR list_contains($cpu, i.cpu))
  AND matches_any(i.name, $name)
  AND ($min IS NULL OR i.dur >= $min) AND ($max IS NULL OR i.dur <= $max)
ORDER BY i.ts, i.cpu LIMIT $limit
