/// The core of tracking: references to threads, automata that defer what they cannot decide, rows.
///
/// Time is cut into slices that are tracked on their own. What a slice does not know because it
/// happened before stays open in three ways:
///
/// - a *reference* to a thread is a number of the slice, given out at the first mention of a tid or
///   for whatever runs on a CPU when the slice begins; rows hold references and get ids of threads
///   after the join;
/// - a *symbol* stands for a value that was there when the slice began (the system call that a
///   thread was in, the interrupt that a CPU was in);
/// - an automaton whose state is unknown writes its steps into a log, until its state no longer
///   depends on what was before; the join replays them.
///
/// So facts do not depend on where time is cut.
@NullMarked
package dev.rideau.kernel.internal.track;

import org.jspecify.annotations.NullMarked;
