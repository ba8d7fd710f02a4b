package dev.rideau.perf.internal.demangle;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Rust's newer scheme (RFC 2603). Names are printed while they are read: what they refer back to
/// is read again.
///
/// ```
/// _R N v C 5mycrate 3foo    mycrate::foo
/// ```
final class RustPrinter {
  private static final int MOST_CHARACTERS = 1 << 16;
  private static final int MOST_STEPS = 1 << 18;
  private static final int MOST_DEPTH = 256;
  private static final int MOST_LIFETIMES = 1 << 12;
  private static final int LETTERS = 26;

  private final RustReader text;
  private final StringBuilder out = new StringBuilder();

  /// How many lifetimes `for<…>` names around here.
  private long lifetimes;

  /// Whether what is read is not printed.
  private boolean silent;

  private int depth;
  private int steps;

  private RustPrinter(RustReader text) {
    this.text = text;
  }

  /// The name, or null when it is none of this scheme.
  static @Nullable String print(String mangled) {
    if (!mangled.startsWith("_R") || mangled.length() < 3) {
      return null;
    }
    int end = 2;
    while (end < mangled.length() && mangled.charAt(end) != '.') {
      char c = mangled.charAt(end++);
      if (c != '_' && !MangledText.isDigit(c) && !isLetter(c)) {
        return null;
      }
    }
    if (!MangledText.isUpper(mangled.charAt(2))) {
      return null;
    }
    RustPrinter printer = new RustPrinter(new RustReader(mangled.substring(2, end)));
    try {
      printer.path(true);
      if (!printer.text.atEnd()) {
        // The crate that a generic function was made for.
        printer.silent = true;
        printer.path(false);
      }
      return printer.text.atEnd() ? printer.out.toString() : null;
    } catch (NotUnderstood failure) {
      return null;
    }
  }

  private static boolean isLetter(char c) {
    return MangledText.isLower(c) || MangledText.isUpper(c);
  }

  private void put(String part) {
    if (!silent) {
      if (out.length() + part.length() > MOST_CHARACTERS) {
        throw new NotUnderstood();
      }
      out.append(part);
    }
  }

  private void enter() {
    if (++depth > MOST_DEPTH || ++steps > MOST_STEPS) {
      throw new NotUnderstood();
    }
  }

  /// Does something at a place further in front.
  private void back(Runnable reading) {
    int here = text.position() - 1;
    long target = text.base62();
    if (Long.compareUnsigned(target, here) >= 0) {
      throw new NotUnderstood();
    }
    if (!silent) {
      int position = text.position();
      text.position((int) target);
      reading.run();
      text.position(position);
    }
  }

  /// ```
  /// path   C crate  |  N namespace path name  |  M impl type  |  X impl type path
  ///        |  Y type path  |  I path argument… E  |  B place
  /// ```
  ///
  /// @param inValue whether arguments need `::` before them
  private void path(boolean inValue) {
    enter();
    char tag = text.next();
    switch (tag) {
      case 'C' -> {
        text.disambiguator();
        put(text.identifier());
      }
      case 'N' -> nested(inValue);
      case 'M', 'X' -> {
        text.disambiguator();
        boolean wasSilent = silent;
        silent = true;
        path(inValue);
        silent = wasSilent;
        implementation(tag == 'X');
      }
      case 'Y' -> implementation(true);
      case 'I' -> {
        path(inValue);
        put(inValue ? "::<" : "<");
        list(this::argument);
        put(">");
      }
      case 'B' -> back(() -> path(inValue));
      default -> throw new NotUnderstood();
    }
    depth--;
  }

  /// Namespaces of capital letters are those of things without a name of their own.
  private void nested(boolean inValue) {
    char namespace = text.next();
    if (!isLetter(namespace)) {
      throw new NotUnderstood();
    }
    path(inValue);
    long disambiguator = text.disambiguator();
    String name = text.identifier();
    if (MangledText.isUpper(namespace)) {
      String kind =
          switch (namespace) {
            case 'C' -> "closure";
            case 'S' -> "shim";
            default -> String.valueOf(namespace);
          };
      put(
          "::{"
              + kind
              + (name.isEmpty() ? "" : ":" + name)
              + "#"
              + Long.toUnsignedString(disambiguator)
              + "}");
    } else if (!name.isEmpty()) {
      put("::" + name);
    }
  }

  private void implementation(boolean ofTrait) {
    put("<");
    type();
    if (ofTrait) {
      put(" as ");
      path(false);
    }
    put(">");
  }

  /// Reads up to an `E`, with commas between.
  ///
  /// @return how many there were
  private int list(Runnable reading) {
    int count = 0;
    while (!text.take('E')) {
      put(count++ == 0 ? "" : ", ");
      reading.run();
    }
    return count;
  }

  private void argument() {
    if (text.take('L')) {
      lifetime(text.base62());
    } else if (text.take('K')) {
      constant();
    } else {
      type();
    }
  }

  /// Lifetimes are counted from the innermost one that is named; 0 has no name.
  private void lifetime(long index) {
    if (index == 0) {
      put("'_");
      return;
    }
    long place = lifetimes - index;
    put(
        place >= 0 && place < LETTERS
            ? "'" + (char) ('a' + place)
            : "'_" + Long.toUnsignedString(place));
  }

  private void type() {
    enter();
    char tag = text.next();
    String basic = basicType(tag);
    if (basic != null) {
      put(basic);
      depth--;
      return;
    }
    switch (tag) {
      case 'R', 'Q' -> {
        put("&");
        long lifetime = text.take('L') ? text.base62() : 0;
        if (lifetime != 0) {
          lifetime(lifetime);
          put(" ");
        }
        put(tag == 'Q' ? "mut " : "");
        type();
      }
      case 'P', 'O' -> {
        put(tag == 'P' ? "*const " : "*mut ");
        type();
      }
      case 'A', 'S' -> {
        put("[");
        type();
        if (tag == 'A') {
          put("; ");
          constant();
        }
        put("]");
      }
      case 'T' -> {
        put("(");
        put(list(this::type) == 1 ? ",)" : ")");
      }
      case 'F' -> {
        long outer = lifetimes;
        binder();
        function();
        lifetimes = outer;
      }
      case 'D' -> dynamic();
      case 'B' -> back(this::type);
      default -> {
        text.position(text.position() - 1);
        path(false);
      }
    }
    depth--;
  }

  /// `G` and a number: so many lifetimes are named here, and one more.
  private void binder() {
    long count = text.take('G') ? text.base62() + 1 : 0;
    if (count < 0 || count > MOST_LIFETIMES) {
      throw new NotUnderstood();
    }
    for (long i = 0; i < count; i++) {
      put(i == 0 ? "for<" : ", ");
      lifetimes++;
      lifetime(1);
    }
    put(count == 0 ? "" : "> ");
  }

  /// ```
  /// function   [G lifetimes] [U] [K interface] type… E type
  /// ```
  private void function() {
    put(text.take('U') ? "unsafe " : "");
    if (text.take('K')) {
      String name = text.take('C') ? "C" : text.identifier().replace('_', '-');
      put("extern \"" + name + "\" ");
    }
    put("fn(");
    list(this::type);
    put(")");
    if (!text.take('u')) {
      put(" -> ");
      type();
    }
  }

  /// ```
  /// dynamic   D [G lifetimes] (path (p name type)…)… E L lifetime
  /// ```
  private void dynamic() {
    put("dyn ");
    long outer = lifetimes;
    binder();
    for (int i = 0; !text.take('E'); i++) {
      put(i == 0 ? "" : " + ");
      boolean open = openPath();
      while (text.take('p')) {
        put(open ? ", " : "<");
        open = true;
        put(text.identifier() + " = ");
        type();
      }
      put(open ? ">" : "");
    }
    lifetimes = outer;
    if (!text.take('L')) {
      throw new NotUnderstood();
    }
    long lifetime = text.base62();
    if (lifetime != 0) {
      put(" + ");
      lifetime(lifetime);
    }
  }

  /// A path whose arguments are not closed yet: names of types of the trait may follow.
  ///
  /// @return whether there are arguments
  private boolean openPath() {
    enter();
    boolean[] open = {false};
    if (text.take('B')) {
      back(() -> open[0] = openPath());
    } else if (text.take('I')) {
      path(false);
      put("<");
      list(this::argument);
      open[0] = true;
    } else {
      path(false);
    }
    depth--;
    return open[0];
  }

  private void constant() {
    enter();
    char type = text.next();
    switch (type) {
      case 'B' -> back(this::constant);
      case 'p' -> put("_");
      case 'h', 't', 'm', 'y', 'o', 'j' -> number();
      case 'a', 's', 'l', 'x', 'n', 'i' -> {
        put(text.take('n') ? "-" : "");
        number();
      }
      case 'b' -> {
        String digits = text.hex();
        if (!digits.equals("0") && !digits.equals("1")) {
          throw new NotUnderstood();
        }
        put(digits.equals("0") ? "false" : "true");
      }
      case 'c' -> {
        String digits = text.hex();
        if (digits.isEmpty() || digits.length() > 8) {
          throw new NotUnderstood();
        }
        put("'" + character(digits) + "'");
      }
      default -> throw new NotUnderstood();
    }
    depth--;
  }

  private void number() {
    String digits = text.hex();
    if (digits.isEmpty()) {
      throw new NotUnderstood();
    }
    put(digits.length() > 16 ? "0x" + digits : new BigInteger(digits, 16).toString());
  }

  private static String character(String digits) {
    long code = Long.parseLong(digits, 16);
    return switch ((int) Math.min(code, 0x7f)) {
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      default -> code >= ' ' && code < 0x7f ? String.valueOf((char) code) : "\\u{" + digits + "}";
    };
  }

  private static @Nullable String basicType(char tag) {
    return switch (tag) {
      case 'a' -> "i8";
      case 'b' -> "bool";
      case 'c' -> "char";
      case 'd' -> "f64";
      case 'e' -> "str";
      case 'f' -> "f32";
      case 'h' -> "u8";
      case 'i' -> "isize";
      case 'j' -> "usize";
      case 'l' -> "i32";
      case 'm' -> "u32";
      case 'n' -> "i128";
      case 'o' -> "u128";
      case 'p' -> "_";
      case 's' -> "i16";
      case 't' -> "u16";
      case 'u' -> "()";
      case 'v' -> "...";
      case 'x' -> "i64";
      case 'y' -> "u64";
      case 'z' -> "!";
      default -> null;
    };
  }
}
