package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Alias;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Constant;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.ConstantLength;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Declaration;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Declarator;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.EnumType;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Enumerator;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.FieldDeclaration;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.FloatingPointType;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.IntegerType;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.LocatedLength;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Location;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.StringType;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.StructType;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Subscript;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Type;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.TypeDeclaration;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.TypeReference;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.VariantType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Recursive descent over types and their declarations.
final class TypeParser {
  /// How deep types may stand in types. Real metadata stays below ten.
  static final int MAXIMUM_DEPTH = 64;

  private final Tokens tokens;
  private final Reporter reporter;
  private final Parser parser;
  private int depth;

  TypeParser(Tokens tokens, Reporter reporter, Parser parser) {
    this.tokens = tokens;
    this.reporter = reporter;
    this.parser = parser;
  }

  /// Whether the next word begins a declaration that may stand in any block.
  boolean beginsDeclaration() {
    Token token = tokens.peek();
    return token.isWord("typealias")
        || token.isWord("typedef")
        || token.isWord("struct")
        || token.isWord("variant")
        || token.isWord("enum");
  }

  /// A declaration outside of structures and variants.
  List<Declaration> declarations() {
    if (tokens.takeIfWord("typealias")) {
      return List.of(typealias());
    }
    if (tokens.takeIfWord("typedef")) {
      return typedef();
    }
    Type type = type();
    tokens.expect(";", "after the declaration of %s", type.place());
    return List.of(new TypeDeclaration(type));
  }

  private Alias typealias() {
    Type target = type();
    List<Subscript> targetSubscripts = subscripts();
    tokens.expect(":=", "between the type and its new name in `%s`", "typealias");
    Token first = tokens.peek();
    String name = aliasName();
    List<Subscript> subscripts = new ArrayList<>(subscripts());
    subscripts.addAll(targetSubscripts);
    tokens.expect(";", "after `%s`", "typealias");
    return new Alias(target, name, List.copyOf(subscripts), first.place());
  }

  private List<Declaration> typedef() {
    Type type = type();
    List<Declaration> aliases = new ArrayList<>();
    do {
      Token first = tokens.peek();
      aliases.add(new Alias(type, aliasName(), subscripts(), first.place()));
    } while (tokens.takeIf(","));
    tokens.expect(";", "after `%s`", "typedef");
    return aliases;
  }

  /// The name of an alias: an identifier or words such as `unsigned long`, with stars.
  private String aliasName() {
    if (tokens.peek().kind() != Token.Kind.IDENTIFIER) {
      throw tokens.unexpected("expected a name for the type", null);
    }
    Token first = tokens.peek();
    if (Words.isReserved(first.text())) {
      throw reporter.fault(
          first.place(),
          Rule.TYPE_NAME,
          "`" + first.text() + "` is a keyword and cannot name a type",
          "Choose another name");
    }
    return typeName(true);
  }

  private String typeName(boolean declares) {
    StringBuilder name = new StringBuilder(tokens.take().text());
    boolean complete = !Words.isOfCType(name.toString());
    boolean onlyConst = name.toString().equals("const");
    while (!complete && tokens.peek().kind() == Token.Kind.IDENTIFIER) {
      String word = tokens.peek().text();
      if (!Words.isOfCType(word)) {
        // `const my_type field`: with one more word to come, this one still is the type.
        boolean isType =
            onlyConst
                && (declares || tokens.peekSecond().kind() == Token.Kind.IDENTIFIER)
                && !Words.isReserved(word);
        if (!isType) {
          break;
        }
        complete = true;
      }
      onlyConst &= word.equals("const");
      name.append(' ').append(word);
      tokens.take();
    }
    while (tokens.takeIf("*")) {
      name.append(" *");
      if (tokens.takeIfWord("const")) {
        name.append(" const");
      }
    }
    return name.toString();
  }

  /// A type, by its definition or by name.
  Type type() {
    Token token = tokens.peek();
    if (token.kind() != Token.Kind.IDENTIFIER) {
      throw tokens.unexpected(
          "expected a type (`integer`, `floating_point`, `string`, `enum`, `struct`, `variant` or"
              + " the name of a type)",
          null);
    }
    if (depth >= MAXIMUM_DEPTH) {
      throw reporter.fault(
          token.place(),
          Rule.LIMIT,
          "types are nested more than " + MAXIMUM_DEPTH + " deep",
          "Metadata of real tracers stays far below; the file may be damaged");
    }
    depth++;
    try {
      return switch (token.text()) {
        case "integer" -> {
          tokens.take();
          yield new IntegerType(parser.attributes("integer"), token.place());
        }
        case "floating_point" -> {
          tokens.take();
          yield new FloatingPointType(parser.attributes("floating_point"), token.place());
        }
        case "string" -> {
          tokens.take();
          yield new StringType(
              tokens.peek().is("{") ? parser.attributes("string") : List.of(), token.place());
        }
        case "enum" -> enumeration();
        case "struct" -> structure();
        case "variant" -> variant();
        default -> {
          if (Words.isReserved(token.text())) {
            throw tokens.unexpected("expected a type", "Check the declaration before this word");
          }
          yield new TypeReference(typeName(false), null, token.place());
        }
      };
    } finally {
      depth--;
    }
  }

  private @Nullable String tag() {
    return tokens.peek().kind() == Token.Kind.IDENTIFIER ? tokens.take().text() : null;
  }

  private Type enumeration() {
    Token keyword = tokens.take();
    String name = tag();
    Type container = null;
    if (tokens.takeIf(":")) {
      container = type();
    }
    if (container == null && name != null && !tokens.peek().is("{")) {
      return new TypeReference("enum " + name, null, keyword.place());
    }
    tokens.expect("{", "to begin the body of `%s`", "enum");
    List<Enumerator> enumerators = new ArrayList<>();
    do {
      if (!enumerators.isEmpty() && tokens.peek().is("}")) {
        break;
      }
      enumerators.add(enumerator());
    } while (tokens.takeIf(","));
    if (!tokens.takeIf("}")) {
      throw tokens.unexpected("expected `,` or `}` after an enumerator", null);
    }
    return new EnumType(name, container, List.copyOf(enumerators), keyword.place());
  }

  private Enumerator enumerator() {
    Token label = tokens.peek();
    if (label.kind() != Token.Kind.IDENTIFIER && label.kind() != Token.Kind.STRING) {
      throw tokens.unexpected("expected the name of an enumerator (identifier or string)", null);
    }
    tokens.take();
    Constant lower = null;
    Constant upper = null;
    if (tokens.takeIf("=")) {
      lower = expectConstant("an integer as value of enumerator `%s`", label.text());
      if (tokens.takeIf("...")) {
        upper = expectConstant("an integer as end of the range of `%s`", label.text());
      }
    }
    return new Enumerator(label.text(), lower, upper, label.place());
  }

  private Constant expectConstant(String what, Object subject) {
    Constant constant = tokens.takeIfConstant();
    if (constant == null) {
      throw tokens.unexpected("expected " + what.formatted(subject), null);
    }
    return constant;
  }

  private Type structure() {
    Token keyword = tokens.take();
    String name = tag();
    if (name != null && !tokens.peek().is("{")) {
      return new TypeReference("struct " + name, null, keyword.place());
    }
    List<Declaration> declarations = body("struct", keyword.place());
    Constant alignment = null;
    if (tokens.peek().isWord("align") && tokens.peekSecond().is("(")) {
      tokens.take();
      tokens.take();
      alignment = expectConstant("an integer as alignment of the `%s`", "struct");
      tokens.expect(")", "after the alignment of the `%s`", "struct");
    }
    return new StructType(name, declarations, alignment, keyword.place());
  }

  private Type variant() {
    Token keyword = tokens.take();
    String name = tag();
    Location selector = null;
    if (tokens.takeIf("<")) {
      selector = tokens.expectLocation("the location of the variant's selector");
      tokens.expect(">", "after selector `%s`", selector);
    }
    if (name != null && !tokens.peek().is("{")) {
      return new TypeReference("variant " + name, selector, keyword.place());
    }
    List<Declaration> declarations = body("variant", keyword.place());
    return new VariantType(name, selector, declarations, keyword.place());
  }

  /// What stands between the braces of a structure or variant.
  private List<Declaration> body(String keyword, TextPlace begin) {
    tokens.expect("{", "to begin the body of `%s`", keyword);
    List<Declaration> declarations = new ArrayList<>();
    while (true) {
      tokens.skipSemicolons();
      if (tokens.takeIf("}")) {
        return List.copyOf(declarations);
      }
      if (tokens.peek().kind() != Token.Kind.IDENTIFIER) {
        throw tokens.unexpected(
            "expected a field, a type declaration or `}` in the `"
                + keyword
                + "` that begins in "
                + begin,
            null);
      }
      if (tokens.peek().isWord("typealias") || tokens.peek().isWord("typedef")) {
        declarations.addAll(declarations());
        continue;
      }
      Type type = type();
      if (declaresName(type) && tokens.takeIf(";")) {
        declarations.add(new TypeDeclaration(type));
        continue;
      }
      List<Declarator> declarators = new ArrayList<>();
      if (tokens.peek().kind() != Token.Kind.IDENTIFIER) {
        throw reporter.fault(
            type.place(),
            Rule.SYNTAX,
            "field has a type but no name: found " + tokens.peek().display() + " instead",
            "Write `TYPE NAME;`");
      }
      do {
        Token name = tokens.expectIdentifier("the name of a field");
        declarators.add(new Declarator(name.text(), subscripts(), name.place()));
      } while (tokens.takeIf(","));
      tokens.expect(";", "after field `%s`", declarators.getLast().name());
      declarations.add(new FieldDeclaration(type, List.copyOf(declarators)));
    }
  }

  private static boolean declaresName(Type type) {
    return switch (type) {
      case StructType struct -> true;
      case VariantType variant -> true;
      case EnumType enumeration -> true;
      case IntegerType integer -> false;
      case FloatingPointType floating -> false;
      case StringType string -> false;
      case TypeReference reference -> false;
    };
  }

  private List<Subscript> subscripts() {
    if (!tokens.peek().is("[")) {
      return List.of();
    }
    List<Subscript> subscripts = new ArrayList<>();
    while (tokens.takeIf("[")) {
      TextPlace place = tokens.peek().place();
      Constant length = tokens.takeIfConstant();
      if (length == null) {
        subscripts.add(
            new LocatedLength(
                tokens.expectLocation(
                    "the length of the array: an integer or the location of an integer field")));
      } else if (length.negative() && length.magnitude() != 0 || !length.isSignedLong()) {
        throw reporter.fault(
            place,
            Rule.ARRAY_LENGTH,
            "array cannot have a length of " + length,
            "Lengths go from 0 to 9223372036854775807");
      } else {
        subscripts.add(new ConstantLength(length.magnitude(), place));
      }
      tokens.expect("]", "after the length in %s", place);
    }
    return List.copyOf(subscripts);
  }
}
