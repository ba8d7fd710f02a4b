package dev.rideau.perf.internal.text;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.KernelNames;
import dev.rideau.ftrace.PrintFormat;
import dev.rideau.perf.PerfScript;
import dev.rideau.perf.internal.decode.PerfSchema;
import dev.rideau.perf.internal.file.PerfAttr;
import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.perf.internal.open.PerfTrace;
import dev.rideau.perf.internal.symbol.CallChain;
import dev.rideau.perf.internal.symbol.Frame;
import dev.rideau.perf.internal.symbol.Resolver;
import dev.rideau.perf.internal.symbol.Symbolizer;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.Column;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Prints samples with the fields that `perf script` prints by default.
///
/// ```
/// comm   tid   [cpu]  time:      period event:  address symbol+offset (file)      sampling events
/// comm   tid   [cpu]  time:      event: fields as the kernel prints them          tracepoints
///         address symbol+offset (file)                                            call chains
/// ```
public final class ScriptPrinter implements PerfScript.Printer {
  private static final int COMM_WIDTH = 16;
  private static final int TID_WIDTH = 5;
  private static final int TIME_WIDTH = 12;
  private static final int PERIOD_WIDTH = 10;
  private static final int ADDRESS_WIDTH = 16;

  private final PerfTrace trace;
  private final PerfSchema schema;
  private final Supplier<Symbolizer> symbolizer;
  private final AsciiBuffer out = new AsciiBuffer();
  private final List<Frame> frames = new ArrayList<>();
  private final Style[] styles;
  private @Nullable Resolver resolver;

  /// What lines of one event look like.
  private static final class Style {
    /// The name, filled up to the widest, and what stands behind it.
    final byte[] title;

    final PerfAttr attr;
    final PrintFormat.@Nullable Printer fields;

    /// The batch that the columns are of.
    @Nullable Batch batch;

    @Nullable ListColumn chain;
    @Nullable LongColumn tids;
    @Nullable LongColumn pids;
    @Nullable BytesColumn comms;

    Style(byte[] title, PerfAttr attr, PrintFormat.@Nullable Printer fields) {
      this.title = title;
      this.attr = attr;
      this.fields = fields;
    }

    void bind(Batch batch) {
      this.batch = batch;
      chain =
          member(batch.specificContext(), "callchain") instanceof ListColumn column ? column : null;
      StructColumn common = batch.commonContext();
      tids = member(common, "tid") instanceof LongColumn column ? column : null;
      pids = member(common, "pid") instanceof LongColumn column ? column : null;
      comms = member(common, "comm") instanceof BytesColumn column ? column : null;
    }

    private static @Nullable Column member(@Nullable StructColumn columns, String name) {
      return columns == null ? null : columns.member(name);
    }
  }

  /// A printer for one thread.
  ///
  /// @param formats by position of the event, shared
  public ScriptPrinter(
      PerfTrace trace, Supplier<Symbolizer> symbolizer, List<@Nullable PrintFormat> formats) {
    this.trace = trace;
    this.symbolizer = symbolizer;
    schema = trace.schema();
    KernelNames names = new Names();
    List<String> eventNames = trace.metadata().names();
    styles = new Style[eventNames.size()];
    int widest = eventNames.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < styles.length; i++) {
      PrintFormat format = formats.get(i);
      styles[i] =
          new Style(
              title(eventNames.get(i), widest),
              trace.metadata().attrs().get(i),
              format == null ? null : format.printer(names));
    }
  }

  private static byte[] title(String name, int width) {
    return (" ".repeat(width - name.length()) + name + ": ").getBytes(StandardCharsets.UTF_8);
  }

  /// The print formats of the events of a trace, null for those that are no tracepoints.
  public static List<@Nullable PrintFormat> formats(PerfTrace trace) {
    List<@Nullable PrintFormat> formats = new ArrayList<>();
    for (int i = 0; i < trace.metadata().attrs().size(); i++) {
      EventFormat tracepoint = trace.schema().tracepoint(i);
      formats.add(tracepoint == null ? null : PrintFormat.of(tracepoint));
    }
    return formats;
  }

  @Override
  public byte[] bytes() {
    return out.bytes();
  }

  @Override
  public int print(RecordBlock block, int record) {
    out.clear();
    Batch batch = block.batch(block.eventClasses()[record]);
    if (batch == null || !schema.isSample(batch.eventClass())) {
      return 0;
    }
    EventClass eventClass = batch.eventClass();
    Style style = styles[eventClass.ordinal()];
    int row = block.rows()[record];
    long time = block.clockValues()[record];
    if (style.batch != batch) {
      style.bind(batch);
    }
    StructColumn context = batch.specificContext();
    ListColumn chain = style.chain;
    int pid = putThread(style, batch.commonContext() != null, row, chain != null);
    if (style.attr.samples(SampleBit.CPU)) {
      StructColumn packet = block.packetContext();
      long cpu =
          packet != null && packet.member(PerfSchema.CPU_MEMBER) instanceof LongColumn number
              ? number.value(0)
              : 0;
      out.put('[').putDecimal(cpu, 3, '0').put(']').put(' ');
    }
    if (style.attr.samples(SampleBit.TIME)) {
      putTime(time);
    }
    if (!style.attr.isTracepoint()) {
      out.putDecimal(period(style, context, row), PERIOD_WIDTH, ' ').put(' ');
    }
    out.put(style.title, 0, style.title.length);
    PrintFormat.Printer fields = style.fields;
    if (fields != null && batch.payload() != null) {
      int length = fields.print(batch, row);
      out.put(fields.bytes(), 0, length);
    }
    if (chain != null) {
      putChain(pid, time, chain, row);
    } else if (!style.attr.isTracepoint()
        && context != null
        && context.member("ip") instanceof LongColumn ip) {
      long address = ip.value(row);
      Frame frame = resolver().resolve(pid, time, address, address < 0);
      out.put(' ');
      putFrame(frame, address);
    }
    out.put('\n');
    return out.size();
  }

  private int putThread(Style style, boolean isKnown, int row, boolean narrow) {
    if (!isKnown) {
      out.put(":-1 ");
      return -1;
    }
    LongColumn tids = style.tids;
    LongColumn pids = style.pids;
    BytesColumn comm = style.comms;
    long tid = tids == null ? -1 : tids.value(row);
    if (comm != null && comm.isValid(row)) {
      int length = comm.lengthsBytes()[row];
      out.pad(narrow ? 0 : COMM_WIDTH, length);
      out.put(comm.bytes(), comm.offsetsBytes()[row], length);
    } else {
      String unknown = ":" + tid;
      out.pad(narrow ? 0 : COMM_WIDTH, unknown.length()).put(unknown);
    }
    out.put(' ').putSigned(tid, TID_WIDTH).put(' ');
    return pids == null ? -1 : (int) pids.value(row);
  }

  private void putTime(long time) {
    long seconds =
        time >= 0
            ? time / ClockClass.NS_PER_SECOND
            : Long.divideUnsigned(time, ClockClass.NS_PER_SECOND);
    long micros = (time - seconds * ClockClass.NS_PER_SECOND) / 1000;
    out.putDecimal(seconds, TIME_WIDTH - 7, ' ').put('.');
    out.putDecimal(micros, 6, '0').put(':').put(' ');
  }

  private static long period(Style style, @Nullable StructColumn context, int row) {
    return context != null && context.member("period") instanceof LongColumn column
        ? column.value(row)
        : style.attr.samplePeriod();
  }

  private void putChain(int pid, long time, ListColumn chain, int row) {
    frames.clear();
    CallChain.resolve(
        resolver(),
        pid,
        time,
        ((LongColumn) chain.elements()).values(),
        chain.offsets()[row],
        chain.lengths()[row],
        frames);
    out.put('\n');
    for (int i = 0; i < frames.size(); i++) {
      out.put('\t');
      putFrame(frames.get(i), frames.get(i).address());
      out.put('\n');
    }
  }

  private void putFrame(Frame frame, long address) {
    out.putHex(address, ADDRESS_WIDTH).put(' ');
    String symbol = frame.symbol();
    if (symbol == null) {
      out.put("[unknown]");
    } else {
      out.put(symbol).put("+0x").putHex(frame.offset(), 0);
    }
    String file = frame.file();
    out.put(" (").put(file == null ? "[unknown]" : file).put(')');
  }

  private Resolver resolver() {
    Resolver known = resolver;
    if (known == null) {
      known = new Resolver(symbolizer.get());
      resolver = known;
    }
    return known;
  }

  /// What the print formats of tracepoints ask for.
  private final class Names implements KernelNames {
    @Override
    public @Nullable String comm(long tid) {
      return trace.comms().text((int) tid, Long.MAX_VALUE);
    }

    @Override
    public @Nullable String symbol(long address) {
      Frame frame = resolver().resolve(-1, 0, address, true);
      String symbol = frame.symbol();
      if (symbol == null || frame.offset() == 0) {
        return symbol;
      }
      return symbol + "+0x" + Long.toHexString(frame.offset());
    }

    @Override
    public @Nullable String literal(long address) {
      return null;
    }
  }
}
