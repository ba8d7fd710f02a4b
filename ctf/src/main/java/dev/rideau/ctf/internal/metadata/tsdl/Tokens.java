package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.trace.TraceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tokens of a text with a view on the next few, and what every part of a parser asks of them.
final class Tokens {
  private final Lexer lexer;
  private final Reporter reporter;
  private final ArrayDeque<Token> ahead = new ArrayDeque<>();

  Tokens(String text, Reporter reporter) {
    this.lexer = new Lexer(text, reporter);
    this.reporter = reporter;
  }

  /// The next token, left in place.
  Token peek() {
    if (ahead.isEmpty()) {
      ahead.add(lexer.next());
    }
    return ahead.getFirst();
  }

  /// The token after the next one, left in place.
  Token peekSecond() {
    peek();
    if (ahead.size() < 2) {
      ahead.add(lexer.next());
    }
    return ahead.getLast();
  }

  /// How far the text has been read; -1 when a token was looked at and not taken.
  int offset() {
    return ahead.isEmpty() ? lexer.offset() : -1;
  }

  /// Passes over what comes next if it is the same as an earlier part of the text, which must be
  /// within one line.
  boolean takeRepetition(int begin, int end) {
    return ahead.isEmpty() && lexer.skipRepetition(begin, end);
  }

  Token take() {
    peek();
    return ahead.removeFirst();
  }

  boolean takeIf(String sign) {
    if (peek().is(sign)) {
      take();
      return true;
    }
    return false;
  }

  boolean takeIfWord(String word) {
    if (peek().isWord(word)) {
      take();
      return true;
    }
    return false;
  }

  /// Takes the sign, or fails.
  ///
  /// @param where what it ends or begins, for the message: `after the attribute %s`
  /// @param subject what `%s` stands for; only made into text for a message
  void expect(String sign, String where, Object subject) {
    if (!takeIf(sign)) {
      throw unexpected("expected `" + sign + "` " + where.formatted(subject), null);
    }
  }

  /// Takes an identifier, or fails.
  ///
  /// @param what what it names, for the message
  Token expectIdentifier(String what) {
    if (peek().kind() != Token.Kind.IDENTIFIER) {
      throw unexpected("expected " + what, null);
    }
    return take();
  }

  /// Passes over semicolons, which may stand alone.
  void skipSemicolons() {
    while (peek().is(";")) {
      take();
    }
  }

  /// An integer with an optional sign, or null when the next token does not begin one.
  Syntax.@Nullable Constant takeIfConstant() {
    Token first = peek();
    boolean signed = first.is("-") || first.is("+");
    if ((signed ? peekSecond() : first).kind() != Token.Kind.INTEGER) {
      return null;
    }
    boolean negative = first.is("-");
    if (signed) {
      take();
    }
    return new Syntax.Constant(negative, take().magnitude(), first.place());
  }

  /// An identifier, or several joined with dots; or fails.
  String expectName(String what) {
    String name = expectIdentifier(what).text();
    if (!peek().is(".")) {
      return name;
    }
    StringBuilder dotted = new StringBuilder(name);
    while (takeIf(".")) {
      dotted.append('.').append(expectIdentifier(what).text());
    }
    return dotted.toString();
  }

  /// A dotted path, or fails.
  Syntax.Location expectLocation(String what) {
    TextPlace place = peek().place();
    List<String> path = new ArrayList<>();
    do {
      path.add(expectIdentifier(what).text());
    } while (takeIf("."));
    return new Syntax.Location(List.copyOf(path), place);
  }

  /// The failure at the next token; for the caller to throw.
  TraceException unexpected(String expectation, @Nullable String advice) {
    Token token = peek();
    return reporter.fault(
        token.place(), Rule.SYNTAX, expectation + ", found " + token.display(), advice);
  }
}
