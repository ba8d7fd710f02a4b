package dev.rideau.cli.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// A command: what it takes on the command line, and what it does.
///
/// A subclass declares each option as a field, and the help shows them in that order. A declaration
/// returns where to find the value once the command line has been read:
///
/// ```java
/// private final Supplier<Boolean> json = flag("--json", "Print JSON.");
/// private final Supplier<Integer> limit = option("--limit=N", 10, "Show at most N rows.");
/// ```
///
/// The first text of a declaration is written as users see it: all names, then what the value is
/// called. The lines after it describe the option. [picocli](https://picocli.info) does the rest;
/// it is told by calls and not by annotations, whose reflection would cost a start a tenth of a
/// second.
public abstract class Command implements Callable<Integer> {
  // picocli's own one calls by reflection.
  private static final ITypeConverter<Path> PATH = Command::path;

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /// Makes a command that has nothing but `--help`.
  ///
  /// @param name what the user types
  protected Command(String name) {
    spec.name(name);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .type(boolean.class)
            .description("Show this help and exit.")
            .build());
  }

  /// What picocli knows of the command.
  public final CommandSpec spec() {
    return spec;
  }

  /// Runs the command and returns the exit code.
  @Override
  public abstract Integer call() throws Exception;

  /// Says what the command is for: lines of the help.
  protected final void describe(String... lines) {
    spec.usageMessage().description(lines);
  }

  /// Shows how it is used: command lines.
  protected final void examples(String... lines) {
    spec.usageMessage().footer(lines);
  }

  /// Puts a command below this one.
  protected final void subcommand(Command command) {
    spec.addSubcommand(command.spec.name(), command.spec);
  }

  /// An option without a value, as in `--json`.
  public final Supplier<Boolean> flag(String names, String... description) {
    return add(builder(names).type(boolean.class).initialValue(false), description);
  }

  /// An option with a value, as in `--limit=N`, and what holds without it.
  public final <T> Supplier<T> option(String form, T otherwise, String... description) {
    return add(builder(form).type(otherwise.getClass()).initialValue(otherwise), description);
  }

  /// An option whose value is null when it is not there.
  public final <T> Supplier<T> option(String form, Class<T> type, String... description) {
    return add(builder(form).type(type), description);
  }

  /// An option that must be there.
  public final <T> Supplier<T> required(String form, Class<T> type, String... description) {
    return add(builder(form).type(type).required(true), description);
  }

  /// An option that may be there several times.
  public final Supplier<List<String>> texts(String form, String... description) {
    return add(textsBuilder(form), description);
  }

  /// The same, and each time with several values between commas.
  public final Supplier<List<String>> splitTexts(String form, String... description) {
    return add(textsBuilder(form).splitRegex(","), description);
  }

  /// The one argument.
  protected final <T> Supplier<T> argument(String label, Class<T> type, String... description) {
    return add(argumentBuilder(label, description).type(type).index("0").arity("1").required(true));
  }

  /// The arguments, at least one: traces to read.
  protected final Supplier<List<Path>> traces() {
    return add(
        argumentBuilder("TRACE", "A trace, or a folder with traces somewhere below it.")
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .converters(PATH)
            .initialValue(List.of())
            .arity("1..*")
            .required(true));
  }

  /// Any number of arguments, also none.
  protected final Supplier<List<String>> words(String label, String... description) {
    return add(
        argumentBuilder(label, description)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .initialValue(List.of())
            .arity("0..*"));
  }

  /// The complaint that the command line makes no sense.
  public final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static OptionSpec.Builder builder(String form) {
    int equals = form.indexOf('=');
    String names = equals < 0 ? form : form.substring(0, equals);
    OptionSpec.Builder builder = OptionSpec.builder(names.split(", "));
    return equals < 0 ? builder : builder.paramLabel(form.substring(equals + 1)).arity("1");
  }

  private static OptionSpec.Builder textsBuilder(String form) {
    return builder(form).type(List.class).auxiliaryTypes(String.class).initialValue(List.of());
  }

  private static PositionalParamSpec.Builder argumentBuilder(String label, String... description) {
    return PositionalParamSpec.builder().paramLabel(label).description(description);
  }

  // Java takes an empty path for the working directory; who types one has a variable that is empty,
  // and `-o "$folder" --force` would replace all they have.
  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("the path is empty");
    }
    return Path.of(text);
  }

  private <T> Supplier<T> add(OptionSpec.Builder builder, String... description) {
    if (builder.type() == Path.class) {
      builder.converters(PATH);
    }
    OptionSpec option = builder.description(description).build();
    spec.addOption(option);
    return value(option);
  }

  private <T> Supplier<T> add(PositionalParamSpec.Builder builder) {
    if (builder.type() == Path.class) {
      builder.converters(PATH);
    }
    PositionalParamSpec argument = builder.build();
    spec.addPositional(argument);
    return value(argument);
  }

  // picocli converts to the type that was declared.
  private static <T> Supplier<T> value(ArgSpec argument) {
    return argument::getValue;
  }
}
