package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.EventFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The literals and conversions of a print format, with the arguments of each. Immutable.
public final class PrintPlan {
  /// A piece of the text.
  sealed interface Piece {}

  /// Text that is always the same.
  record Fixed(byte[] text) implements Piece {}

  /// `%-8.3lx` with its argument.
  ///
  /// @param width least length; null when there is none
  /// @param precision null when there is none
  /// @param sizeBytes how many bytes of an integer count
  /// @param letter `d`, `u`, `x`, `X`, `o`, `c`, `s` or `p`
  /// @param pointer the letters behind `%p`
  record Conversion(
      boolean left,
      boolean plus,
      boolean space,
      boolean alternate,
      boolean zero,
      @Nullable Expression width,
      @Nullable Expression precision,
      int sizeBytes,
      char letter,
      String pointer,
      Expression argument)
      implements Piece {
    /// Whether nothing is asked for but the value.
    boolean isPlain() {
      return !left && !plus && !space && !alternate && !zero && width == null && precision == null;
    }
  }

  private final List<Piece> pieces;
  private final boolean understood;

  private PrintPlan(List<Piece> pieces, boolean understood) {
    this.pieces = List.copyOf(pieces);
    this.understood = understood;
  }

  /// The plan of a parsed print format.
  public static PrintPlan of(PrintExpression expression, EventFormat format) {
    String text = expression.text();
    if (text == null) {
      return new PrintPlan(List.of(), false);
    }
    List<Piece> pieces = new Parser(text, expression.arguments(), format).parse();
    return pieces == null ? new PrintPlan(List.of(), false) : new PrintPlan(pieces, true);
  }

  /// Whether records can be printed by it.
  public boolean isUnderstood() {
    return understood;
  }

  List<Piece> pieces() {
    return pieces;
  }

  private static final class Parser {
    private final String text;
    private final List<Expression> arguments;
    private final int longBytes;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;
    private int next;

    Parser(String text, List<Expression> arguments, EventFormat format) {
      this.text = text;
      this.arguments = arguments;
      longBytes = format.abi().longBytes();
    }

    /// The pieces, or null when text and arguments do not fit together.
    @Nullable List<Piece> parse() {
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c != '%') {
          literal.append(c);
        } else if (at < text.length() && text.charAt(at) == '%') {
          literal.append('%');
          at++;
        } else if (!conversion()) {
          return null;
        }
      }
      finishLiteral();
      return pieces;
    }

    private void finishLiteral() {
      if (!literal.isEmpty()) {
        pieces.add(new Fixed(literal.toString().getBytes(StandardCharsets.UTF_8)));
        literal.setLength(0);
      }
    }

    private boolean conversion() {
      boolean left = false;
      boolean plus = false;
      boolean space = false;
      boolean alternate = false;
      boolean zero = false;
      for (boolean flag = true; flag; ) {
        switch (peek()) {
          case '-' -> left = true;
          case '+' -> plus = true;
          case ' ' -> space = true;
          case '#' -> alternate = true;
          case '0' -> zero = true;
          default -> flag = false;
        }
        at += flag ? 1 : 0;
      }
      Expression width = size();
      Expression precision = null;
      if (peek() == '.') {
        at++;
        precision = size();
        if (precision == null) {
          precision = new Expression.Number(0);
        }
      }
      int size = length();
      char letter = peek();
      at++;
      String pointer = "";
      if (letter == 'p') {
        pointer = pointerLetters();
        size = longBytes;
      }
      Expression argument = argument();
      if (argument == null) {
        return false;
      }
      switch (letter) {
        case 'i' -> letter = 'd';
        case 'd', 'u', 'x', 'X', 'o', 'c', 's', 'p' -> {}
        default -> {
          return false;
        }
      }
      finishLiteral();
      pieces.add(
          new Conversion(
              left, plus, space, alternate, zero, width, precision, size, letter, pointer,
              argument));
      return true;
    }

    private @Nullable Expression size() {
      if (peek() == '*') {
        at++;
        return argument();
      }
      int start = at;
      while (peek() >= '0' && peek() <= '9' && at - start < 6) {
        at++;
      }
      return at == start
          ? null
          : new Expression.Number(Integer.parseInt(text.substring(start, at)));
    }

    private int length() {
      int size = 4;
      while (true) {
        switch (peek()) {
          case 'h' -> size = size == 2 ? 1 : 2;
          case 'l' -> size = size == longBytes && longBytes == 4 ? 8 : longBytes;
          case 'L', 'q', 'j' -> size = 8;
          case 'z', 't' -> size = longBytes;
          default -> {
            return size;
          }
        }
        at++;
      }
    }

    private String pointerLetters() {
      int start = at;
      switch (peek()) {
        case 'F', 'f', 'S', 's', 'B', 'x', 'h' -> at++;
        case 'I', 'i' -> {
          at++;
          while ("46SpPcfsh".indexOf(peek()) >= 0 && peek() != 0) {
            at++;
          }
        }
        case 'M', 'm', 'U' -> {
          at++;
          while ("FRbBlL".indexOf(peek()) >= 0 && peek() != 0) {
            at++;
          }
        }
        default -> {}
      }
      return text.substring(start, at);
    }

    private @Nullable Expression argument() {
      return next < arguments.size() ? Constants.folded(arguments.get(next++)) : null;
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : 0;
    }
  }
}
