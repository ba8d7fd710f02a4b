package dev.rideau.ctf.testing;

import dev.rideau.ctf.CtfFormat;
import dev.rideau.ctf.CtfWriter;
import dev.rideau.ctf.StreamWriter;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.Batch;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.TraceClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Random traces: a trace class and records that fit it, the same for the same seed.
///
/// Print the seed when a test fails; it is all that is needed to have the trace again.
public final class RandomTraces {
  private RandomTraces() {}

  /// A random trace class that the format can hold as it is: any bit length, alignment and order,
  /// compound classes within each other, lengths and selectors in the same and in earlier scopes,
  /// event headers of several layouts.
  public static TraceClass traceClass(CtfFormat format, long seed) {
    return new RandomSchema(format, new SplittableRandom(seed)).traceClass();
  }

  /// A record that was written.
  ///
  /// @param stream ordinal of the data stream class
  /// @param values what the fields of the record hold, in the order in which they are decoded; see
  ///   [Values]
  public record WrittenRecord(
      int stream, EventClass eventClass, long clockValue, List<String> values) {}

  /// Writes a trace with a data stream for each class of it, in the format of the class.
  ///
  /// @return the records in the order in which they are in the streams
  public static List<WrittenRecord> write(
      Path folder, TraceClass traceClass, CtfFormat format, long seed, int records)
      throws IOException {
    List<WrittenRecord> written = new ArrayList<>();
    try (CtfWriter writer = CtfWriter.create(folder, traceClass, format, RandomTraces::refuse)) {
      for (DataStreamClass stream : traceClass.dataStreamClasses()) {
        try (StreamWriter streamWriter =
            writer.stream(stream, "stream" + stream.ordinal(), stream.ordinal(), 4096)) {
          SplittableRandom random = new SplittableRandom(seed + stream.ordinal());
          forEach(
              traceClass,
              stream,
              random,
              records,
              (batch, clockValue) -> {
                try {
                  streamWriter.write(batch, 0, clockValue);
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
                written.add(
                    new WrittenRecord(
                        stream.ordinal(), batch.eventClass(), clockValue, Values.of(batch, 0)));
              },
              streamWriter.ownPacketContext());
        }
      }
      writer.commit();
    }
    return written;
  }

  private static void refuse(Diagnostic diagnostic) {
    throw new AssertionError("nothing has to be changed for the format: " + diagnostic);
  }

  /// Makes records one by one: a batch with the record as row 0, and the clock value.
  ///
  /// @param packetContext the context of the packets that they will be in, filled here first
  public static void forEach(
      TraceClass traceClass,
      DataStreamClass stream,
      SplittableRandom random,
      int records,
      BiConsumer<Batch, Long> consumer,
      @Nullable StructColumn packetContext) {
    RandomRows rows = new RandomRows(traceClass, stream, random);
    if (packetContext != null) {
      rows.fillPacketContext(packetContext);
    }
    long clockValue = random.nextLong(1_000_000);
    List<EventClass> classes = stream.eventClasses();
    for (int i = 0; i < records && !classes.isEmpty(); i++) {
      EventClass eventClass = classes.get(random.nextInt(classes.size()));
      // Mostly short steps, now and then one that a short timestamp field cannot tell.
      clockValue += random.nextInt(20) == 0 ? random.nextLong(1L << 34) : random.nextLong(5000);
      Batch batch = Batch.of(stream, eventClass, Projection.ALL);
      batch.ensureCapacity(1);
      rows.startRecord(eventClass);
      for (Scope scope : List.of(Scope.COMMON_CONTEXT, Scope.SPECIFIC_CONTEXT, Scope.PAYLOAD)) {
        StructColumn column = batch.columns(scope);
        if (column != null) {
          rows.fill(scope, column, 0);
        }
      }
      batch.resize(1);
      consumer.accept(batch, clockValue);
    }
  }

  /// No attributes, for schemas.
  static final Attributes NONE = Attributes.NONE;
}
