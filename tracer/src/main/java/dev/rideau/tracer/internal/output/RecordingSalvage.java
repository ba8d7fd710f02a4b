package dev.rideau.tracer.internal.output;

import dev.rideau.tracer.Recovery;
import dev.rideau.tracer.internal.buffer.BufferSalvage;
import dev.rideau.tracer.internal.buffer.RecordLayouts;
import dev.rideau.tracer.internal.buffer.StreamTail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finishes the trace of a process that was killed; see [Recording] for what it left.
public final class RecordingSalvage {
  private static final String METADATA = "metadata";

  // With this each piece of metadata ends.
  private static final String BLOCK_END = "};\n\n";

  private final Path folder;
  private final List<String> notes = new ArrayList<>();

  /// @param folder of the trace
  public RecordingSalvage(Path folder) {
    this.folder = folder;
  }

  /// Whether a folder holds a recording that was not closed.
  public static boolean isUnfinished(Path folder) {
    return Files.exists(folder.resolve(Recording.BUFFERS), LinkOption.NOFOLLOW_LINKS);
  }

  /// Works in place.
  public Recovery.Result recover() throws IOException {
    Path buffers = buffers();
    Recovery.Result result = recover(buffers, folder);
    for (Path file : list(buffers)) {
      Files.delete(file);
    }
    Files.delete(buffers);
    Files.deleteIfExists(folder.resolve(Recording.BUFFERS));
    return result;
  }

  /// Works on a copy.
  public Recovery.Result recoverTo(Path target) throws IOException {
    Path buffers = buffers();
    Files.createDirectories(target);
    if (!list(target).isEmpty()) {
      throw new IOException(target + ": is not empty");
    }
    for (Path file : list(folder)) {
      if (Files.isRegularFile(file)) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return recover(buffers, target);
  }

  private Path buffers() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          folder
              + (Files.exists(folder)
                  ? ": is a file; a folder that a program recorded to is wanted"
                  : ": there is no such folder"));
    }
    if (!isUnfinished(folder)) {
      throw new IOException(folder + ": there is nothing to recover; the recording was closed");
    }
    Path link = folder.resolve(Recording.BUFFERS);
    if (!Files.isDirectory(link)) {
      throw new IOException(
          folder
              + ": the buffers are gone: "
              + link
              + "; after a restart of the machine those in"
              + " memory are lost, and the trace ends with its files");
    }
    Path buffers = link.toRealPath();
    refuseOwner(buffers.resolve(Recording.OWNER));
    return buffers;
  }

  private void refuseOwner(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String[] words = Files.readString(file).strip().split(" ");
    Optional<ProcessHandle> process;
    try {
      process = ProcessHandle.of(Long.parseLong(words[0]));
    } catch (NumberFormatException damaged) {
      return;
    }
    Optional<String> started =
        process.flatMap(each -> each.info().startInstant()).map(Instant::toString);
    boolean isSame = words.length < 2 || started.isEmpty() || started.get().equals(words[1]);
    if (process.isPresent() && process.get().isAlive() && isSame) {
      throw new IOException(
          folder + ": process " + words[0] + " still records it; stop it, or ask for a snapshot");
    }
  }

  private Recovery.Result recover(Path buffers, Path target) throws IOException {
    if (!cutMetadata(target.resolve(METADATA))) {
      return new Recovery.Result(target, 0, 0, notes);
    }
    Map<Long, RecordLayouts> layouts = layouts(buffers.resolve(Recording.LAYOUTS));
    int packets = 0;
    long lost = 0;
    for (Path file : list(buffers)) {
      String name = file.getFileName().toString();
      if (name.equals(Recording.LAYOUTS) || name.equals(Recording.OWNER)) {
        continue;
      }
      try {
        BufferSalvage buffer = BufferSalvage.open(file);
        Path stream = target.resolve(name);
        StreamTail.cut(stream, buffer.firstPacket());
        try (StreamFile output = new StreamFile(stream)) {
          packets +=
              buffer.recover(
                  layouts.getOrDefault(buffer.streamClass(), new RecordLayouts()), output);
        }
        lost += buffer.lost();
      } catch (BufferSalvage.DamagedBufferException damaged) {
        notes.add(damaged.getMessage());
      }
    }
    return new Recovery.Result(target, packets, lost, List.copyOf(notes));
  }

  // A piece of metadata that was being written has no records yet.
  private boolean cutMetadata(Path metadata) throws IOException {
    String text = Files.exists(metadata) ? Files.readString(metadata) : "";
    int end = text.lastIndexOf(BLOCK_END);
    if (end < 0) {
      notes.add(metadata + ": the program was killed before recording began");
      return false;
    }
    String whole = text.substring(0, end + BLOCK_END.length());
    if (whole.length() < text.length()) {
      notes.add(metadata + ": an unfinished description of an event was cut off");
      Files.writeString(metadata, whole);
    }
    return true;
  }

  private static Map<Long, RecordLayouts> layouts(Path file) throws IOException {
    Map<Long, RecordLayouts> layouts = new HashMap<>();
    if (!Files.exists(file)) {
      return layouts;
    }
    for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n")) {
      String[] words = line.split(" ", 3);
      if (!line.endsWith(";") || words.length < 3) {
        continue; // cut off in the middle
      }
      try {
        layouts
            .computeIfAbsent(Long.parseLong(words[0]), _ -> new RecordLayouts())
            .put(Integer.parseInt(words[1]), words[2].substring(0, words[2].length() - 1));
      } catch (NumberFormatException damaged) {
        continue;
      }
    }
    return layouts;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.sorted().toList();
    }
  }
}
