package dev.rideau.perf.internal.demangle;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An operator of the language.
///
/// @param code two letters
/// @param text as it is written between operands
/// @param operands how many it has in expressions
record Operator(String code, String text, int operands) {
  private static final Map<String, Operator> ALL = new HashMap<>();

  static {
    // Each is: code, text. A blank at the end stays in expressions and goes in names.
    add(0, "tr", "throw");
    add(1, "ad", "&", "at", "alignof ", "aw", "co_await ", "az", "alignof ", "co", "~");
    add(1, "da", "delete[] ", "de", "*", "dl", "delete ", "gs", "::", "li", "operator\"\" ");
    add(1, "mm", "--", "ng", "-", "nt", "!", "pp", "++", "ps", "+", "sP", "sizeof...");
    add(1, "sZ", "sizeof...", "st", "sizeof ", "sz", "sizeof ", "tw", "throw ");
    add(2, "aN", "&=", "aS", "=", "aa", "&&", "an", "&", "cc", "const_cast", "cl", "()");
    add(2, "cm", ",", "dV", "/=", "dc", "dynamic_cast", "di", "=", "ds", ".*", "dt", ".");
    add(2, "dv", "/", "dx", "]=", "eO", "^=", "eo", "^", "eq", "==", "fl", "...", "fr", "...");
    add(2, "ge", ">=", "gt", ">", "ix", "[]", "lS", "<<=", "le", "<=", "ls", "<<", "lt", "<");
    add(2, "mI", "-=", "mL", "*=", "mi", "-", "ml", "*", "ne", "!=", "oR", "|=", "oo", "||");
    add(2, "or", "|", "pL", "+=", "pl", "+", "pm", "->*", "pt", "->", "rM", "%=", "rS", ">>=");
    add(2, "rc", "reinterpret_cast", "rm", "%", "rs", ">>", "sc", "static_cast", "ss", "<=>");
    add(3, "dX", "[...]=", "fL", "...", "fR", "...", "na", "new[]", "nw", "new", "qu", "?");
  }

  private static void add(int operands, String... codesAndTexts) {
    for (int i = 0; i < codesAndTexts.length; i += 2) {
      String code = codesAndTexts[i];
      ALL.put(code, new Operator(code, codesAndTexts[i + 1], operands));
    }
  }

  /// The operator with a code, or null.
  static @Nullable Operator of(char first, char second) {
    return ALL.get("" + first + second);
  }

  boolean is(String other) {
    return code.equals(other);
  }

  boolean isFold() {
    return code.charAt(0) == 'f';
  }

  /// Whether it is a cast that names the type in angle brackets.
  boolean isNamedCast() {
    return is("cc") || is("dc") || is("rc") || is("sc");
  }

  /// Whether it names what a value of an initializer is for.
  boolean isDesignator() {
    return is("di") || is("dx") || is("dX");
  }

  /// The name of a function that defines it.
  String functionName() {
    return "operator" + (MangledText.isLower(text.charAt(0)) ? " " : "") + text.stripTrailing();
  }
}
