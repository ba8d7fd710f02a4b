package dev.rideau.cli.internal.record;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.Version;
import dev.rideau.record.EventRequest;
import dev.rideau.record.Profile;
import dev.rideau.record.RecordingOptions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The options that tell what to record.
public final class EventOptions {
  private static final int DEFAULT_BUFFER_KB = 16 * 1024;
  private static final Set<Profile> STANDARD = EnumSet.of(Profile.CPU, Profile.IO, Profile.NET);

  private final Command command;
  private final Supplier<List<String>> profiles;
  private final Supplier<List<String>> events;
  private final Supplier<List<String>> pids;
  private final Supplier<List<String>> commands;
  private final Supplier<Boolean> excludeSelf;
  private final Supplier<String> buffer;
  private final Supplier<String> clock;

  /// Adds the options to a command.
  public EventOptions(Command command) {
    this.command = command;
    profiles =
        command.splitTexts(
            "--profile=NAME",
            "What to record: cpu, io, net, memory, power; all. Default: cpu,io,net.");
    events =
        command.texts(
            "-e, --event=EVENT",
            "Record this event instead: EVENT, GROUP:EVENT or GROUP:*, with ' if FILTER' behind it"
                + " for the kernel's filters. With --profile, record it as well.");
    pids = command.splitTexts("--pid=PID", "Record only this process and its children.");
    commands =
        command.splitTexts("--command=NAME", "Record only processes with this name, and children.");
    excludeSelf = command.flag("--exclude-self", "Leave out the recorder itself.");
    buffer =
        command.option("--buffer=SIZE", "", "Ring buffer of each CPU, as in 16M, the default.");
    clock =
        command.option(
            "--clock=NAME", "mono", "Trace clock: mono, boot, local, global, x86-tsc, ...");
  }

  /// What the options say.
  public RecordingOptions parse(Path output, boolean stateDump) {
    List<EventRequest> requests = new ArrayList<>();
    if (!profiles.get().isEmpty() || events.get().isEmpty()) {
      requests.addAll(Profile.events(chosenProfiles()));
    }
    for (String event : events.get()) {
      try {
        requests.add(EventRequest.parse(event));
      } catch (IllegalArgumentException malformed) {
        throw command.wrong("--event: " + malformed.getMessage());
      }
    }
    List<Long> excluded = excludeSelf.get() ? tids(ProcessHandle.current().pid()) : List.of();
    return new RecordingOptions(
        output,
        requests,
        bufferKb(),
        clock.get(),
        chosenTids(),
        excluded,
        stateDump,
        "rideau " + Version.text());
  }

  /// What is recorded when nobody says anything else.
  static RecordingOptions standard(Path output) {
    return new RecordingOptions(
        output,
        Profile.events(STANDARD),
        DEFAULT_BUFFER_KB,
        "mono",
        List.of(),
        List.of(),
        true,
        "rideau " + Version.text());
  }

  private Set<Profile> chosenProfiles() {
    if (profiles.get().isEmpty()) {
      return STANDARD;
    }
    Set<Profile> chosen = EnumSet.noneOf(Profile.class);
    for (String name : profiles.get()) {
      Profile profile = Profile.named(name.strip());
      if (profile != null) {
        chosen.add(profile);
      } else if (name.strip().equals("all")) {
        chosen.addAll(EnumSet.allOf(Profile.class));
      } else {
        throw command.wrong("--profile: unknown profile '" + name + "'");
      }
    }
    return chosen;
  }

  private int bufferKb() {
    if (buffer.get().isEmpty()) {
      return DEFAULT_BUFFER_KB;
    }
    long bytes = Amounts.bytes(buffer.get());
    if (bytes < 4096 || bytes > 1L << 40) {
      throw command.wrong("--buffer: '" + buffer.get() + "' is no size such as 16M");
    }
    return (int) (bytes >> 10);
  }

  private List<Long> chosenTids() {
    List<Long> chosen = new ArrayList<>();
    for (String pid : pids.get()) {
      if (!pid.strip().matches("\\d{1,10}")) {
        throw command.wrong("--pid: '" + pid + "' is no process id");
      }
      if (!Files.isDirectory(Path.of("/proc/" + pid.strip()))) {
        throw command.wrong("--pid: no process has the id " + pid.strip());
      }
      chosen.addAll(tids(Long.parseLong(pid.strip())));
    }
    for (String name : commands.get()) {
      int before = chosen.size();
      for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
        Path comm = Path.of("/proc/" + process.pid() + "/comm");
        try {
          if (Files.readString(comm).strip().equals(name.strip())) {
            chosen.addAll(tids(process.pid()));
          }
        } catch (IOException _) {
          // Gone meanwhile.
        }
      }
      if (chosen.size() == before) {
        throw command.wrong("--command: no process is called '" + name + "'");
      }
    }
    return chosen;
  }

  private static List<Long> tids(long pid) {
    List<Long> tids = new ArrayList<>();
    try (DirectoryStream<Path> tasks =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path task : tasks) {
        tids.add(Long.parseLong(String.valueOf(task.getFileName())));
      }
    } catch (IOException _) {
      tids.add(pid);
    }
    return tids;
  }
}
