package dev.rideau.bench;

import dev.rideau.bench.GenerateTrace.RecordSource;
import dev.rideau.ctf.StreamWriter;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Projection;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.TraceClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/// Records of a single class with a 64-bit integer, a 32-bit integer and a short string: about 23
/// bytes each with a compact header.
final class SimpleRecords implements RecordSource {
  private static final byte[] LETTERS =
      "abcdefghijklmnopqrstuvwxyz0123456789".getBytes(StandardCharsets.US_ASCII);

  static TraceClass traceClass() {
    EventClass message =
        LttngLayout.eventClass(
            0,
            "bench:message",
            13L,
            LttngLayout.structure(
                1,
                new Member("value", LttngLayout.integer(64, 8, true, 10)),
                new Member("count", LttngLayout.integer(32, 8, true, 10)),
                new Member("text", LttngLayout.string())));
    return LttngLayout.traceClass(
        "ust", "0d1f4e6c-52a6-4a0c-8b7e-11c5a9e2d301", false, null, List.of(message));
  }

  @Override
  public void write(StreamWriter writer, SplittableRandom random, int cpu, long count)
      throws IOException {
    StructColumn context = Objects.requireNonNull(writer.ownPacketContext());
    long[] cpuIds = ((LongColumn) Objects.requireNonNull(context.member("cpu_id"))).values();
    cpuIds[0] = cpu;
    DataStreamClass stream = writer.dataStreamClass();
    Batch batch = Batch.of(stream, stream.eventClasses().getFirst(), Projection.ALL);
    batch.ensureCapacity(1);
    StructColumn payload = Objects.requireNonNull(batch.payload());
    long[] values = ((LongColumn) Objects.requireNonNull(payload.member("value"))).values();
    long[] counts = ((LongColumn) Objects.requireNonNull(payload.member("count"))).values();
    BytesColumn texts = (BytesColumn) Objects.requireNonNull(payload.member("text"));
    byte[] text = new byte[8];
    texts.share(text);
    int[] lengths = texts.lengthsBytes();
    long clockValue = 1_000_000_000L + cpu;
    for (long i = 0; i < count; i++) {
      long bits = random.nextLong();
      // 80 to 591 ns between the records of a CPU
      clockValue += 80 + (bits & 0x1ff);
      values[0] = bits >> 20;
      counts[0] = (int) i;
      int length = 4 + (int) (bits >>> 9 & 3) + (int) (bits >>> 11 & 1);
      lengths[0] = length;
      for (int at = 0; at < length; at++) {
        text[at] = LETTERS[(int) ((bits >>> 12 + 6 * at & 0x3f) % LETTERS.length)];
      }
      writer.write(batch, 0, clockValue);
    }
  }
}
