package dev.rideau.cli.internal;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Scope;
import dev.rideau.trace.filter.EventNames;
import dev.rideau.trace.filter.RecordFilter;
import dev.rideau.trace.filter.StreamFilter;

/// Which records of the traces are wanted.
///
/// @param names by event name
/// @param filter by expression
/// @param beginNs earliest timestamp, `Long.MIN_VALUE` for none
/// @param endNs latest timestamp, `Long.MAX_VALUE` for none
public record Selection(EventNames names, RecordFilter filter, long beginNs, long endNs) {

  /// Every record.
  public static final Selection ALL =
      new Selection(EventNames.ALL, RecordFilter.ALL, Long.MIN_VALUE, Long.MAX_VALUE);

  /// Whether records are chosen by time.
  public boolean isBounded() {
    return beginNs != Long.MIN_VALUE || endNs != Long.MAX_VALUE;
  }

  /// Whether every record is wanted.
  public boolean isAll() {
    return !isBounded() && names.isAll() && filter.equals(RecordFilter.ALL);
  }

  /// The classes whose records can be wanted, with all their fields.
  public Projection projection(StreamFilter streamFilter) {
    if (names.isAll() && streamFilter.isAll()) {
      return Projection.ALL; // procedures compiled for it are shared
    }
    return new Projection() {
      @Override
      public boolean includes(EventClass eventClass) {
        return names.includes(eventClass) && streamFilter.includes(eventClass);
      }

      @Override
      public MemberSelection members(EventClass eventClass, Scope scope) {
        return MemberSelection.ALL;
      }
    };
  }

  /// The first packet of a stream that can hold wanted records.
  public int firstPacket(DataStream stream) {
    int first = 0;
    if (stream.hasIndependentPackets() && beginNs != Long.MIN_VALUE) {
      // What a packet holds is not later than the begin of the next one. Its own end is not asked:
      // some tracers write records that are later than it.
      int last = stream.packets().size() - 1;
      while (first < last && isBefore(stream.packets().beginNs(first + 1), beginNs)) {
        first++;
      }
    }
    return first;
  }

  /// The packet behind the last one of a stream that can hold wanted records.
  public int endPacket(DataStream stream) {
    int end = stream.packets().size();
    if (endNs != Long.MAX_VALUE) {
      while (end > 0 && stream.packets().beginNs(end - 1) > endNs) {
        end--;
      }
    }
    return end;
  }

  private static boolean isBefore(long packetBeginNs, long boundNs) {
    return packetBeginNs != dev.rideau.trace.PacketIndex.UNKNOWN && packetBeginNs < boundNs;
  }
}
