package dev.rideau.perf.internal.demangle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the parsers of one name share: the text, what substitutions may refer to, and where in the
/// grammar they are.
final class Parsing {
  /// How deep a name may be nested; none that compilers make comes near.
  private static final int MOST_DEPTH = 256;

  final MangledText text;
  final NameParser names;
  final TypeParser types;
  final TemplateParser templates;
  final ExpressionParser expressions;

  /// What constructors and destructors repeat.
  @Nullable Part lastName;

  /// Whether `cv` begins a cast, not the name of a function.
  boolean inExpression;

  /// Whether the type of a conversion operator is being read: arguments behind it may be its own.
  boolean inConversion;

  /// Reading arguments twice can double the work with each level.
  private static final int MOST_STEPS = 1 << 16;

  private final List<Part> substitutions = new ArrayList<>();
  private int depth;
  private int steps;

  Parsing(MangledText text) {
    this.text = text;
    names = new NameParser(this);
    types = new TypeParser(this);
    templates = new TemplateParser(this);
    expressions = new ExpressionParser(this);
  }

  /// Begins a part that may contain parts of its own kind.
  void enter() {
    if (++depth > MOST_DEPTH || ++steps > MOST_STEPS) {
      throw new NotUnderstood();
    }
  }

  /// Ends a part that was begun.
  void leave() {
    depth--;
  }

  /// Notes a part that the rest of the name may refer to.
  <P extends Part> P remember(P part) {
    substitutions.add(part);
    return part;
  }

  /// A place to come back to when what was tried does not fit.
  record Mark(
      int position,
      int remembered,
      int depth,
      @Nullable Part lastName,
      boolean inExpression,
      boolean inConversion) {}

  Mark mark() {
    return new Mark(
        text.position(), substitutions.size(), depth, lastName, inExpression, inConversion);
  }

  void backTo(Mark mark) {
    text.position(mark.position);
    substitutions.subList(mark.remembered, substitutions.size()).clear();
    depth = mark.depth;
    lastName = mark.lastName;
    inExpression = mark.inExpression;
    inConversion = mark.inConversion;
  }

  /// ```
  /// substitution   S [base 36] _  |  St  |  Sa  |  Sb  |  Ss  |  Si  |  So  |  Sd
  /// ```
  ///
  /// @param isPrefix whether it begins a qualified name, which may be that of a constructor
  Part substitution(boolean isPrefix) {
    text.expect('S');
    char c = text.next();
    if (c == '_') {
      return substituted(0);
    } else if (MangledText.isDigit(c) || MangledText.isUpper(c)) {
      int index = 0;
      for (; c != '_'; c = text.next()) {
        if (!MangledText.isDigit(c) && !MangledText.isUpper(c)) {
          throw new NotUnderstood();
        }
        index = index * 36 + Character.digit(c, 36);
        if (index >= substitutions.size()) {
          throw new NotUnderstood();
        }
      }
      return substituted(index + 1);
    }
    return abbreviation(c, isPrefix);
  }

  private Part substituted(int index) {
    if (index >= substitutions.size()) {
      throw new NotUnderstood();
    }
    return substitutions.get(index);
  }

  private Part abbreviation(char code, boolean isPrefix) {
    boolean whole = isPrefix && (text.peek() == 'C' || text.peek() == 'D');
    Part found =
        switch (code) {
          case 't' -> new Part.Abbreviation("std", "std");
          case 'a' -> ofClass("allocator", "std::allocator", "");
          case 'b' -> ofClass("basic_string", "std::basic_string", "");
          case 's' ->
              ofClass(
                  "basic_string",
                  "std::string",
                  whole ? "<char, std::char_traits<char>, std::allocator<char> >" : "");
          case 'i' -> stream("istream", whole);
          case 'o' -> stream("ostream", whole);
          case 'd' -> stream("iostream", whole);
          default -> throw new NotUnderstood();
        };
    return text.peek() == 'B' ? remember(names.tagged(found)) : found;
  }

  private Part stream(String name, boolean whole) {
    return ofClass("basic_" + name, "std::" + name, whole ? "<char, std::char_traits<char> >" : "");
  }

  private Part ofClass(String className, String brief, String arguments) {
    lastName = new Part.Name(className);
    String shown = arguments.isEmpty() ? brief : "std::" + className + arguments;
    return new Part.Abbreviation(brief, shown);
  }
}
