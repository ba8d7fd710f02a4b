package dev.rideau.perf.internal.demangle;

/// What makes one type of another, or belongs to a function as a whole.
enum Modifier {
  RESTRICT(" restrict"),
  VOLATILE(" volatile"),
  CONST(" const"),
  RESTRICT_THIS(" restrict"),
  VOLATILE_THIS(" volatile"),
  CONST_THIS(" const"),
  REFERENCE_THIS(" &"),
  RVALUE_REFERENCE_THIS(" &&"),
  TRANSACTION_SAFE(" transaction_safe"),
  NOEXCEPT(" noexcept"),
  THROW(" throw"),
  VENDOR(" "),
  POINTER("*"),
  REFERENCE("&"),
  RVALUE_REFERENCE("&&"),
  COMPLEX(" _Complex"),
  IMAGINARY(" _Imaginary");

  final String text;

  Modifier(String text) {
    this.text = text;
  }

  /// Whether it stands behind the parameters of a function.
  boolean ofFunction() {
    return ordinal() >= RESTRICT_THIS.ordinal() && ordinal() <= THROW.ordinal();
  }

  /// Whether it qualifies a value.
  boolean ofValue() {
    return ordinal() <= CONST.ordinal();
  }

  boolean isReference() {
    return this == REFERENCE || this == RVALUE_REFERENCE;
  }

  /// The same in front of a function type, where it is about `this`.
  Modifier ofThis() {
    return switch (this) {
      case RESTRICT -> RESTRICT_THIS;
      case VOLATILE -> VOLATILE_THIS;
      case CONST -> CONST_THIS;
      case RESTRICT_THIS,
          VOLATILE_THIS,
          CONST_THIS,
          REFERENCE_THIS,
          RVALUE_REFERENCE_THIS,
          TRANSACTION_SAFE,
          NOEXCEPT,
          THROW,
          VENDOR,
          POINTER,
          REFERENCE,
          RVALUE_REFERENCE,
          COMPLEX,
          IMAGINARY ->
          this;
    };
  }
}
