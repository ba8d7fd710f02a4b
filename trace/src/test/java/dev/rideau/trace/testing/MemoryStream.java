package dev.rideau.trace.testing;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Loss;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.VariantColumn;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A data stream whose records a test wrote down, for tests of what comes behind a reader.
///
/// Values of fields are `Long`, `Integer`, `Double`, `String`, `byte[]`, `List` (arrays), `Map`
/// (structures), [Selected] (variants) and null (an absent optional).
public final class MemoryStream implements DataStream {
  private static final int BLOCK_RECORDS = 3;

  /// As long as every record claims to be.
  private static final int RECORD_BITS = 100;

  private final MemoryTrace trace;
  private final DataStreamClass dataStreamClass;
  private final int ordinal;
  private final List<Packet> packets = new ArrayList<>();
  private final List<Loss> losses = new ArrayList<>();

  /// Of all packets so far; null before somebody asks, and after another packet was added.
  private volatile @Nullable PacketIndex index;

  private MemoryStream(MemoryTrace trace, DataStreamClass dataStreamClass, int ordinal) {
    this.trace = trace;
    this.dataStreamClass = dataStreamClass;
    this.ordinal = ordinal;
  }

  /// The option of a variant and its value.
  public record Selected(int option, Object value) {}

  /// A record; its contexts and payload are values of structures, null where there is none.
  public record Event(
      int eventClass,
      long timestampNs,
      @Nullable Map<String, Object> commonContext,
      @Nullable Map<String, Object> specificContext,
      @Nullable Map<String, Object> payload) {}

  private record Packet(@Nullable Map<String, Object> context, List<Event> events) {}

  /// A trace with one stream of that class.
  public static MemoryStream of(DataStreamClass dataStreamClass) {
    return new MemoryTrace("test", Environment.EMPTY).add(dataStreamClass);
  }

  /// Adds a packet.
  public MemoryStream packet(@Nullable Map<String, Object> context, Event... events) {
    packets.add(new Packet(context, List.of(events)));
    index = null;
    return this;
  }

  /// Adds a loss.
  public MemoryStream loss(Loss loss) {
    losses.add(loss);
    return this;
  }

  @Override
  public Trace trace() {
    return trace;
  }

  @Override
  public DataStreamClass dataStreamClass() {
    return dataStreamClass;
  }

  @Override
  public int ordinal() {
    return ordinal;
  }

  @Override
  public Long id() {
    return (long) ordinal;
  }

  @Override
  public long number() {
    return ordinal;
  }

  @Override
  public String name() {
    return "stream_" + ordinal;
  }

  @Override
  public PacketIndex packets() {
    PacketIndex known = index;
    if (known == null) {
      known = indexOfPackets();
      index = known;
    }
    return known;
  }

  private PacketIndex indexOfPackets() {
    PacketIndex.Builder builder =
        new PacketIndex.Builder(List.of(Path.of("/" + trace.name() + "/" + name())));
    for (Packet packet : packets) {
      int added = builder.add(0, 0, 800, 800);
      if (!packet.events.isEmpty()) {
        long begin = packet.events.getFirst().timestampNs;
        long end = packet.events.getLast().timestampNs;
        builder.begin(added, begin, begin);
        builder.end(added, end, end);
      }
    }
    return builder.build();
  }

  @Override
  public List<Loss> losses() {
    return losses;
  }

  @Override
  public boolean hasIndependentPackets() {
    return true;
  }

  @Override
  public BlockCursor cursor(
      int firstPacket, int endPacket, Projection projection, DiagnosticSink diagnostics) {
    @Nullable Batch[] batches = new Batch[dataStreamClass.eventClasses().size()];
    for (EventClass eventClass : dataStreamClass.eventClasses()) {
      if (projection.includes(eventClass)) {
        batches[eventClass.ordinal()] = Batch.of(dataStreamClass, eventClass, projection);
      }
    }
    RecordBlock block = new RecordBlock(this, batches, BLOCK_RECORDS);
    FieldClass.Structure contextClass = dataStreamClass.packetContext();
    StructColumn context = contextClass == null ? null : (StructColumn) Column.of(contextClass);
    return new BlockCursor() {
      private int packet = firstPacket;
      private int end = endPacket;
      private int last = endPacket;
      private boolean packetByPacket;
      private int next;

      @Override
      public void restart(int firstPacket, int endPacket) {
        packet = firstPacket;
        end = endPacket;
        last = endPacket;
        packetByPacket = false;
        next = 0;
      }

      @Override
      public @Nullable RecordBlock nextPacket() {
        packet = packetByPacket ? end : packet;
        packetByPacket = true;
        if (packet >= last) {
          return null;
        }
        end = packet + 1;
        next = 0;
        enter(packets.get(packet));
        return block;
      }

      private void enter(Packet current) {
        if (context != null && current.context != null) {
          context.clear();
          context.ensureCapacity(1);
          for (int i = 0; i < context.memberCount(); i++) {
            Column member = Objects.requireNonNull(context.member(i));
            Object value = current.context.get(context.structure().members().get(i).name());
            if (value == null) {
              // Of packets it may not be known.
              member.markInvalid(0);
            } else {
              set(member, 0, value);
            }
          }
        }
        block.restart(packet, null, context);
      }

      @Override
      public @Nullable RecordBlock next() {
        while (packet < end) {
          Packet current = packets.get(packet);
          if (next == current.events.size()) {
            packet++;
            next = 0;
            continue;
          }
          enter(current);
          int size = 0;
          while (size < BLOCK_RECORDS && next < current.events.size()) {
            Event event = current.events.get(next++);
            Batch batch = block.batch(event.eventClass);
            if (batch != null) {
              add(batch, event, size++);
            }
          }
          block.resize(size);
          if (size > 0) {
            return block;
          }
        }
        return null;
      }

      private void add(Batch batch, Event event, int record) {
        int row = batch.size();
        batch.ensureCapacity(row + 1);
        batch.resize(row + 1);
        block.timestampsNs()[record] = event.timestampNs;
        block.clockValues()[record] = event.timestampNs;
        block.eventClasses()[record] = event.eventClass;
        block.offsetsBits()[record] = (next - 1L) * RECORD_BITS;
        block.offsetsBits()[record + 1] = (long) next * RECORD_BITS;
        block.rows()[record] = row;
        setScope(batch.commonContext(), row, event.commonContext);
        setScope(batch.specificContext(), row, event.specificContext);
        setScope(batch.payload(), row, event.payload);
      }

      @Override
      public void close() {}
    };
  }

  private static void setScope(
      @Nullable StructColumn column, int row, @Nullable Map<String, Object> value) {
    if (column != null && value != null) {
      set(column, row, value);
    }
  }

  @SuppressWarnings("unchecked")
  private static void set(Column column, int row, @Nullable Object value) {
    switch (column) {
      case LongColumn longs -> longs.values()[row] = ((Number) require(value)).longValue();
      case DoubleColumn doubles -> doubles.values()[row] = (Double) require(value);
      case BytesColumn strings -> append(strings, row, require(value));
      case ListColumn list -> {
        List<Object> elements = (List<Object>) require(value);
        int first = list.append(row, elements.size());
        for (int i = 0; i < elements.size(); i++) {
          set(list.elements(), first + i, elements.get(i));
        }
      }
      case StructColumn struct -> {
        Map<String, Object> members = (Map<String, Object>) require(value);
        for (int i = 0; i < struct.memberCount(); i++) {
          Column member = struct.member(i);
          if (member != null) {
            set(member, row, members.get(struct.structure().members().get(i).name()));
          }
        }
      }
      case VariantColumn variant -> {
        Selected selected = (Selected) require(value);
        variant.selected()[row] = selected.option;
        set(variant.option(selected.option), row, selected.value);
      }
      case OptionalColumn optional -> {
        if (value == null) {
          optional.markInvalid(row);
        } else {
          set(optional.content(), row, value);
        }
      }
    }
  }

  private static Object require(@Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("a test's record lacks a value");
    }
    return value;
  }

  private static void append(BytesColumn column, int row, Object value) {
    byte[] bytes =
        value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(column.bytes());
    column.offsetsBytes()[row] = all.size();
    column.lengthsBytes()[row] = bytes.length;
    all.writeBytes(bytes);
    column.share(all.toByteArray());
  }

  /// A trace of such streams.
  public static final class MemoryTrace implements Trace {
    private final String name;
    private final Environment environment;
    private final List<DataStream> streams = new ArrayList<>();

    /// A trace without streams.
    public MemoryTrace(String name, Environment environment) {
      this.name = name;
      this.environment = environment;
    }

    /// Adds a stream without packets.
    public MemoryStream add(DataStreamClass dataStreamClass) {
      MemoryStream stream = new MemoryStream(this, dataStreamClass, streams.size());
      streams.add(stream);
      return stream;
    }

    @Override
    public Path path() {
      return Path.of("/" + name);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public TraceClass traceClass() {
      List<DataStreamClass> classes = new ArrayList<>();
      for (DataStream stream : streams) {
        if (!classes.contains(stream.dataStreamClass())) {
          classes.add(stream.dataStreamClass());
        }
      }
      // The identity is an entry of the environment, where a test wants one.
      String uid = environment.text("uuid");
      return new TraceClass(
          1, 8, null, null, uid, null, environment, List.of(), null, classes, Attributes.NONE);
    }

    @Override
    public List<DataStream> dataStreams() {
      return streams;
    }

    @Override
    public void close() {}
  }
}
