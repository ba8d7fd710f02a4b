package dev.rideau.ftrace.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files in which a running recorder collects pages, one for each CPU, beside the file that
/// they become part of. One that was killed leaves them behind, and the recording can be read
/// still.
///
/// ```
/// trace.dat           metadata; offsets of the CPUs are [#MARK], sizes 0
/// trace.dat.cpu0      pages of CPU 0
/// trace.dat.cpu1
/// ```
public final class UnfinishedParts {
  /// Offset of pages that are in a file of their own.
  public static final long MARK = -1;

  private UnfinishedParts() {}

  /// The file of a CPU.
  public static Path path(Path traceDat, String buffer, int cpu) {
    String suffix = (buffer.isEmpty() ? "" : "." + buffer.replace('/', '_')) + ".cpu" + cpu;
    return traceDat.resolveSibling(traceDat.getFileName() + suffix);
  }

  static TraceDat.CpuData of(Path traceDat, String buffer, int cpu) {
    Path part = path(traceDat, buffer, cpu);
    long length = 0;
    try {
      length = Files.size(part);
    } catch (IOException _) {
      // Nothing was recorded there.
      part = traceDat;
    }
    return new TraceDat.CpuData(cpu, part, 0, length, false);
  }
}
