package dev.rideau.perf.internal.symbol;

import java.util.Map;

/// Turns the names that compilers of C++ and Rust make into names that people wrote.
///
/// Meant for pictures and sums: parameters are left out and template arguments become `<..>`. What
/// is not understood stays as it is.
public final class Demangler {
  private static final int MOST_LENGTH = 4096;
  private static final int MOST_DEPTH = 64;

  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("nw", " new"),
          Map.entry("na", " new[]"),
          Map.entry("dl", " delete"),
          Map.entry("da", " delete[]"),
          Map.entry("pl", "+"),
          Map.entry("mi", "-"),
          Map.entry("ml", "*"),
          Map.entry("dv", "/"),
          Map.entry("rm", "%"),
          Map.entry("an", "&"),
          Map.entry("or", "|"),
          Map.entry("eo", "^"),
          Map.entry("aS", "="),
          Map.entry("pL", "+="),
          Map.entry("mI", "-="),
          Map.entry("ls", "<<"),
          Map.entry("rs", ">>"),
          Map.entry("eq", "=="),
          Map.entry("ne", "!="),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("le", "<="),
          Map.entry("ge", ">="),
          Map.entry("ss", "<=>"),
          Map.entry("nt", "!"),
          Map.entry("aa", "&&"),
          Map.entry("oo", "||"),
          Map.entry("pp", "++"),
          Map.entry("mm", "--"),
          Map.entry("cm", ","),
          Map.entry("pt", "->"),
          Map.entry("cl", "()"),
          Map.entry("ix", "[]"));

  private static final Map<Character, String> STANDARD =
      Map.of(
          't', "std",
          'a', "std::allocator",
          'b', "std::basic_string",
          's', "std::string",
          'i', "std::istream",
          'o', "std::ostream",
          'd', "std::iostream");

  private final String text;
  private int at;

  private Demangler(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /// The name that people wrote, or `name` itself.
  public static String demangle(String name) {
    if (!name.startsWith("_Z") || name.length() > MOST_LENGTH) {
      return name;
    }
    // What compilers append to clones of functions.
    int dot = name.indexOf('.');
    String bare = dot > 0 && !name.contains("17h") ? name.substring(0, dot) : name;
    try {
      return unhashed(new Demangler(bare, 2).encoding(0));
    } catch (StringIndexOutOfBoundsException | NumberFormatException | NotUnderstood failure) {
      return name;
    }
  }

  /// Rust's older scheme: a hash as last part, and characters spelled out.
  private static String unhashed(String name) {
    int hash = name.lastIndexOf("::h");
    if (hash < 0 || name.length() - hash != 19) {
      return name;
    }
    return name.substring(0, hash)
        .replace("_$", "$")
        .replace("$LT$", "<")
        .replace("$GT$", ">")
        .replace("$RF$", "&")
        .replace("$BP$", "*")
        .replace("$LP$", "(")
        .replace("$RP$", ")")
        .replace("$C$", ",")
        .replace("$u20$", " ")
        .replace("$u27$", "'")
        .replace("$u5b$", "[")
        .replace("$u5d$", "]")
        .replace("$u7b$", "{")
        .replace("$u7d$", "}")
        .replace("..", "::");
  }

  private static final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotUnderstood() {
      super(null, null, false, false);
    }
  }

  private char peek() {
    return text.charAt(at);
  }

  private boolean take(String wanted) {
    if (text.startsWith(wanted, at)) {
      at += wanted.length();
      return true;
    }
    return false;
  }

  private String encoding(int depth) {
    if (depth > MOST_DEPTH) {
      throw new NotUnderstood();
    }
    if (take("GV")) {
      return "guard variable for " + name(depth);
    } else if (take("TV")) {
      return "vtable for " + name(depth);
    } else if (text.startsWith("Th", at) || text.startsWith("Tv", at)) {
      at = text.indexOf('_', at) + 1;
      if (text.charAt(at - 2) != 'n' && take("n")) {
        at = text.indexOf('_', at) + 1;
      }
      return "thunk to " + encoding(depth + 1);
    }
    return name(depth);
  }

  private String name(int depth) {
    if (take("N")) {
      return nested(depth);
    } else if (take("Z")) {
      String outer = encoding(depth + 1);
      skipTo(depth + 1);
      if (take("s")) {
        return outer;
      }
      return outer + "::" + name(depth + 1);
    } else if (take("St")) {
      return "std::" + arguments(part("", depth), depth);
    }
    return arguments(part("", depth), depth);
  }

  private String nested(int depth) {
    while ("rVKRO".indexOf(peek()) >= 0) {
      at++;
    }
    StringBuilder name = new StringBuilder();
    String last = "";
    while (!take("E")) {
      if (peek() == 'I') {
        skipArguments(depth);
        name.append("<..>");
        continue;
      }
      last = part(last, depth);
      name.append(name.isEmpty() ? "" : "::").append(last);
    }
    return name.toString();
  }

  private String arguments(String name, int depth) {
    if (at < text.length() && peek() == 'I') {
      skipArguments(depth);
      return name + "<..>";
    }
    return name;
  }

  /// One part of a name.
  ///
  /// @param before the part before, which constructors repeat
  private String part(String before, int depth) {
    char c = peek();
    String part;
    if (c == 'L') {
      at++;
      return part(before, depth);
    } else if (Character.isDigit(c)) {
      part = sourceName();
    } else if (c == 'S') {
      at++;
      String standard = STANDARD.get(text.charAt(at++));
      if (standard == null) {
        throw new NotUnderstood();
      }
      part = standard;
    } else if (c == 'C' && Character.isDigit(text.charAt(at + 1))) {
      at += 2;
      part = before;
    } else if (c == 'D' && Character.isDigit(text.charAt(at + 1))) {
      at += 2;
      part = "~" + before;
    } else if (take("Ul")) {
      skipTo(depth + 1);
      part = "{lambda" + discriminator() + "}";
    } else if (take("Ut")) {
      part = "{unnamed" + discriminator() + "}";
    } else if (take("cv")) {
      skipType(depth + 1);
      part = "operator cast";
    } else {
      String operator = OPERATORS.get(text.substring(at, at + 2));
      if (operator == null) {
        throw new NotUnderstood();
      }
      at += 2;
      part = "operator" + operator;
    }
    while (at < text.length() && take("B")) {
      sourceName();
    }
    return part;
  }

  private String discriminator() {
    int end = text.indexOf('_', at);
    String number = text.substring(at, end);
    if (number.length() > 5) {
      throw new NotUnderstood();
    }
    at = end + 1;
    return "#" + (number.isEmpty() ? 1 : Integer.parseInt(number, 36) + 2);
  }

  private String sourceName() {
    int begin = at;
    while (Character.isDigit(peek())) {
      at++;
    }
    int length = at - begin > 4 ? MOST_LENGTH : Integer.parseInt(text.substring(begin, at));
    String name = text.substring(at, at + length);
    at += length;
    return name.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : name;
  }

  private void skipArguments(int depth) {
    at++;
    skipTo(depth + 1);
  }

  /// Passes over types up to the `E` that ends them.
  private void skipTo(int depth) {
    while (!take("E")) {
      skipType(depth);
    }
  }

  private void skipType(int depth) {
    if (depth > MOST_DEPTH) {
      throw new NotUnderstood();
    }
    char c = peek();
    if (Character.isDigit(c)) {
      sourceName();
    } else if (c == 'L') {
      at++;
      if (take("_Z")) {
        encoding(depth + 1);
        skipTo(depth + 1);
      } else {
        skipType(depth + 1);
        at = text.indexOf('E', at) + 1;
        if (at == 0) {
          throw new NotUnderstood();
        }
      }
    } else if (c == 'S' || c == 'T') {
      at++;
      if (c == 'S' && STANDARD.containsKey(peek())) {
        at++;
        if (text.charAt(at - 1) == 't') {
          skipType(depth + 1);
        }
      } else {
        int end = text.indexOf('_', at);
        if (end < 0) {
          throw new NotUnderstood();
        }
        at = end + 1;
      }
    } else if (c == 'N' || c == 'I' || c == 'J' || c == 'F' || c == 'X') {
      at++;
      skipTo(depth + 1);
    } else if (c == 'Z') {
      name(depth + 1);
    } else if (c == 'D' && "tTp".indexOf(text.charAt(at + 1)) >= 0) {
      boolean pack = text.charAt(at + 1) == 'p';
      at += 2;
      if (pack) {
        skipType(depth + 1);
      } else {
        skipTo(depth + 1);
      }
    } else if (take("Ul")) {
      skipTo(depth + 1);
      discriminator();
    } else if (c == 'D' || c == 'U') {
      at += 2;
    } else if (c == 'A') {
      at = text.indexOf('_', at) + 1;
      skipType(depth + 1);
    } else {
      at++;
    }
  }
}
