package dev.rideau.tracer;

import dev.rideau.tracer.internal.control.ControlServer;
import dev.rideau.tracer.internal.output.Recording;
import dev.rideau.tracer.internal.output.StackEvents;
import dev.rideau.tracer.internal.schema.Names;
import dev.rideau.tracer.internal.session.Registry;
import dev.rideau.tracer.internal.session.Rules;
import dev.rideau.tracer.internal.session.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A recording: channels, rules, a folder. Any number may record at once; they know nothing of each
/// other. All methods may be called by any thread.
///
/// ```java
/// try (TraceSession session = Tracer.session("shop").output(Path.of("trace")).create()) {
///   session.enable(EventRule.named("shop:*"));
///   session.start();
///   …
/// }
/// ```
///
/// Sessions that are still open when the program ends are closed then.
public final class TraceSession implements AutoCloseable {
  private static final String DEFINITIONS = "definitions";

  private final String name;
  private final List<String> channelNames; // those that were asked for
  private final Recording recording;
  private final Rules rules;
  private final ReentrantLock lock = new ReentrantLock();
  private final boolean snapshotAtExit;
  private boolean isClosed;

  private TraceSession(Builder builder) {
    name = builder.name;
    snapshotAtExit = builder.snapshotAtExit;
    List<ChannelOptions> channels = new ArrayList<>(builder.channels);
    if (channels.isEmpty()) {
      channels.add(ChannelOptions.named(ChannelOptions.DEFAULT_NAME));
    }
    channelNames = channels.stream().map(ChannelOptions::name).toList();
    boolean stacks = Recording.wantsStacks(channels);
    if (stacks) {
      // Never overwritten: records that stay refer to what is told here once.
      channels.add(ChannelOptions.named(DEFINITIONS).subBuffers(8, 256 * 1024).stripes(1));
    }
    Path output = builder.output != null ? builder.output : Path.of("rideau-" + name);
    recording = new Recording(name, output, builder.buffers, channels, StackEvents.definer());
    rules = new Rules(recording);
    Registry.add(rules);
    if (stacks) {
      Registry.enable(rules, EventRule.named(StackEvents.NAME).into(DEFINITIONS));
    }
    Sessions.add(this);
    ControlServer.open();
  }

  /// What a session is made of.
  public static final class Builder {
    private final String name;
    private final List<ChannelOptions> channels = new ArrayList<>();
    private @Nullable Path output;
    private @Nullable Path buffers;
    private boolean snapshotAtExit;

    Builder(String name) {
      this.name = Names.file(name, "session");
    }

    /// The folder of the trace; it must be new or empty. Without it `rideau-NAME`.
    public Builder output(Path folder) {
      output = folder;
      return this;
    }

    /// The existing folder in which the ring buffers lie, as `/dev/shm`. Without it below the
    /// trace's folder.
    public Builder buffers(Path folder) {
      buffers = folder;
      return this;
    }

    /// Adds a channel. Without any there is one called `channel`.
    public Builder channel(ChannelOptions options) {
      channels.add(options);
      return this;
    }

    /// Takes a snapshot when the session is closed, also at the end of the program.
    public Builder snapshotAtExit() {
      snapshotAtExit = true;
      return this;
    }

    /// Makes the session: folders, metadata and buffers exist, nothing is recorded yet.
    ///
    /// @throws TracerException when an option makes no sense or the folder cannot be written
    public TraceSession create() {
      return new TraceSession(this);
    }
  }

  /// Its name.
  public String name() {
    return name;
  }

  /// The folder of the trace.
  public Path folder() {
    return recording.folder();
  }

  String firstChannel() {
    return channelNames.getFirst();
  }

  /// Records the events of a rule from now on, also those that are declared later.
  ///
  /// @param rule into its channel; without [EventRule#into(String)] into the only one, or that of
  ///   the default name
  /// @throws TracerException when the rule makes no sense
  public void enable(EventRule rule) {
    EventRule placed = rule;
    if (!recording.hasChannel(rule.channel())) {
      // Who named no channel means the one that there is.
      if (!rule.channel().equals(ChannelOptions.DEFAULT_NAME) || channelNames.size() > 1) {
        throw new TracerException(
            "session "
                + name
                + " has no channel '"
                + rule.channel()
                + "'; choose by into() from "
                + String.join(", ", channelNames));
      }
      placed = rule.into(firstChannel());
    }
    Registry.enable(rules, placed);
  }

  /// Takes back the rules with exactly this pattern.
  ///
  /// @return whether there were any
  public boolean disable(String pattern) {
    return Registry.disable(rules, pattern);
  }

  /// Begins to record, or goes on.
  public void start() {
    lock.lock();
    try {
      if (isClosed) {
        throw new TracerException("session " + name + " is closed");
      }
      Registry.activate(rules, true);
    } finally {
      lock.unlock();
    }
  }

  /// Stops recording and writes everything to the files.
  public void stop() {
    lock.lock();
    try {
      if (!isClosed) {
        Registry.activate(rules, false);
        recording.flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether it records. Not after a [#failure()].
  public boolean isActive() {
    return Registry.isActive(rules) && failure() == null;
  }

  /// Writes everything that has been recorded so far to the files.
  public void flush() {
    lock.lock();
    try {
      if (!isClosed) {
        recording.flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Moves what has been recorded so far into a trace of its own, and goes on.
  ///
  /// @return its folder
  public Path rotate() throws IOException {
    lock.lock();
    try {
      refuseClosed();
      return recording.rotate();
    } finally {
      lock.unlock();
    }
  }

  /// Writes what the buffers hold (mode overwrite) or what has been recorded (other modes) to a
  /// trace of its own, while recording goes on.
  ///
  /// @return its folder
  public Path snapshot() throws IOException {
    lock.lock();
    try {
      refuseClosed();
      return recording.snapshot();
    } finally {
      lock.unlock();
    }
  }

  private void refuseClosed() throws IOException {
    if (isClosed) {
      throw new IOException("session " + name + " is closed");
    }
  }

  /// Events that were lost: no room, too large for a sub-buffer, emitted during the close, or after
  /// a failure.
  public long lostEvents() {
    return recording.lost();
  }

  /// Of the lost events those that do not fit into a sub-buffer.
  public long lostTooLargeEvents() {
    return recording.lostTooLarge();
  }

  /// Why recording stopped by itself, for instance a full disk; null while all is well.
  public @Nullable String failure() {
    return recording.failure();
  }

  /// Stops, writes the rest, and lets the buffers go.
  @Override
  public void close() {
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      if (snapshotAtExit) {
        Path taken = recording.snapshot();
        assert taken != null;
      }
    } catch (IOException failure) {
      System.getLogger("dev.rideau.tracer")
          .log(System.Logger.Level.ERROR, "no snapshot at exit: session={0}", name, failure);
    } finally {
      if (!isClosed) {
        isClosed = true;
        Registry.remove(rules);
        recording.close();
        Sessions.remove(this);
      }
      lock.unlock();
    }
  }
}
