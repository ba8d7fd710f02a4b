package dev.rideau.cli.internal.report;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The option that chooses a machine where traces are of several.
public final class HostOption {
  private final Supplier<@Nullable String> host;

  /// Adds the option to a command.
  public HostOption(Command command) {
    host =
        command.option(
            "--host=NAME",
            String.class,
            "Tell of this machine only, where the traces are of several.");
  }

  /// Numbers of the machines that are meant; all of them without the option.
  ///
  /// @param hosts names of the machines by number
  public List<Integer> resolve(List<String> hosts) {
    String wanted = host.get();
    List<Integer> chosen =
        IntStream.range(0, hosts.size())
            .filter(each -> wanted == null || hosts.get(each).equals(wanted))
            .boxed()
            .toList();
    if (chosen.isEmpty() && wanted != null) {
      throw new CommandFailure(
          "--host: no trace is of a machine '" + wanted + "'",
          "there is " + String.join(", ", hosts));
    }
    return chosen;
  }
}
