package dev.rideau.ctf.internal.metadata.tsdl;

import java.util.Set;

/// The words that have a meaning in type names.
final class Words {
  private static final Set<String> C_TYPE_WORDS =
      Set.of(
          "const",
          "char",
          "double",
          "float",
          "int",
          "long",
          "short",
          "signed",
          "unsigned",
          "void",
          "_Bool",
          "_Complex",
          "_Imaginary");

  private static final Set<String> RESERVED =
      Set.of(
          "integer",
          "floating_point",
          "enum",
          "string",
          "struct",
          "variant",
          "trace",
          "stream",
          "clock",
          "event",
          "env",
          "typealias",
          "typedef");

  private Words() {}

  /// Whether type names of several words, such as `unsigned long`, may hold the word.
  static boolean isOfCType(String word) {
    return C_TYPE_WORDS.contains(word);
  }

  /// Whether the word cannot be the name of a type.
  static boolean isReserved(String word) {
    return RESERVED.contains(word);
  }

  /// Whether a top-level block begins with the word.
  static boolean isBlock(String word) {
    return switch (word) {
      case "trace", "env", "clock", "callsite", "stream", "event" -> true;
      default -> false;
    };
  }
}
