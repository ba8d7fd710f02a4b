/// From event records to bytes and metadata.
///
/// A trace class is planned once: [TracePlan] says how each field looks in the format that is
/// written, and holds an encoder for it. Encoders take values from columns and put bits into a
/// [BitWriter]; nothing is allocated per record.
@NullMarked
package dev.rideau.ctf.internal.write;

import org.jspecify.annotations.NullMarked;
