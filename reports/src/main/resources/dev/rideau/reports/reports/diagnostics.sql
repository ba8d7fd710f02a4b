-- title: What is wrong or unusual about the trace
-- group: Recording
-- answers: What was wrong while the trace was read or facts were made?
-- column: severity text | Error, warning or info.
-- column: rule text | Name of the rule that was broken.
-- column: message text | What was wrong.
-- column: origin text | Where.
-- column: advice text | What to do.
-- see: losses
SELECT severity, rule, message, origin, advice FROM diagnostic
ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, rule, origin, message
