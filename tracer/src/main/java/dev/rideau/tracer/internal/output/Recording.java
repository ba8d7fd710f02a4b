package dev.rideau.tracer.internal.output;

import dev.rideau.tracer.ChannelOptions;
import dev.rideau.tracer.Context;
import dev.rideau.tracer.TracerException;
import dev.rideau.tracer.internal.emit.Target;
import dev.rideau.tracer.internal.emit.Tracepoint;
import dev.rideau.tracer.internal.schema.Names;
import dev.rideau.tracer.internal.schema.Tsdl;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A trace while it is being recorded.
///
/// ```
/// DIR/metadata
/// DIR/CHANNEL_STRIPE          the streams
/// DIR/archives/N-TIME/        what was rotated away: a trace by itself
/// DIR/snapshots/N-TIME/       snapshots: traces by themselves
/// DIR/.buffers/               ring buffers, layouts, owner; gone when the session is closed well
/// ```
///
/// `.buffers` is a symbolic link where the buffers lie elsewhere.
public final class Recording {
  static final String BUFFERS = ".buffers";
  static final String OWNER = "owner";
  static final String LAYOUTS = "layouts";

  private static final System.Logger LOGGER = System.getLogger("dev.rideau.tracer");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssZ");

  private final Path folder;
  private final Path buffers;
  private final GrowingFile metadata;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private int archives;
  private int snapshots;

  /// Creates the folder, the metadata and the buffers.
  ///
  /// @param buffersElsewhere folder for the ring buffers; null: below `folder`
  /// @param defineStack records a `rideau:stack` event
  public Recording(
      String name,
      Path folder,
      @Nullable Path buffersElsewhere,
      List<ChannelOptions> options,
      BiConsumer<Integer, String> defineStack) {
    check(options);
    this.folder = folder;
    metadata = new GrowingFile(folder.resolve("metadata"));
    boolean isNew = !Files.exists(folder);
    try {
      prepare(folder);
    } catch (IOException failure) {
      throw unusable(failure);
    }
    UUID uuid = UUID.randomUUID();
    try {
      buffers = createBuffers(folder, buffersElsewhere, uuid);
      TraceClock clock = TraceClock.measure();
      metadata.append(Tsdl.head(uuid.toString(), environment(name), clock.uuid(), clock.offset()));
      StackTraces stacks = new StackTraces(defineStack);
      byte[] identity =
          ByteBuffer.allocate(16)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array();
      for (ChannelOptions each : options) {
        channels.put(
            each.name(),
            new Channel(each, channels.size(), folder, buffers, identity, metadata, stacks));
      }
    } catch (IOException failure) {
      close();
      removeAll(isNew);
      throw unusable(failure);
    }
    channels.values().forEach(Consumer::add);
  }

  // Before anything is made, so that nothing is left of what is refused.
  private static void check(List<ChannelOptions> options) {
    Set<String> names = new HashSet<>();
    for (ChannelOptions each : options) {
      if (!names.add(Names.file(each.name(), "channel"))) {
        throw new TracerException("two channels are called '" + each.name() + "'");
      }
      try {
        Channel.check(each);
      } catch (IllegalArgumentException wrong) {
        throw new TracerException("a channel cannot be made: " + wrong.getMessage(), wrong);
      }
    }
  }

  // The folder was empty or absent, so what is in it is of this recording.
  private void removeAll(boolean isNew) {
    try {
      deleteFiles(folder);
      if (isNew) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException leftBehind) {
      LOGGER.log(System.Logger.Level.WARNING, "files were left behind: folder={0}", folder);
    }
  }

  private TracerException unusable(IOException failure) {
    return new TracerException(
        folder + ": cannot be recorded to: " + failure + "; name a new folder with room", failure);
  }

  private static void prepare(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw new IOException("the folder is not empty");
      }
    }
  }

  private static Path createBuffers(Path folder, @Nullable Path elsewhere, UUID uuid)
      throws IOException {
    // Not made: a memory file system that is misspelt would be a folder of the disk.
    if (elsewhere != null && !Files.isDirectory(elsewhere)) {
      throw new IOException(elsewhere + ": there is no such folder for the ring buffers");
    }
    Path link = folder.resolve(BUFFERS);
    Path buffers = link;
    if (elsewhere != null) {
      buffers = elsewhere.toAbsolutePath().resolve("rideau-" + uuid);
      Files.createDirectories(buffers);
      Files.createSymbolicLink(link, buffers);
    } else {
      Files.createDirectory(link);
    }
    ProcessHandle self = ProcessHandle.current();
    Files.writeString(
        buffers.resolve(OWNER),
        self.pid() + " " + self.info().startInstant().map(Object::toString).orElse("?") + "\n");
    return buffers;
  }

  private static Map<String, Object> environment(String name) {
    Map<String, Object> entries = new LinkedHashMap<>();
    String host = TraceClock.read("/proc/sys/kernel/hostname");
    entries.put("hostname", host == null ? "localhost" : host);
    entries.put("domain", "ust");
    entries.put("tracer_name", "rideau-tracer");
    entries.put("tracer_major", 0);
    entries.put("tracer_minor", 1);
    entries.put("tracer_buffering_scheme", "pid");
    entries.put("tracer_buffering_id", ProcessHandle.current().pid());
    entries.put("architecture_bit_width", 64);
    entries.put("vpid", ProcessHandle.current().pid());
    entries.put("procname", "java");
    entries.put("java_version", Runtime.version().toString());
    entries.put("trace_name", name);
    entries.put("trace_creation_datetime", TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    return entries;
  }

  /// The trace's folder.
  public Path folder() {
    return folder;
  }

  /// Names of the channels.
  public Iterable<String> channelNames() {
    return channels.keySet();
  }

  /// Whether there is such a channel.
  public boolean hasChannel(String name) {
    return channels.containsKey(name);
  }

  /// Whether a channel asks for stack traces.
  public static boolean wantsStacks(List<ChannelOptions> options) {
    return options.stream().anyMatch(each -> each.contexts().contains(Context.STACK));
  }

  /// A target in front of others, or null when the channel cannot take the event.
  public @Nullable Target target(
      String channel, Tracepoint point, @Nullable MethodHandle filter, @Nullable Target next) {
    Channel found = channels.get(channel);
    return found == null ? null : found.target(point, filter, next);
  }

  /// Writes everything that has been committed to the files.
  public void flush() {
    channels.values().forEach(Channel::flush);
  }

  /// Moves what has been recorded so far into a trace of its own.
  ///
  /// @throws IOException when there is no room; nothing was moved then
  public Path rotate() throws IOException {
    Path archive = numbered("archives", ++archives);
    int described;
    try {
      described = metadata.copyTo(archive, 0);
    } catch (IOException failure) {
      throw deleted(archive, failure);
    }
    for (Channel channel : channels.values()) {
      channel.rotateTo(archive);
    }
    // Events that were declared meanwhile.
    int whole = metadata.copyTo(archive, described);
    assert whole >= described;
    return archive;
  }

  /// Writes what is in the buffers to a trace of its own.
  ///
  /// @throws IOException when there is no room; nothing is left of it then
  public Path snapshot() throws IOException {
    Path target = numbered("snapshots", ++snapshots);
    try {
      for (Channel channel : channels.values()) {
        channel.snapshotTo(target);
      }
      int whole = metadata.copyTo(target, 0);
      assert whole > 0;
    } catch (IOException failure) {
      throw deleted(target, failure);
    }
    return target;
  }

  // Half a trace is of no use, and takes room.
  private static IOException deleted(Path folder, IOException failure) {
    try {
      deleteWithFiles(folder);
    } catch (IOException leftBehind) {
      failure.addSuppressed(leftBehind);
    }
    return new IOException(
        folder + ": could not be written, nothing is left of it: " + failure.getMessage(), failure);
  }

  private Path numbered(String parent, int number) throws IOException {
    return Files.createDirectories(
        folder
            .resolve(parent)
            .resolve(number + "-" + TIME.format(ZonedDateTime.now(ZoneOffset.UTC))));
  }

  /// Writes the rest and lets the buffers go; after a failure whoever recovers the trace gets them.
  public void close() {
    boolean failed = false;
    for (Channel channel : channels.values()) {
      Consumer.remove(channel);
      channel.close();
      failed |= channel.hasFailed();
    }
    if (failed) {
      disown();
    } else {
      deleteBuffers();
    }
  }

  // The process may go on for long, but records here no more.
  private void disown() {
    try {
      Files.deleteIfExists(folder.resolve(BUFFERS).resolve(OWNER));
    } catch (IOException leftBehind) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "the trace can be recovered when this program has ended: folder={0}",
          folder);
    }
  }

  private void deleteBuffers() {
    if (!Files.exists(folder.resolve(BUFFERS), LinkOption.NOFOLLOW_LINKS)) {
      return; // they could not be made
    }
    try {
      deleteWithFiles(folder.resolve(BUFFERS).toRealPath());
      Files.deleteIfExists(folder.resolve(BUFFERS));
    } catch (IOException leftBehind) {
      LOGGER.log(System.Logger.Level.WARNING, "buffers were left behind: folder={0}", folder);
    }
  }

  private static void deleteWithFiles(Path folder) throws IOException {
    deleteFiles(folder);
    Files.deleteIfExists(folder);
  }

  private static void deleteFiles(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> content = Files.list(folder)) {
      files = content.toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /// Events that were lost.
  public long lost() {
    return channels.values().stream().mapToLong(Channel::lost).sum();
  }

  /// Events that were lost because they do not fit into a sub-buffer.
  public long lostTooLarge() {
    return channels.values().stream().mapToLong(Channel::lostTooLarge).sum();
  }

  /// Why recording stopped, or null.
  public @Nullable String failure() {
    return channels.values().stream()
        .map(Channel::failure)
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
