-- title: What was recorded
-- group: Recording
-- answers: Which event classes have how many records, and what are they taken for?
-- param: name names = | Only classes whose name matches.
-- param: limit count = 100
-- column: event text | Name of the event class.
-- column: records count | Its records in the whole recording.
-- column: used_as text | The event of the model that it is taken for; none when no fact is made of it.
-- plot: bar label=event value=records
-- see: losses, diagnostics
SELECT name AS event, sum(events)::BIGINT AS records, any_value(used_as) AS used_as
FROM event_class WHERE matches_any(name, $name)
GROUP BY name HAVING sum(events) > 0 ORDER BY records DESC, event LIMIT $limit
