-- title: The recording itself
-- group: Recording
-- answers: Which machine was traced, by what, and when?
-- column: host id | The machine.
-- column: name text | What is told.
-- column: value text | Its value.
-- see: events, losses
SELECT host, name, value FROM recording ORDER BY host, name, value
