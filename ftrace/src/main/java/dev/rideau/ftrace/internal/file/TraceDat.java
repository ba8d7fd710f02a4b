package dev.rideau.ftrace.internal.file;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.KernelAbi;
import dev.rideau.ftrace.internal.ring.PageLayout;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the metadata of a `trace.dat` says.
///
/// @param version 6 or 7
/// @param abi of the kernel that was traced
/// @param layout of the pages of its ring buffer
/// @param formats event formats, those of ftrace itself first
/// @param options what the recorder noted
/// @param buffers the ring buffers, the top one first
/// @param symbols the text of `/proc/kallsyms`
/// @param printkFormats the text of `printk_formats`
/// @param comms the text of `saved_cmdlines`
/// @param codec how pages are compressed, null when they are not
public record TraceDat(
    Path path,
    int version,
    KernelAbi abi,
    PageLayout layout,
    List<EventFormat> formats,
    Options options,
    List<Buffer> buffers,
    byte[] symbols,
    String printkFormats,
    String comms,
    @Nullable Codec codec) {

  public TraceDat {
    formats = List.copyOf(formats);
    buffers = List.copyOf(buffers);
  }

  /// The same with other buffers.
  public TraceDat withBuffers(List<Buffer> others) {
    return new TraceDat(
        path, version, abi, layout, formats, options, others, symbols, printkFormats, comms, codec);
  }

  /// What the recorder noted; empty texts for what it did not.
  ///
  /// @param clock name of the trace clock
  /// @param offsetNs what to add to timestamps
  /// @param isWallClock whether timestamps with that offset count from the Unix epoch
  /// @param uname system, host, kernel release, kernel version, machine
  /// @param recorder program and version
  /// @param statistics texts of `per_cpu/cpuN/stats`
  /// @param traceId identity of the recording, 0 when it has none
  public record Options(
      String clock,
      long offsetNs,
      boolean isWallClock,
      String uname,
      String recorder,
      List<String> statistics,
      long traceId,
      long tscMultiplier,
      int tscShift) {
    public Options {
      statistics = List.copyOf(statistics);
    }
  }

  /// A ring buffer: that of the top level or of an instance.
  ///
  /// @param name empty for the top level
  /// @param clock its trace clock, empty when not said
  /// @param pageBytes bytes of a page of the ring buffer
  public record Buffer(String name, String clock, int pageBytes, List<CpuData> cpus) {
    public Buffer {
      cpus = List.copyOf(cpus);
    }
  }

  /// Where the pages of one CPU are.
  ///
  /// @param file the file itself, or one beside it that a recorder left which was killed
  /// @param lengthBytes as said; the file may be shorter
  /// @param compressed whether the pages are in compressed chunks
  public record CpuData(
      int cpu, Path file, long offsetBytes, long lengthBytes, boolean compressed) {}
}
