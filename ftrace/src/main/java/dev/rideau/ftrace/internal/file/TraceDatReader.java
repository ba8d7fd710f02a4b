package dev.rideau.ftrace.internal.file;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.KernelAbi;
import dev.rideau.ftrace.internal.ring.PageLayout;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.ReadFailure;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the metadata of a `trace.dat`.
///
/// ```
/// version 6   17 08 44 "tracing" "6\0" order long page | headers | ftrace formats | formats |
///             kallsyms | printk | cmdlines | cpus | "options  \0" ... | "flyrecord\0" offsets
/// version 7   17 08 44 "tracing" "7\0" order long page codec | offset of options | sections ...
/// ```
///
/// What is missing behind a cut is reported; only what no record can be read without is thrown.
public final class TraceDatReader {
  private static final byte[] MAGIC = "\u0017\u0008Dtracing".getBytes(StandardCharsets.US_ASCII);

  /// Of one kernel there are about 3000.
  private static final int MOST_FORMATS = 100_000;

  private static final int MOST_FORMAT_BYTES = 1 << 20;
  static final int MOST_NAME_BYTES = 4096;
  static final int MOST_CPUS = 65_536;

  private final Path path;
  private final ByteInput in;
  private final FileChannel channel;
  private final DiagnosticSink diagnostics;

  private KernelAbi abi = KernelAbi.LITTLE_64;
  private PageLayout layout = PageLayout.LONG_64;
  private int pageBytes;
  private final List<EventFormat> formats = new ArrayList<>();
  private final OptionsReader options;
  private final List<TraceDat.Buffer> buffers = new ArrayList<>();
  private byte[] symbols = new byte[0];
  private String printkFormats = "";
  private String comms = "";
  private @Nullable Codec codec;

  private TraceDatReader(Path path, FileChannel channel, DiagnosticSink diagnostics)
      throws IOException {
    this.path = path;
    this.channel = channel;
    this.diagnostics = diagnostics;
    in = new ByteInput(channel);
    options = new OptionsReader();
  }

  /// Whether the file starts as a `trace.dat` does.
  public static boolean probe(FileChannel channel) throws IOException {
    try {
      return Arrays.equals(new ByteInput(channel).bytes(MAGIC.length), MAGIC);
    } catch (TruncatedException _) {
      return false;
    }
  }

  /// Reads the metadata.
  ///
  /// @throws TraceException when there is not enough of it
  public static TraceDat read(Path path, DiagnosticSink diagnostics) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new TraceDatReader(path, channel, diagnostics).read();
    } catch (IOException failure) {
      throw new TraceException(
          Diagnostic.error(
              "unreadable-file",
              "the file cannot be read (%s)".formatted(ReadFailure.reason(failure)),
              Origin.ofFile(path),
              "Check its permissions and the disk."),
          failure);
    }
  }

  private TraceDat read() throws IOException {
    int version;
    try {
      version = readStart();
    } catch (TruncatedException cut) {
      throw new TraceException(cut(cut, Severity.ERROR));
    }
    try {
      if (version == 6) {
        readVersion6();
      } else {
        readVersion7();
      }
    } catch (TruncatedException cut) {
      if (formats.isEmpty()) {
        throw new TraceException(cut(cut, Severity.ERROR));
      }
      diagnostics.report(cut(cut, Severity.WARNING));
    }
    if (formats.isEmpty()) {
      throw new TraceException(
          fault("no-event-formats", "the file holds no event formats", 0, "Record it again."));
    }
    return new TraceDat(
        path,
        version,
        abi,
        layout,
        formats,
        options.done(),
        buffers,
        symbols,
        printkFormats,
        comms,
        codec);
  }

  /// Reads what all versions start with.
  private int readStart() throws IOException, TruncatedException {
    if (!Arrays.equals(in.bytes(MAGIC.length), MAGIC)) {
      throw new TraceException(
          fault("no-trace-dat", "the file does not start as a trace.dat does", 0, null));
    }
    String version = in.terminated(16);
    if (!version.equals("6") && !version.equals("7")) {
      throw new TraceException(
          fault(
              "trace-dat-version",
              "this is version %s of trace.dat; Rideau reads 6 and 7".formatted(version),
              MAGIC.length,
              "'trace-cmd convert' writes versions 6 and 7."));
    }
    ByteOrder order = in.read1() == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    in.order(order);
    abi = new KernelAbi(order, in.read1() == 4 ? 4 : 8);
    pageBytes = checkedPage(in.read4());
    return version.equals("6") ? 6 : 7;
  }

  private int checkedPage(int bytes) {
    if (bytes < 512 || bytes > 1 << 26 || Integer.bitCount(bytes) != 1) {
      throw new TraceException(
          fault(
              "page-size",
              "a page of %d bytes is none".formatted(bytes),
              in.position(),
              "The file is damaged."));
    }
    return bytes;
  }

  // ---------------------------------------------------------------- version 6

  private void readVersion6() throws IOException, TruncatedException {
    readHeaderInfo(in);
    readFtraceFormats(in);
    readFormats(in);
    symbols = in.bytes(in.read4() & 0xFFFF_FFFFL);
    printkFormats = in.text(in.read4() & 0xFFFF_FFFFL);
    comms = in.text(in.read8());
    int cpus = in.read4();
    String kind = in.text(10);
    if (kind.startsWith("options")) {
      while (true) {
        int id = in.read2();
        if (id == 0) {
          break;
        }
        long size = in.read4() & 0xFFFF_FFFFL;
        long end = in.position() + size;
        options.read(id, in.bytes(size), abi.byteOrder());
        in.position(end);
      }
      kind = in.text(10);
    }
    if (kind.startsWith("latency")) {
      throw new TraceException(
          fault(
              "latency-trace",
              "the file holds the text of a latency tracer and no event records",
              in.position(),
              "'trace-cmd report' shows it."));
    }
    if (options.cpuCount() > 0) {
      cpus = options.cpuCount();
    }
    buffers.add(
        new TraceDat.Buffer("", options.clock(), pageBytes, readCpus(Math.max(0, cpus), "")));
    for (OptionsReader.Instance instance : options.instances()) {
      in.position(instance.offsetBytes());
      if (in.text(10).startsWith("flyrecord")) {
        List<TraceDat.CpuData> data = readCpus(Math.max(0, cpus), instance.name());
        buffers.add(new TraceDat.Buffer(instance.name(), options.clock(), pageBytes, data));
      }
    }
  }

  private List<TraceDat.CpuData> readCpus(int count, String buffer)
      throws IOException, TruncatedException {
    if (count > MOST_CPUS) {
      throw new TruncatedException(in.position());
    }
    List<TraceDat.CpuData> cpus = new ArrayList<>();
    for (int cpu = 0; cpu < count; cpu++) {
      long offset = in.read8();
      long size = in.read8();
      if (size == 0 && offset == UnfinishedParts.MARK) {
        cpus.add(UnfinishedParts.of(path, buffer, cpu));
      } else {
        cpus.add(new TraceDat.CpuData(cpu, path, offset, size, false));
      }
    }
    return cpus;
  }

  // ---------------------------------------------------------------- version 7

  private void readVersion7() throws IOException, TruncatedException {
    String name = in.terminated(MOST_NAME_BYTES);
    in.terminated(MOST_NAME_BYTES);
    codec = Codec.named(name);
    if (codec == null && !name.equals("none")) {
      throw new TraceException(
          fault(
              "unknown-compression",
              "the file is compressed with '%s', which Rideau does not know".formatted(name),
              in.position(),
              "'trace-cmd convert --compression zstd' writes it anew."));
    }
    long next = in.read8();
    // Offsets only go on, or a damaged file would lead round in a circle.
    int sections = 0;
    while (next != 0 && sections++ < 1000) {
      in.position(next);
      Section section = section();
      ByteInput content = content(section);
      next = 0;
      while (content.remaining() >= 6) {
        int id = content.read2();
        byte[] data = content.bytes(content.read4() & 0xFFFF_FFFFL);
        if (id == 0) {
          next = data.length >= 8 ? OptionsReader.number(data, 0, 8, abi.byteOrder()) : 0;
          break;
        }
        options.read(id, data, abi.byteOrder());
      }
    }
    for (OptionsReader.SectionPlace place : options.sections()) {
      in.position(place.offsetBytes());
      Section section = section();
      readSection(place.id(), content(section));
    }
    for (OptionsReader.Instance instance : options.instances()) {
      in.position(instance.offsetBytes());
      boolean compressed = section().isCompressed();
      List<TraceDat.CpuData> cpus = new ArrayList<>();
      for (OptionsReader.CpuPlace cpu : instance.cpus()) {
        cpus.add(
            new TraceDat.CpuData(
                cpu.cpu(), path, cpu.offsetBytes(), cpu.lengthBytes(), compressed));
      }
      int bytes = checkedPage(instance.pageBytes());
      TraceDat.Buffer buffer = new TraceDat.Buffer(instance.name(), instance.clock(), bytes, cpus);
      buffers.add(instance.name().isEmpty() ? 0 : buffers.size(), buffer);
    }
  }

  private record Section(int id, boolean isCompressed, long lengthBytes) {}

  private Section section() throws IOException, TruncatedException {
    int id = in.read2();
    int flags = in.read2();
    in.read4();
    return new Section(id, (flags & 1) != 0, in.read8());
  }

  /// The content of the section whose header was just read; only metadata sections.
  private ByteInput content(Section section) throws IOException, TruncatedException {
    Codec codec = this.codec;
    if (!section.isCompressed || codec == null) {
      return new ByteInput(channel, in.bytes(section.lengthBytes), abi.byteOrder());
    }
    long packed = in.read4() & 0xFFFF_FFFFL;
    long unpacked = in.read4() & 0xFFFF_FFFFL;
    byte[] from = in.bytes(packed);
    // No algorithm packs better than this, so nobody makes us allocate for nothing.
    if (unpacked > 1 << 30 || unpacked > 65_536 + packed * 1100) {
      throw new TruncatedException(in.position());
    }
    byte[] to = new byte[(int) unpacked];
    if (!codec.unpack(from, from.length, to)) {
      diagnostics.report(
          fault(
              "broken-compression",
              "a compressed section cannot be unpacked",
              in.position(),
              "The file is damaged; what the section holds is left out."));
      return new ByteInput(channel, new byte[0], abi.byteOrder());
    }
    return new ByteInput(channel, to, abi.byteOrder());
  }

  private void readSection(int id, ByteInput content) throws IOException {
    try {
      switch (id) {
        case OptionsReader.HEADER_INFO -> readHeaderInfo(content);
        case OptionsReader.FTRACE_EVENTS -> readFtraceFormats(content);
        case OptionsReader.EVENT_FORMATS -> readFormats(content);
        case OptionsReader.KALLSYMS -> symbols = content.bytes(content.read4() & 0xFFFF_FFFFL);
        case OptionsReader.PRINTK -> printkFormats = content.text(content.read4() & 0xFFFF_FFFFL);
        case OptionsReader.CMDLINES -> comms = content.text(content.read8());
        default -> {}
      }
    } catch (TruncatedException cut) {
      diagnostics.report(cut(cut, Severity.WARNING));
    }
  }

  // ---------------------------------------------------------------- parts of both

  private void readHeaderInfo(ByteInput from) throws IOException, TruncatedException {
    from.skip("header_page\0".length());
    layout = PageLayout.parse(from.text(from.read8()));
    abi = new KernelAbi(abi.byteOrder(), layout.commitBytes());
    from.skip("header_event\0".length());
    from.skip(from.read8());
  }

  private void readFtraceFormats(ByteInput from) throws IOException, TruncatedException {
    long count = from.read4() & 0xFFFF_FFFFL;
    for (long i = 0; i < count; i++) {
      readFormat("ftrace", from);
    }
  }

  private void readFormats(ByteInput from) throws IOException, TruncatedException {
    long systems = from.read4() & 0xFFFF_FFFFL;
    for (long i = 0; i < systems; i++) {
      String system = from.terminated(MOST_NAME_BYTES);
      long count = from.read4() & 0xFFFF_FFFFL;
      for (long j = 0; j < count; j++) {
        readFormat(system, from);
      }
    }
  }

  private void readFormat(String system, ByteInput from) throws IOException, TruncatedException {
    long size = from.read8();
    if (size < 0 || size > MOST_FORMAT_BYTES || formats.size() >= MOST_FORMATS) {
      throw new TruncatedException(from.position());
    }
    String text = from.text(size);
    try {
      formats.add(EventFormat.parse(system, text, abi));
    } catch (TraceException broken) {
      Diagnostic diagnostic = broken.diagnostic();
      diagnostics.report(
          Diagnostic.of(
              Severity.WARNING,
              diagnostic.rule(),
              diagnostic.message(),
              Origin.ofFile(path),
              diagnostic.advice()));
    }
  }

  private Diagnostic cut(TruncatedException cut, Severity severity) {
    return Diagnostic.of(
        severity,
        "truncated-file",
        "the metadata of the trace ends too early",
        new Origin(path, null, -1, cut.position() * 8, 0, 0),
        "The file was cut off or is damaged.");
  }

  private Diagnostic fault(String rule, String message, long position, @Nullable String advice) {
    return Diagnostic.error(rule, message, new Origin(path, null, -1, position * 8, 0, 0), advice);
  }
}
