package dev.rideau.tables.internal.cache;

import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceInput;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.CodeSource;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What facts depend on, as a short text: the files of the traces (name, size, time, first and last
/// bytes), the program's version and code, and the declarations of the tables.
///
/// Bytes in the middle of a file are not read, so that a key costs the same for a trace of any
/// size; whoever changes them changes the file's time as well.
public final class CacheKey {
  private static final int SAMPLE_BYTES = 4096;

  private final ContentHash hash = new ContentHash();

  private CacheKey() {}

  /// The key of the facts that this program makes of these traces.
  ///
  /// @throws IOException when a file cannot be read
  public static String of(List<TraceInput> traces, String version) throws IOException {
    CacheKey key = new CacheKey();
    key.add(version);
    key.addCode();
    for (FactTable table : FactTables.ALL) {
      key.add(table.name());
      for (FactColumn column : table.columns()) {
        key.add(column.name() + " " + column.type());
      }
    }
    for (TraceInput trace : traces) {
      key.addTrace(trace);
    }
    return key.hash.text();
  }

  // A development build has the same version for weeks: the jar's size and time tell builds apart.
  private void addCode() throws IOException {
    for (Class<?> room : new Class<?>[] {CacheKey.class, FactTable.class, Trace.class}) {
      CodeSource source = room.getProtectionDomain().getCodeSource();
      if (source != null) {
        try {
          addCode(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException elsewhere) {
          add(source.getLocation().toString());
        }
      }
    }
  }

  // A jar, or the folder of a build.
  private void addCode(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        addAttributes(file);
      }
    }
  }

  // All files of a folder, not of folders in it: data streams lie beside their metadata.
  private void addTrace(TraceInput trace) throws IOException {
    Path root = trace.path();
    SortedSet<Path> files = new TreeSet<>();
    if (Files.isDirectory(root)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
        for (Path entry : entries) {
          if (Files.isRegularFile(entry)) {
            files.add(entry);
          }
        }
      } catch (DirectoryIteratorException failure) {
        throw failure.getCause();
      }
    } else {
      files.add(root);
    }
    add(trace.below());
    for (Path file : files) {
      add(root.relativize(file).toString());
      addAttributes(file);
      addSamples(file);
    }
  }

  private void addAttributes(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    add(attributes.size() + " " + attributes.lastModifiedTime());
  }

  private void addSamples(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer sample = ByteBuffer.allocate(SAMPLE_BYTES);
      addSample(channel, sample, 0);
      addSample(channel, sample, Math.max(SAMPLE_BYTES, channel.size() - SAMPLE_BYTES));
    }
  }

  private void addSample(FileChannel channel, ByteBuffer sample, long position) throws IOException {
    sample.clear();
    long at = position;
    while (sample.hasRemaining()) {
      int count = channel.read(sample, at);
      if (count < 0) {
        break;
      }
      at += count;
    }
    sample.flip();
    hash.add(sample);
  }

  private void add(String text) {
    hash.add(text);
  }
}
