/// Choosing event records by a logical expression over their fields and by event name.
///
/// ```
/// text --FilterParser--> Condition --StreamFilter, once per event class--> RecordTest
/// ```
@NullMarked
package dev.rideau.trace.filter;

import org.jspecify.annotations.NullMarked;
