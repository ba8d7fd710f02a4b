package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.Special;

/// Names of tables, thunks and other things that the compiler made.
final class SpecialNameParser {
  private final Parsing parsing;
  private final MangledText text;

  SpecialNameParser(Parsing parsing) {
    this.parsing = parsing;
    text = parsing.text;
  }

  static boolean begins(MangledText text) {
    return text.peek() == 'T' || text.peek() == 'G';
  }

  Part specialName() {
    parsing.enter();
    Part name = text.next() == 'T' ? afterT() : afterG();
    parsing.leave();
    return name;
  }

  private Part afterT() {
    char code = text.next();
    return switch (code) {
      case 'V' -> new Special(SpecialName.VTABLE, type());
      case 'T' -> new Special(SpecialName.VTT, type());
      case 'I' -> new Special(SpecialName.TYPEINFO, type());
      case 'S' -> new Special(SpecialName.TYPEINFO_NAME, type());
      case 'F' -> new Special(SpecialName.TYPEINFO_FUNCTION, type());
      case 'J' -> new Special(SpecialName.JAVA_CLASS, type());
      case 'H' -> new Special(SpecialName.TLS_INIT, name());
      case 'W' -> new Special(SpecialName.TLS_WRAPPER, name());
      case 'A' -> new Special(SpecialName.TEMPLATE_PARAMETER_OBJECT, parsing.templates.argument());
      case 'C' -> constructionTable();
      case 'h' -> {
        offset(code);
        yield new Special(SpecialName.THUNK, encoding());
      }
      case 'v' -> {
        offset(code);
        yield new Special(SpecialName.VIRTUAL_THUNK, encoding());
      }
      case 'c' -> {
        offset(text.next());
        offset(text.next());
        yield new Special(SpecialName.COVARIANT_THUNK, encoding());
      }
      default -> throw new NotUnderstood();
    };
  }

  private Part afterG() {
    return switch (text.next()) {
      case 'V' -> new Special(SpecialName.GUARD, name());
      case 'R' -> new Part.ReferenceTemporary(name(), text.number());
      case 'A' -> new Special(SpecialName.HIDDEN_ALIAS, encoding());
      case 'T' ->
          text.next() == 'n'
              ? new Special(SpecialName.NON_TRANSACTION_CLONE, encoding())
              : new Special(SpecialName.TRANSACTION_CLONE, encoding());
      case 'I' -> {
        Part module = parsing.names.module(null);
        if (module == null) {
          throw new NotUnderstood();
        }
        yield new Special(SpecialName.MODULE_INITIALIZER, module);
      }
      default -> throw new NotUnderstood();
    };
  }

  private Part constructionTable() {
    Part derived = type();
    if (text.number() < 0) {
      throw new NotUnderstood();
    }
    text.expect('_');
    return new Part.ConstructionTable(type(), derived);
  }

  /// ```
  /// offset   h number _  |  v number _ number _
  /// ```
  private void offset(char code) {
    if (code == 'v') {
      text.number();
      text.expect('_');
    } else if (code != 'h') {
      throw new NotUnderstood();
    }
    text.number();
    text.expect('_');
  }

  private Part type() {
    return parsing.types.type();
  }

  private Part name() {
    return parsing.names.name();
  }

  private Part encoding() {
    return parsing.names.encoding();
  }
}
