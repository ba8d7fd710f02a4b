package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Attribute;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Block;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Constant;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Document;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Entry;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Item;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Name;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.ScopeEntry;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Text;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Value;
import java.util.ArrayList;
import java.util.List;

/// Recursive descent over blocks and attributes; [TypeParser] does the types.
final class Parser {
  private static final int MOST_REPEATED = 64;

  private final Tokens tokens;
  private final Reporter reporter;
  private final TypeParser types;

  /// Attributes of integer types that were read once. Tracers write `{ size = 32; align = 8; ... }`
  /// anew for each field: the same dozen of them many thousand times.
  private final List<RepeatedAttributes> repeated = new ArrayList<>();

  /// The text between two offsets, within one line, and what it means.
  private record RepeatedAttributes(int begin, int end, List<Attribute> attributes) {}

  Parser(String text, Reporter reporter) {
    this.tokens = new Tokens(text, reporter);
    this.reporter = reporter;
    this.types = new TypeParser(tokens, reporter, this);
  }

  /// The whole text.
  Document document() {
    List<Item> items = new ArrayList<>();
    while (true) {
      tokens.skipSemicolons();
      Token token = tokens.peek();
      if (token.kind() == Token.Kind.END) {
        return new Document(List.copyOf(items));
      }
      if (token.kind() == Token.Kind.IDENTIFIER && Words.isBlock(token.text())) {
        items.add(block());
      } else if (types.beginsDeclaration()) {
        items.addAll(types.declarations());
      } else {
        throw tokens.unexpected(
            "expected a block (`trace`, `env`, `clock`, `stream`, `event`, `callsite`) or a type"
                + " declaration (`typealias`, `typedef`, `struct`, `variant`, `enum`)",
            "Check that the block before is closed with `};`");
      }
    }
  }

  private Block block() {
    Token keyword = tokens.take();
    String display = "`" + keyword.text() + "`";
    tokens.expect("{", "after %s", display);
    String where = display + " block of " + keyword.place();
    List<Entry> entries = new ArrayList<>();
    while (true) {
      tokens.skipSemicolons();
      if (tokens.takeIf("}")) {
        break;
      }
      if (types.beginsDeclaration() && !isAttribute()) {
        entries.addAll(types.declarations());
      } else {
        entries.add(attributeOrScope(where));
      }
    }
    tokens.expect(";", "after the %s", where);
    return new Block(keyword.text(), List.copyOf(entries), keyword.place());
  }

  /// Whether the next word is an attribute called like a keyword.
  private boolean isAttribute() {
    Token second = tokens.peekSecond();
    return second.is("=") || second.is(":=") || second.is(".");
  }

  /// `{ name = value; ... }` of an integer, floating point or string type.
  List<Attribute> attributes(String keyword) {
    int line = tokens.peek().place().line();
    tokens.expect("{", "after `%s`", keyword);
    boolean isInteger = keyword.equals("integer");
    for (RepeatedAttributes known : repeated) {
      if (isInteger && tokens.takeRepetition(known.begin, known.end)) {
        return known.attributes;
      }
    }
    int begin = tokens.offset();
    String where = "`" + keyword + "` type";
    List<Attribute> attributes = new ArrayList<>();
    while (true) {
      tokens.skipSemicolons();
      if (tokens.peek().is("}")) {
        boolean isOneLine = tokens.take().place().line() == line;
        List<Attribute> all = List.copyOf(attributes);
        if (isInteger && isOneLine && begin >= 0) {
          remember(begin, all);
        }
        return all;
      }
      switch (attributeOrScope(where)) {
        case Attribute attribute -> attributes.add(attribute);
        case ScopeEntry scope ->
            throw reporter.fault(
                scope.place(),
                Rule.SYNTAX,
                "attribute `" + scope.name() + "` of a `" + keyword + "` type needs `=`, not `:=`",
                "Write `" + scope.name() + " = VALUE;`");
        case Syntax.Declaration declaration ->
            throw new AssertionError("attributeOrScope returned " + declaration);
      }
    }
  }

  private void remember(int begin, List<Attribute> attributes) {
    for (Attribute attribute : attributes) {
      if (!isQuiet(attribute)) {
        return;
      }
    }
    if (repeated.size() < MOST_REPEATED) {
      repeated.add(new RepeatedAttributes(begin, tokens.offset(), attributes));
    }
  }

  /// Whether nothing is ever reported of the attribute that would not end the reading: only then it
  /// does not matter that its place is that of the first one.
  private static boolean isQuiet(Attribute attribute) {
    return switch (attribute.name()) {
      case "size", "align", "signed", "encoding", "base", "byte_order" -> true;
      default -> false;
    };
  }

  private Entry attributeOrScope(String where) {
    TextPlace place = tokens.peek().place();
    if (tokens.peek().kind() != Token.Kind.IDENTIFIER) {
      throw tokens.unexpected(
          "expected the name of an attribute of the " + where + " or `}`", null);
    }
    String name = tokens.expectName("the name of an attribute");
    if (tokens.takeIf(":=")) {
      Syntax.Type type = types.type();
      tokens.expect(";", "after the type of `%s`", name);
      return new ScopeEntry(name, type, place);
    }
    if (!tokens.takeIf("=")) {
      throw tokens.unexpected("expected `=` after the name `" + name + "` in the " + where, null);
    }
    Value value = value(name);
    tokens.expect(";", "after the value of attribute `%s`", name);
    return new Attribute(name, value, place);
  }

  private Value value(String attribute) {
    Constant constant = tokens.takeIfConstant();
    if (constant != null) {
      return constant;
    }
    Token token = tokens.peek();
    return switch (token.kind()) {
      case STRING -> new Text(tokens.take().text(), token.place());
      case IDENTIFIER -> new Name(tokens.expectName("a name"), token.place());
      case INTEGER, SIGN, END ->
          throw tokens.unexpected(
              "expected an integer, a string or a name as value of attribute `" + attribute + "`",
              null);
    };
  }
}
