package dev.rideau.perf.internal.text;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.KernelNames;
import dev.rideau.ftrace.PrintFormat;
import dev.rideau.ftrace.PrintkLiterals;
import dev.rideau.ftrace.TextBytes;
import dev.rideau.perf.PerfScript;
import dev.rideau.perf.internal.decode.PerfSchema;
import dev.rideau.perf.internal.demangle.Demangler;
import dev.rideau.perf.internal.file.PerfAttr;
import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.perf.internal.open.PerfTrace;
import dev.rideau.perf.internal.symbol.CallChain;
import dev.rideau.perf.internal.symbol.Frame;
import dev.rideau.perf.internal.symbol.Resolver;
import dev.rideau.perf.internal.symbol.Symbolizer;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final int PERIOD_WIDTH = 10;
  private static final int ADDRESS_WIDTH = 16;

  private final PerfTrace trace;
  private final PerfSchema schema;
  private final Supplier<Symbolizer> symbolizer;
  private final ScriptTime times = new ScriptTime();
  private final List<Frame> frames = new ArrayList<>();
  private final @Nullable ThreadHeads[] heads = new ThreadHeads[4];
  private final Style[] styles;
  private final Map<String, String> demangled = new HashMap<>();
  private @Nullable Resolver resolver;

  /// What lines of one event look like.
  private static final class Style {
    /// The name, filled up to the widest, and what stands behind it.
    final byte[] title;

    final PerfAttr attr;
    final PrintFormat.@Nullable Printer fields;

    /// The batch that the columns are of.
    @Nullable Batch batch;

    final boolean hasTime;
    final boolean isTracepoint;
    final ThreadHeads heads;
    @Nullable ListColumn chain;
    @Nullable LongColumn tids;
    @Nullable BytesColumn comms;
    private @Nullable LongColumn pids;

    Style(byte[] title, PerfAttr attr, PrintFormat.@Nullable Printer fields, ThreadHeads heads) {
      this.title = title;
      this.attr = attr;
      this.fields = fields;
      hasTime = attr.samples(SampleBit.TIME);
      isTracepoint = attr.isTracepoint();
      this.heads = heads;
    }

    int pid(int row) {
      LongColumn column = pids;
      return column == null ? -1 : (int) column.value(row);
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
              format == null ? null : format.printer(names),
              heads(trace.metadata().attrs().get(i)));
    }
  }

  /// One for all events whose heads look the same.
  private ThreadHeads heads(PerfAttr attr) {
    boolean withCpu = attr.samples(SampleBit.CPU);
    boolean narrow = attr.samples(SampleBit.CALLCHAIN);
    int kind = (withCpu ? 1 : 0) + (narrow ? 2 : 0);
    ThreadHeads known = heads[kind];
    if (known == null) {
      known = new ThreadHeads(withCpu, narrow);
      heads[kind] = known;
    }
    return known;
  }

  private static byte[] title(String name, int width) {
    return (" ".repeat(width - name.length()) + name + ": ").getBytes(StandardCharsets.UTF_8);
  }

  /// The samples of a trace, with the fields that lines show.
  public static Projection projection(PerfTrace trace) {
    PerfSchema schema = trace.schema();
    return new Projection() {
      @Override
      public boolean includes(EventClass eventClass) {
        return schema.isSample(eventClass);
      }

      @Override
      public MemberSelection members(EventClass eventClass, Scope scope) {
        PerfAttr attr = trace.metadata().attrs().get(eventClass.ordinal());
        if (!attr.isTracepoint() || attr.samples(SampleBit.CALLCHAIN)) {
          return MemberSelection.ALL;
        }
        return switch (scope) {
          case COMMON_CONTEXT -> MemberSelection.of(Set.of("tid", "comm"));
          case SPECIFIC_CONTEXT -> MemberSelection.NONE;
          case PACKET_HEADER, PACKET_CONTEXT, EVENT_HEADER, PAYLOAD -> MemberSelection.ALL;
        };
      }
    };
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
  public void print(RecordBlock block, int record, TextBytes out) {
    Batch batch = block.batch(block.eventClasses()[record]);
    if (batch == null || !schema.isSample(batch.eventClass())) {
      return;
    }
    Style style = styles[batch.eventClass().ordinal()];
    int row = block.rows()[record];
    long time = block.clockValues()[record];
    if (style.batch != batch) {
      style.bind(batch);
    }
    StructColumn context = batch.specificContext();
    ListColumn chain = style.chain;
    out.put(head(style, block, batch, row));
    if (style.hasTime) {
      times.put(time, out);
    }
    if (!style.isTracepoint) {
      long period = period(style, context, row);
      int start = out.size();
      out.putDecimal(period, false);
      out.padLeft(start, start, PERIOD_WIDTH, ' ');
      out.put(' ');
    }
    out.put(style.title);
    PrintFormat.Printer fields = style.fields;
    if (fields != null && batch.payload() != null) {
      fields.print(batch, row, out);
    }
    if (chain != null) {
      putChain(style.pid(row), time, chain, row, out);
    } else if (!style.isTracepoint
        && context != null
        && context.member("ip") instanceof LongColumn ip) {
      long address = ip.value(row);
      Frame frame = resolver().resolve(style.pid(row), time, address, address < 0);
      out.put(' ');
      putFrame(frame, address, out);
    }
    out.put('\n');
  }

  private static byte[] head(Style style, RecordBlock block, Batch batch, int row) {
    StructColumn packet = block.packetContext();
    long cpu =
        packet != null && packet.member(0) instanceof LongColumn number ? number.value(0) : 0;
    LongColumn tids = style.tids;
    return batch.commonContext() == null
        ? style.heads.ofNobody(cpu)
        : style.heads.of(tids == null ? -1 : tids.value(row), style.comms, row, cpu);
  }

  private static long period(Style style, @Nullable StructColumn context, int row) {
    return context != null && context.member("period") instanceof LongColumn column
        ? column.value(row)
        : style.attr.samplePeriod();
  }

  private void putChain(int pid, long time, ListColumn chain, int row, TextBytes out) {
    frames.clear();
    boolean isSound = CallChain.resolve(resolver(), pid, time, chain, row, frames);
    if (!isSound) {
      frames.clear();
    }
    out.put('\n');
    for (int i = 0; i < frames.size(); i++) {
      out.put('\t');
      putFrame(frames.get(i), frames.get(i).address(), out);
      out.put('\n');
    }
  }

  private void putFrame(Frame frame, long address, TextBytes out) {
    int start = out.size();
    out.putDigits(address, 4, false);
    out.padLeft(start, start, ADDRESS_WIDTH, ' ');
    out.put(' ');
    String symbol = frame.symbol();
    if (symbol == null) {
      out.put("[unknown]");
    } else {
      out.put(frame.mangled() ? demangled.computeIfAbsent(symbol, Demangler::whole) : symbol);
      out.put("+0x");
      out.putDigits(frame.offset(), 4, false);
    }
    String file = frame.file();
    out.put(" (");
    out.put(file == null ? "[unknown]" : file);
    out.put(')');
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
    private @Nullable PrintkLiterals literals;

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
      PrintkLiterals known = literals;
      if (known == null) {
        known = PrintkLiterals.parse(trace.metadata().tracingData().printkFormats());
        literals = known;
      }
      return known.at(address);
    }
  }
}
