package dev.rideau.tracer.internal.output;

import dev.rideau.tracer.BufferMode;
import dev.rideau.tracer.ChannelOptions;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.internal.buffer.BufferFile;
import dev.rideau.tracer.internal.buffer.BufferGeometry;
import dev.rideau.tracer.internal.buffer.PacketDrain;
import dev.rideau.tracer.internal.buffer.RecordLayouts;
import dev.rideau.tracer.internal.buffer.StripeBuffer;
import dev.rideau.tracer.internal.buffer.Stripes;
import dev.rideau.tracer.internal.emit.Target;
import dev.rideau.tracer.internal.emit.Tracepoint;
import dev.rideau.tracer.internal.schema.EventShape;
import dev.rideau.tracer.internal.schema.FieldShape;
import dev.rideau.tracer.internal.schema.FieldShape.NamedField;
import dev.rideau.tracer.internal.schema.Layout;
import dev.rideau.tracer.internal.schema.Tsdl;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A channel at work: buffers, their files, their streams.
///
/// The lock is held by who moves packets from buffers to files: the consumer thread, or a call that
/// flushes, rotates or closes. Writers never take it.
final class Channel {
  private static final System.Logger LOGGER = System.getLogger("dev.rideau.tracer");
  private static final long PATIENCE_MILLIS = 1000;
  private static final int MOST_EVENT_IDS = 65_535;

  // What stands in place of a record that could not be written; see StripeBuffer#abandon.
  private static final EventShape LOST =
      new EventShape(
          "rideau:lost",
          LogLevel.WARNING,
          List.of(
              new NamedField("filler", "", String.class, new FieldShape.Text(Integer.MAX_VALUE))));

  private final ChannelOptions options;
  private final int id;
  private final Layout layout;
  private final Path folder;
  private final GrowingFile layoutsFile;
  private final GrowingFile metadata;
  private final ContextLayout context;
  private final Stripes stripes;
  private final List<BufferFile> bufferFiles;
  private final RecordLayouts layouts = new RecordLayouts();
  private final PacketDrain[] drains;
  private final StreamFile[] streams;
  private final Map<Tracepoint, Integer> eventIds = new IdentityHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private long lastSwitch = System.nanoTime();
  private volatile @Nullable String failure;

  Channel(
      ChannelOptions options,
      int id,
      Path folder,
      Path buffers,
      byte[] uuid,
      GrowingFile metadata,
      StackTraces stacks)
      throws IOException {
    this.options = options;
    this.id = id;
    this.folder = folder;
    this.metadata = metadata;
    layout = options.aligned() ? Layout.ALIGNED : Layout.PACKED;
    layoutsFile = new GrowingFile(buffers.resolve(Recording.LAYOUTS));
    context = ContextLayout.of(options.contexts(), options.aligned(), stacks);
    BufferGeometry geometry = geometry(options, context.bytes());
    int count = stripeCount(options);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(buffers.resolve(options.name() + "_" + i));
    }
    bufferFiles = BufferFile.create(files, geometry.fileBytes());
    stripes = new Stripes(bufferFiles, geometry, uuid, id);
    drains = new PacketDrain[count];
    streams = new StreamFile[count];
    for (int i = 0; i < count; i++) {
      drains[i] = new PacketDrain(stripes.all()[i], layouts);
      streams[i] = new StreamFile(folder.resolve(options.name() + "_" + i));
    }
    metadata.append(Tsdl.stream(id, layout, context.tsdl()));
    declare(LOST, 0);
  }

  /// Makes nothing, but finds what makes no sense.
  ///
  /// @throws IllegalArgumentException saying which option is out of range
  static void check(ChannelOptions options) {
    BufferGeometry geometry = geometry(options, 0);
    int stripes = stripeCount(options);
    assert geometry.subBufferCount() > 0 && stripes > 0;
  }

  private static BufferGeometry geometry(ChannelOptions options, int contextBytes) {
    return new BufferGeometry(
        options.subBufferBytes(),
        options.subBufferCount(),
        options.mode() == BufferMode.OVERWRITE,
        options.mode() == BufferMode.BLOCK ? waitNs(options) : 0,
        contextBytes,
        options.aligned());
  }

  private static long waitNs(ChannelOptions options) {
    try {
      return Math.min(options.blockingTimeout().toNanos(), BufferGeometry.FOREVER);
    } catch (ArithmeticException endless) {
      return BufferGeometry.FOREVER;
    }
  }

  private static int stripeCount(ChannelOptions options) {
    int count = options.stripes();
    if (count == 0) {
      int processors = Runtime.getRuntime().availableProcessors();
      count = Math.min(Integer.highestOneBit(Math.max(1, processors * 4 - 1)), Stripes.MOST / 2);
    }
    if (Integer.bitCount(count) != 1 || count > Stripes.MOST) {
      throw new IllegalArgumentException(
          "number of stripes is "
              + count
              + ", but must be a power of two from 1 to "
              + Stripes.MOST);
    }
    return count;
  }

  ChannelOptions options() {
    return options;
  }

  Stripes stripes() {
    return stripes;
  }

  private void declare(EventShape shape, int eventId) throws IOException {
    String program = layout.program(shape.fields());
    layouts.put(eventId, program);
    layoutsFile.append(id + " " + eventId + " " + program + ";\n");
    metadata.append(Tsdl.event(shape, eventId, id, layout));
  }

  /// A target for the point, in front of others. Declares the event on first use. Null when the
  /// channel cannot take it.
  @Nullable Target target(Tracepoint point, @Nullable MethodHandle filter, @Nullable Target next) {
    Integer eventId = eventIds.get(point);
    if (eventId == null) {
      if (failure != null) {
        return null; // no more is written, so it would be of no use
      }
      eventId = eventIds.size() + 1;
      if (eventId > MOST_EVENT_IDS) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "channel full, the event is not recorded: channel={0}, event={1}, most={2}",
            options.name(),
            point.shape().name(),
            MOST_EVENT_IDS);
        return null;
      }
      try {
        declare(point.shape(), eventId);
      } catch (IOException failed) {
        fail(failed);
        return null;
      }
      eventIds.put(point, eventId);
    }
    return new Target(stripes, eventId, options.aligned(), filter, context.writer(), next);
  }

  /// One round of the consumer.
  void poll(long now) {
    if (options.mode() == BufferMode.OVERWRITE || failure != null || !lock.tryLock()) {
      return;
    }
    try {
      long timer = options.switchTimer().toNanos();
      if (timer > 0 && now - lastSwitch >= timer) {
        lastSwitch = now;
        for (StripeBuffer buffer : stripes.all()) {
          buffer.flush(false);
        }
      }
      for (int i = 0; i < drains.length; i++) {
        drains[i].drain(streams[i]);
      }
    } catch (IOException failed) {
      fail(failed);
    } finally {
      lock.unlock();
    }
  }

  /// Writes everything that has been committed so far to the files.
  void flush() {
    if (options.mode() == BufferMode.OVERWRITE) {
      return;
    }
    lock.lock();
    try {
      for (int i = 0; i < drains.length; i++) {
        if (failure == null) {
          drains[i].drain(streams[i]);
          stripes.all()[i].flush(stripes.all()[i].lost() > 0);
          drains[i].drainAll(PATIENCE_MILLIS, streams[i]);
        }
      }
    } catch (IOException failed) {
      fail(failed);
    } finally {
      lock.unlock();
    }
  }

  /// Flushes and moves the files.
  void rotateTo(Path archive) throws IOException {
    lock.lock();
    try {
      flush();
      for (StreamFile stream : streams) {
        stream.moveTo(archive);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Copies what is in the buffers (overwrite) or what has been recorded (else) to a folder.
  void snapshotTo(Path target) throws IOException {
    lock.lock();
    try {
      if (options.mode() == BufferMode.OVERWRITE) {
        for (int i = 0; i < drains.length; i++) {
          try (StreamFile file = new StreamFile(target.resolve(options.name() + "_" + i))) {
            int packets = drains[i].snapshot(file);
            assert packets >= 0;
          }
        }
      } else {
        flush();
        for (int i = 0; i < drains.length; i++) {
          Path file = folder.resolve(options.name() + "_" + i);
          if (Files.exists(file)) {
            Files.copy(file, target.resolve(file.getFileName()));
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends the channel: writes the rest and deletes the buffers. Late writers lose their events.
  void close() {
    lock.lock();
    try {
      stripes.stopWaiting();
      for (StripeBuffer buffer : stripes.all()) {
        buffer.close();
      }
      if (options.mode() != BufferMode.OVERWRITE && failure == null) {
        for (int i = 0; i < drains.length; i++) {
          drains[i].drainAll(PATIENCE_MILLIS, streams[i]);
        }
      }
    } catch (IOException failed) {
      fail(failed);
    } finally {
      closeFiles();
      lock.unlock();
    }
  }

  private void closeFiles() {
    try {
      for (StreamFile stream : streams) {
        stream.close();
      }
      // After a failure the buffers stay: what is in them can be recovered when there is room.
      if (failure == null) {
        for (BufferFile file : bufferFiles) {
          Files.deleteIfExists(file.path());
        }
      }
    } catch (IOException failed) {
      fail(failed);
    }
  }

  boolean hasFailed() {
    return failure != null;
  }

  /// Stops recording, and says so once.
  void fail(Throwable failed) {
    if (failure == null) {
      failure = failed.toString();
      stripes.stopWaiting();
      LOGGER.log(
          System.Logger.Level.ERROR,
          "recording stopped, the program goes on and lost events are counted:"
              + " channel={0}, folder={1}, reason={2};"
              + " when there is room, ''rideau recover'' adds what the buffers hold and tells of the"
              + " losses",
          options.name(),
          folder,
          failure);
    }
  }

  @Nullable String failure() {
    return failure;
  }

  long lost() {
    long lost = 0;
    for (StripeBuffer buffer : stripes.all()) {
      lost += buffer.lost();
    }
    return lost;
  }

  long lostTooLarge() {
    long lost = 0;
    for (StripeBuffer buffer : stripes.all()) {
      lost += buffer.lostTooLarge();
    }
    return lost;
  }
}
