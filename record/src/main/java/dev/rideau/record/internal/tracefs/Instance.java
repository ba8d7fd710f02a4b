package dev.rideau.record.internal.tracefs;

import dev.rideau.record.RecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A tracing instance of our own, apart from everybody else's tracing.
///
/// Its name says whose it is: `rideau-PID-START-N`, with `-flight` for a flight recorder, and with
/// the process's start time, so that one left by a killed recorder is known for sure even when its
/// process id is used again.
public final class Instance implements AutoCloseable {
  private static final Pattern NAME =
      Pattern.compile("rideau-(\\d{1,10})-(\\d{1,19})-\\d{1,9}(-flight)?");
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final Tracefs tracefs;
  private final Path folder;
  private boolean removed;

  private Instance(Tracefs tracefs, Path folder) {
    this.tracefs = tracefs;
    this.folder = folder;
  }

  /// Makes an instance in which nothing is enabled. Removes those that dead recorders left.
  public static Instance create(Tracefs tracefs, boolean flight) {
    removeStale(tracefs);
    long pid = ProcessHandle.current().pid();
    String name =
        "rideau-%d-%d-%d".formatted(pid, startTime(pid), NEXT.getAndIncrement())
            + (flight ? "-flight" : "");
    Path folder = tracefs.root().resolve("instances").resolve(name);
    try {
      Files.createDirectory(folder);
    } catch (IOException failure) {
      throw Tracefs.failed("an instance of tracefs cannot be made", failure);
    }
    return new Instance(tracefs, folder);
  }

  /// Removes the instances of recorders that are dead.
  ///
  /// @return their names
  public static List<String> removeStale(Tracefs tracefs) {
    Path instances = tracefs.root().resolve("instances");
    List<String> gone = new ArrayList<>();
    for (String name : Tracefs.names(instances)) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches()) {
        long pid = Long.parseLong(matcher.group(1));
        if (startTime(pid) != Long.parseLong(matcher.group(2))) {
          remove(instances.resolve(name));
          gone.add(name);
        }
      }
    }
    return gone;
  }

  /// The process ids of running flight recorders.
  public static List<Long> flightRecorders(Tracefs tracefs) {
    List<Long> pids = new ArrayList<>();
    for (String name : Tracefs.names(tracefs.root().resolve("instances"))) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches() && matcher.group(3) != null) {
        long pid = Long.parseLong(matcher.group(1));
        if (startTime(pid) == Long.parseLong(matcher.group(2)) && !pids.contains(pid)) {
          pids.add(pid);
        }
      }
    }
    return pids;
  }

  /// When a process started, in ticks since the machine did; -1 when there is none.
  private static long startTime(long pid) {
    String stat = Tracefs.text(Path.of("/proc/" + pid + "/stat"));
    // The name between brackets may hold spaces and brackets.
    int close = stat.lastIndexOf(')');
    String[] fields = close < 0 ? new String[0] : stat.substring(close + 1).strip().split(" ", -1);
    // Field 22; field 3 is the first behind the name. Zombies hold nothing any more.
    return fields.length < 20 || fields[0].equals("Z") ? -1 : Long.parseLong(fields[19]);
  }

  /// The folder of the instance.
  public Path folder() {
    return folder;
  }

  /// Its name.
  public String name() {
    return String.valueOf(folder.getFileName());
  }

  /// The text of one of its files.
  public String text(String name) {
    return Tracefs.text(folder.resolve(name));
  }

  /// Writes one of its files.
  ///
  /// @throws RecordException when the kernel refuses
  public void set(String name, String value) {
    try {
      Tracefs.write(folder.resolve(name), value);
    } catch (IOException failure) {
      throw Tracefs.failed("'%s' cannot be set to '%s'".formatted(name, value), failure);
    }
  }

  /// Writes one of its files, if the kernel has it and lets us.
  ///
  /// @return whether it was written
  public boolean trySet(String name, String value) {
    try {
      Tracefs.write(folder.resolve(name), value);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// The tracefs it is in.
  public Tracefs tracefs() {
    return tracefs;
  }

  @Override
  public synchronized void close() {
    if (!removed) {
      removed = true;
      remove(folder);
    }
  }

  private static void remove(Path folder) {
    try {
      Tracefs.write(folder.resolve("tracing_on"), "0");
      Tracefs.write(folder.resolve("events/enable"), "0");
    } catch (IOException _) {
      // Removing it disables what is enabled.
    }
    // While somebody still has one of its files open, it is busy.
    for (int i = 0; i < 50; i++) {
      try {
        Files.deleteIfExists(folder);
        return;
      } catch (IOException busy) {
        try {
          Thread.sleep(20);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
