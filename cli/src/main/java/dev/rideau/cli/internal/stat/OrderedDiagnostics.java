package dev.rideau.cli.internal.stat;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Keeps what several threads find wrong, in the order of streams and packets whoever found it
/// first. Thread-safe.
///
/// A broken trace can have a fault in each of millions of packets: only the first of them are kept,
/// the others are counted.
final class OrderedDiagnostics {
  private static final int MOST_KEPT = 1000;

  private record Entry(int stream, int packet, int number, Diagnostic diagnostic)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int order = Integer.compare(stream, other.stream);
      if (order == 0) {
        order = Integer.compare(packet, other.packet);
      }
      return order != 0 ? order : Integer.compare(number, other.number);
    }
  }

  private final TreeSet<Entry> entries = new TreeSet<>();
  private long dropped;
  private long errors;

  /// Takes a diagnostic.
  ///
  /// @param packet first packet of the range in which it was found
  /// @param number how many were found in that range before it
  synchronized void add(int stream, int packet, int number, Diagnostic diagnostic) {
    if (diagnostic.severity() == Severity.ERROR) {
      errors++;
    }
    entries.add(new Entry(stream, packet, number, diagnostic));
    if (entries.size() > MOST_KEPT) {
      entries.pollLast();
      dropped++;
    }
  }

  /// Those kept, in order.
  synchronized List<Diagnostic> diagnostics() {
    List<Diagnostic> kept = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      kept.add(entry.diagnostic);
    }
    return kept;
  }

  /// How many were not kept.
  synchronized long dropped() {
    return dropped;
  }

  /// How many errors there were, kept or not.
  synchronized long errors() {
    return errors;
  }
}
