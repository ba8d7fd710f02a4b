package dev.rideau.perf.internal.demangle;

import org.jspecify.annotations.Nullable;

/// A type of the language.
///
/// @param name as people write it
/// @param literals how its literals are shown
/// @param suffix what follows literals that are shown as numbers
record BuiltinType(String name, Literals literals, String suffix) {
  /// How literals of a type are shown.
  enum Literals {
    /// As a number with a suffix.
    NUMBER,
    /// As a word.
    BOOL,
    /// As a cast of what was written, in brackets.
    FLOAT,
    /// As a cast of what was written.
    CAST
  }

  static final BuiltinType NULL_POINTER = cast("decltype(nullptr)");

  static BuiltinType cast(String name) {
    return new BuiltinType(name, Literals.CAST, "");
  }

  private static BuiltinType number(String name, String suffix) {
    return new BuiltinType(name, Literals.NUMBER, suffix);
  }

  private static BuiltinType floating(String name) {
    return new BuiltinType(name, Literals.FLOAT, "");
  }

  boolean isVoid() {
    return name.equals("void");
  }

  /// The type with a code of one letter, or null.
  static @Nullable BuiltinType of(char code) {
    return switch (code) {
      case 'a' -> cast("signed char");
      case 'b' -> new BuiltinType("bool", Literals.BOOL, "");
      case 'c' -> cast("char");
      case 'd' -> floating("double");
      case 'e' -> floating("long double");
      case 'f' -> floating("float");
      case 'g' -> floating("__float128");
      case 'h' -> cast("unsigned char");
      case 'i' -> number("int", "");
      case 'j' -> number("unsigned int", "u");
      case 'l' -> number("long", "l");
      case 'm' -> number("unsigned long", "ul");
      case 'n' -> cast("__int128");
      case 'o' -> cast("unsigned __int128");
      case 's' -> cast("short");
      case 't' -> cast("unsigned short");
      case 'v' -> cast("void");
      case 'w' -> cast("wchar_t");
      case 'x' -> number("long long", "ll");
      case 'y' -> number("unsigned long long", "ull");
      case 'z' -> cast("...");
      default -> null;
    };
  }

  /// The type with a code of `D` and one letter, or null.
  static @Nullable BuiltinType ofPair(char code) {
    return switch (code) {
      case 'f' -> cast("decimal32");
      case 'd' -> cast("decimal64");
      case 'e' -> cast("decimal128");
      case 'h' -> floating("half");
      case 'u' -> cast("char8_t");
      case 's' -> cast("char16_t");
      case 'i' -> cast("char32_t");
      case 'n' -> NULL_POINTER;
      default -> null;
    };
  }
}
