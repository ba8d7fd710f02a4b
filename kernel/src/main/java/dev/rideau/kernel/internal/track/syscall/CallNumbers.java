package dev.rideau.kernel.internal.track.syscall;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// System calls that a tracer knows by number only. From 424 on, all architectures number calls
/// alike; lower numbers mean something where the trace tells the architecture. Immutable.
final class CallNumbers {
  /// Numbers below differ between architectures.
  private static final int FIRST_COMMON = 424;

  /// Numbers from here on are not believed.
  static final int COUNT = 1024;

  /// The name of calls that have none.
  static final String UNKNOWN = "unknown";

  /// Architectures by column of the file, behind the name.
  private static final List<String> ARCHITECTURES = List.of("x86_64", "aarch64");

  private static final Map<String, CallNumbers> KNOWN = new ConcurrentHashMap<>();

  /// A call. Arguments that the model knows are told by position, -1 when there is none.
  record Call(
      String name,
      CallKind kind,
      int fdAt,
      int otherFdAt,
      int lengthAt,
      int offsetAt,
      int flagsAt) {
    /// @param arguments names, as far as they are known
    static Call of(String name, List<String> arguments) {
      CallKind kind = CallKind.of(name);
      return new Call(
          name,
          kind,
          arguments.indexOf(kind.fd()),
          arguments.indexOf(kind.otherFd()),
          arguments.indexOf(kind.length()),
          arguments.indexOf(kind.offset()),
          arguments.indexOf(kind.flags()));
    }
  }

  private static final Call NOTHING = Call.of(UNKNOWN, List.of());

  private final @Nullable Call[] calls = new Call[COUNT];

  private CallNumbers(String architecture) {
    int column = ARCHITECTURES.indexOf(architecture);
    for (String line : lines()) {
      String[] words = line.split(" ");
      for (int i = 0; i < ARCHITECTURES.size(); i++) {
        String digits = words[1 + i];
        int number = digits.equals("-") ? -1 : Integer.parseInt(digits);
        if (number >= FIRST_COMMON || number >= 0 && i == column) {
          List<String> arguments = List.of(words).subList(1 + ARCHITECTURES.size(), words.length);
          calls[number] = Call.of(words[0], arguments);
        }
      }
    }
  }

  private static List<String> lines() {
    try (InputStream in = CallNumbers.class.getResourceAsStream("system-calls.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n")));
      lines.removeIf(line -> line.startsWith("#"));
      return lines;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The calls of an architecture as `uname -m` calls it; empty where it is not known.
  static CallNumbers of(String architecture) {
    return KNOWN.computeIfAbsent(
        ARCHITECTURES.contains(architecture) ? architecture : "", CallNumbers::new);
  }

  /// The call with that number.
  Call call(long number) {
    Call call = number >= 0 && number < COUNT ? calls[(int) number] : null;
    return call == null ? NOTHING : call;
  }

  /// The name of the call with a number below [#COUNT]; where it is not known, it tells the number.
  String name(int number) {
    Call call = calls[number];
    return call == null ? "syscall " + number : call.name;
  }
}
