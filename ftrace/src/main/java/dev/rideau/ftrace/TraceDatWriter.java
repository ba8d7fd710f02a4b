package dev.rideau.ftrace;

import dev.rideau.ftrace.internal.file.Restrictions;
import dev.rideau.ftrace.internal.file.UnfinishedParts;
import dev.rideau.ftrace.internal.ring.PageLayout;
import dev.rideau.ftrace.internal.ring.RingPage;
import dev.rideau.ftrace.internal.write.HeadBuffer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Writes a `trace.dat` of version 6, which every trace-cmd and KernelShark reads.
///
/// The metadata is written first, with room for what is known only at the end. While a recording
/// runs, the pages of each CPU go to a file of their own beside it ([#part(int)]); at the end they
/// are appended. So a recording can be read at any moment, also after its recorder was killed.
///
/// Used by one thread.
public final class TraceDatWriter implements AutoCloseable {
  /// The second buffer, for records that the recorder made itself.
  public static final String STATE_BUFFER = "statedump";

  /// Room for the names of tasks that became known while recording.
  private static final int COMMS_BYTES = 512 * 1024;

  /// Room for the statistics of a CPU.
  private static final int STATISTICS_BYTES = 512;

  private static final int DATE = 1;
  private static final int CPUSTAT = 2;
  private static final int BUFFER = 3;
  private static final int TRACECLOCK = 4;
  private static final int UNAME = 5;
  private static final int OFFSET = 7;
  private static final int CPUCOUNT = 8;
  private static final int VERSION = 9;
  private static final int TRACEID = 11;
  private static final int TSC2NSEC = 14;

  private final Path path;
  private final FileChannel channel;
  private final int cpus;
  private final int pageBytes;
  private long commsAt;
  private int commsLength;
  private final long[] statisticsAt;
  private long tableAt;
  private long stateTableAt;

  private TraceDatWriter(Path path, FileChannel channel, int cpus, int pageBytes) {
    this.path = path;
    this.channel = channel;
    this.cpus = cpus;
    this.pageBytes = pageBytes;
    statisticsAt = new long[cpus];
  }

  /// Writes the metadata of a new file, which then is a recording without records. Until it is
  /// closed the file is locked, and its parts with it.
  ///
  /// @throws BusyFileException when another writer writes it; it stays as it is
  public static TraceDatWriter create(Path path, RecordingMetadata metadata) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    TraceDatWriter writer =
        new TraceDatWriter(path, channel, metadata.cpus(), metadata.pageBytes());
    try {
      lock(path, channel);
      channel.truncate(0);
      writer.writeHead(metadata);
    } catch (IOException | RuntimeException | Error failure) {
      channel.close();
      throw failure;
    }
    return writer;
  }

  /// Locks the file; the kernel unlocks it with the end of the process, however that ends.
  private static void lock(Path path, FileChannel channel) throws BusyFileException {
    boolean isBusy;
    try {
      isBusy = channel.tryLock() == null;
    } catch (OverlappingFileLockException _) {
      isBusy = true;
    } catch (IOException _) {
      // A file system without locks.
      isBusy = false;
    }
    if (isBusy) {
      throw new BusyFileException(path);
    }
  }

  private void writeHead(RecordingMetadata metadata) throws IOException {
    HeadBuffer head = new HeadBuffer();
    head.raw(new byte[] {0x17, 0x08, 0x44}).ascii("tracing").terminated("6");
    head.byte1(0).byte1(8).int4(pageBytes);
    head.terminated("header_page").long8(metadata.headerPage().length());
    head.ascii(metadata.headerPage());
    head.terminated("header_event").long8(metadata.headerEvent().length());
    head.ascii(metadata.headerEvent());
    head.int4(metadata.ftraceFormats().size());
    formats(head, metadata.ftraceFormats());
    head.int4(metadata.formats().size());
    for (Map.Entry<String, List<String>> system : metadata.formats().entrySet()) {
      head.terminated(system.getKey()).int4(system.getValue().size());
      formats(head, system.getValue());
    }
    head.int4(metadata.symbols().length).raw(metadata.symbols());
    byte[] literals = metadata.printkFormats().getBytes(StandardCharsets.UTF_8);
    head.int4(literals.length).raw(literals);
    head.long8(COMMS_BYTES);
    commsAt = head.size();
    head.fill('\n', COMMS_BYTES);
    head.int4(cpus);
    head.raw("options  \0".getBytes(StandardCharsets.US_ASCII));
    // Microseconds, rounded towards the past as all parts of a clock are.
    long micros = Math.floorDiv(metadata.clockOffsetNs(), 1000L);
    head.option(DATE, "0x" + Long.toHexString(micros));
    // What is left, so that traces of user space on the same clock lie right to the nanosecond.
    head.option(OFFSET, Long.toString(Math.floorMod(metadata.clockOffsetNs(), 1000L)));
    head.option(TRACECLOCK, metadata.clocks());
    if (metadata.cycleMultiplier() != 0) {
      head.int2(TSC2NSEC).int4(16).int4((int) metadata.cycleMultiplier());
      head.int4(metadata.cycleShift()).long8(0);
    }
    head.option(UNAME, metadata.uname());
    head.option(
        VERSION, Restrictions.text(metadata.recorder(), metadata.tids(), metadata.partialEvents()));
    head.int2(CPUCOUNT).int4(4).int4(cpus);
    head.int2(TRACEID).int4(8).long8(System.nanoTime() ^ (long) path.hashCode() << 32);
    for (int cpu = 0; cpu < cpus; cpu++) {
      head.int2(CPUSTAT).int4(STATISTICS_BYTES);
      statisticsAt[cpu] = head.size();
      head.fill('\n', STATISTICS_BYTES);
    }
    byte[] name = (STATE_BUFFER + "\0").getBytes(StandardCharsets.US_ASCII);
    head.int2(BUFFER).int4(8 + name.length);
    int bufferAt = head.size();
    head.long8(0).raw(name);
    head.int2(0);
    head.raw("flyrecord\0".getBytes(StandardCharsets.US_ASCII));
    tableAt = head.size();
    for (int cpu = 0; cpu < cpus; cpu++) {
      head.long8(UnfinishedParts.MARK).long8(0);
    }
    // Not in the manual page, but trace-cmd reads the clock here.
    byte[] clocks = metadata.clocks().getBytes(StandardCharsets.US_ASCII);
    head.long8(clocks.length).raw(clocks);
    head.patch8(bufferAt, head.size());
    head.raw("flyrecord\0".getBytes(StandardCharsets.US_ASCII));
    stateTableAt = head.size();
    for (int cpu = 0; cpu < cpus; cpu++) {
      head.long8(0).long8(0);
    }
    head.long8(clocks.length).raw(clocks);
    write(head.toBuffer(), 0);
  }

  private static void formats(HeadBuffer head, List<String> texts) {
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      head.long8(bytes.length).raw(bytes);
    }
  }

  /// The file that pages of a CPU go to while recording.
  public Path part(int cpu) {
    return UnfinishedParts.path(path, "", cpu);
  }

  /// How many records are on the whole pages of the part of a CPU.
  public long recordsInPart(int cpu) throws IOException {
    Path part = part(cpu);
    if (!Files.exists(part)) {
      return 0;
    }
    boolean isSwapped = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;
    long records = 0;
    byte[] page = new byte[pageBytes];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(part), 1 << 20)) {
      while (in.readNBytes(page, 0, pageBytes) == pageBytes) {
        records += RingPage.records(page, PageLayout.LONG_64, isSwapped);
      }
    }
    return records;
  }

  /// Appends pages with records that the recorder made itself; at most once.
  public void putState(List<ByteBuffer> pages) throws IOException {
    long start = aligned(channel.size());
    long at = start;
    for (ByteBuffer page : pages) {
      int length = page.remaining();
      write(page, at);
      at += length;
    }
    place(stateTableAt, start, at - start);
  }

  /// Appends the pages that are in the part of a CPU, and removes the part.
  public void finishCpu(int cpu) throws IOException {
    finishCpu(cpu, 0);
  }

  /// Appends the pages that are in the part of a CPU, without those before `skippedBytes`, and
  /// removes the part.
  public void finishCpu(int cpu, long skippedBytes) throws IOException {
    Path part = part(cpu);
    if (!Files.exists(part)) {
      place(tableAt + cpu * 16L, 0, 0);
      return;
    }
    long start = aligned(channel.size());
    try (FileChannel from = FileChannel.open(part, StandardOpenOption.READ)) {
      long length = Math.max(0, from.size() - skippedBytes);
      channel.position(start);
      for (long done = 0; done < length; ) {
        long count = from.transferTo(skippedBytes + done, length - done, channel);
        if (count <= 0) {
          throw new IOException("the pages of CPU %d cannot be copied".formatted(cpu));
        }
        done += count;
      }
      // In this order: whoever reads meanwhile finds the pages here or there.
      place(tableAt + cpu * 16L, length == 0 ? 0 : start, length);
    } catch (IOException failure) {
      // The pages stay in their part; half a copy would only fill the disk.
      channel.truncate(start);
      throw failure;
    }
    Files.delete(part);
  }

  /// Says what the kernel counted for a CPU: the text of `per_cpu/cpuN/stats`.
  public void putStatistics(int cpu, String text) throws IOException {
    byte[] bytes = ("CPU: " + cpu + "\n" + text).getBytes(StandardCharsets.UTF_8);
    write(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, STATISTICS_BYTES)), statisticsAt[cpu]);
  }

  /// Says the names of tasks: lines of tid and name. What has no room is left out from the end.
  public void putComms(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, COMMS_BYTES);
    while (length < bytes.length && length > 0 && bytes[length - 1] != '\n') {
      length--;
    }
    // Behind a shorter text than before nothing of that one may be left.
    byte[] area = Arrays.copyOf(bytes, Math.max(length, commsLength));
    Arrays.fill(area, length, area.length, (byte) '\n');
    commsLength = length;
    write(ByteBuffer.wrap(area), commsAt);
  }

  private long aligned(long bytes) {
    return (bytes + pageBytes - 1) / pageBytes * pageBytes;
  }

  private void place(long at, long offset, long length) throws IOException {
    ByteBuffer entry = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    write(entry.putLong(offset).putLong(length).flip(), at);
  }

  private void write(ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
