package dev.rideau.perf.internal.demangle;

/// What compilers make beside what people wrote.
enum SpecialName {
  VTABLE("vtable for "),
  VTT("VTT for "),
  TYPEINFO("typeinfo for "),
  TYPEINFO_NAME("typeinfo name for "),
  TYPEINFO_FUNCTION("typeinfo fn for "),
  THUNK("non-virtual thunk to "),
  VIRTUAL_THUNK("virtual thunk to "),
  COVARIANT_THUNK("covariant return thunk to "),
  JAVA_CLASS("java Class for "),
  TLS_INIT("TLS init function for "),
  TLS_WRAPPER("TLS wrapper function for "),
  TEMPLATE_PARAMETER_OBJECT("template parameter object for "),
  GUARD("guard variable for "),
  HIDDEN_ALIAS("hidden alias for "),
  TRANSACTION_CLONE("transaction clone for "),
  NON_TRANSACTION_CLONE("non-transaction clone for "),
  MODULE_INITIALIZER("initializer for module "),
  GLOBAL_CONSTRUCTORS("global constructors keyed to "),
  GLOBAL_DESTRUCTORS("global destructors keyed to ");

  final String text;

  SpecialName(String text) {
    this.text = text;
  }

  /// The same, short.
  String brief() {
    return this == THUNK || this == VIRTUAL_THUNK || this == COVARIANT_THUNK ? "thunk to " : text;
  }
}
