/// Measurements: JMH inside one process, and whole processes side by side with the peers.
@NullMarked
package dev.rideau.bench;

import org.jspecify.annotations.NullMarked;
