package dev.rideau.perf.internal.demangle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a name. Parts form a graph without circles: what a name refers to a second time is the
/// same object. Its members are other parts unless said otherwise.
sealed interface Part {
  /// An identifier, or a text that stands for itself.
  record Name(String text) implements Part {}

  /// A name of the standard library that has a code of its own.
  ///
  /// @param brief `std::string`
  /// @param shown the brief one, or the whole one where a constructor follows
  record Abbreviation(String brief, String shown) implements Part {}

  /// `name[abi:tag]`.
  record Tagged(Part name, Part tag) implements Part {}

  /// `scope::name`.
  record Qualified(Part scope, Part name) implements Part {}

  /// Something inside of a function.
  record Local(Part function, Part entity) implements Part {}

  /// Something inside of the default value of a parameter, counted from the last one.
  record DefaultArgument(int number, Part entity) implements Part {}

  /// A module, or a partition of one.
  record Module(@Nullable Part outer, Part name, boolean partition) implements Part {}

  /// `name@module`.
  record OfModule(Part name, Part module) implements Part {}

  /// Names that one declaration binds.
  record Binding(List<Part> names) implements Part {}

  /// A function with its type.
  record Typed(Part name, Part type) implements Part {}

  /// `name<arguments>`.
  record Template(Part name, TemplateArguments arguments) implements Part {}

  /// Arguments of a template; inside of others a pack.
  record TemplateArguments(List<Part> list) implements Part {}

  /// The argument with that index of the template around.
  record TemplateParameter(int index) implements Part {}

  /// A constructor of a class with that name.
  record Constructor(Part name) implements Part {}

  /// A destructor of a class with that name.
  record Destructor(Part name) implements Part {}

  /// Something that the compiler made for something else.
  record Special(SpecialName kind, Part of) implements Part {}

  /// The table of a base while the derived one is constructed.
  record ConstructionTable(Part base, Part derived) implements Part {}

  /// A temporary that a reference keeps alive.
  record ReferenceTemporary(Part name, int number) implements Part {}

  /// A part with something added, as `const` or `*`.
  ///
  /// @param detail what the modifier itself says more
  record Modified(Modifier modifier, Part inner, @Nullable Part detail) implements Part {}

  /// A type of the language.
  record Builtin(BuiltinType type) implements Part {}

  /// A type that only one compiler knows.
  record VendorType(Part name) implements Part {}

  /// The type of a function.
  record FunctionType(@Nullable Part result, Arguments parameters) implements Part {}

  /// `element [dimension]`.
  record ArrayType(@Nullable Part dimension, Part element) implements Part {}

  /// A pointer to a member of a class.
  record MemberPointer(Part owner, Part member) implements Part {}

  /// Several elements that are computed at once.
  record VectorType(Part dimension, Part element) implements Part {}

  /// Parameters, or what is handed over for them.
  record Arguments(List<Part> list) implements Part {}

  /// A function without a name.
  ///
  /// @param head its template parameters
  record Lambda(List<Part> head, Arguments parameters, int number) implements Part {}

  /// A template parameter of a lambda; the detail is its type, or its own parameters.
  record HeadParameter(HeadKind kind, boolean pack, @Nullable Part detail) implements Part {}

  /// A class or enumeration without a name.
  record Unnamed(int number) implements Part {}

  /// An operator.
  record OperatorName(Operator operator) implements Part {}

  /// An operator that only one compiler knows, with a number of operands.
  record VendorOperator(Part name, int operands) implements Part {}

  /// `operator type`.
  record Conversion(Part type) implements Part {}

  /// `(type)`.
  record Cast(Part type) implements Part {}

  /// An operator without operands.
  record Nullary(Part operator) implements Part {}

  /// An operator and its operand.
  record Unary(Part operator, Part operand, boolean behind) implements Part {}

  /// An operator and its operands.
  record Binary(Operator operator, Part left, Part right) implements Part {}

  /// An operator and its operands.
  record Ternary(Operator operator, Part first, Part second, @Nullable Part third)
      implements Part {}

  /// A value as it was written.
  record Literal(Part type, String value, boolean negative) implements Part {}

  /// `type{values}`.
  record Initializer(@Nullable Part type, Arguments values) implements Part {}

  /// An expression that only one compiler knows.
  record VendorExpression(Part name, TemplateArguments arguments) implements Part {}

  /// `decltype (expression)`.
  record Decltype(Part expression) implements Part {}

  /// A pattern, once for each element of a pack.
  record PackExpansion(Part pattern) implements Part {}

  /// The parameter with that number of the function, 0 is `this`.
  record FunctionParameter(int number) implements Part {}

  /// A number.
  record Number(int value) implements Part {}

  /// What kind of parameter a template has.
  enum HeadKind {
    TYPE("$T"),
    VALUE("$N"),
    TEMPLATE("$TT");

    final String prefix;

    HeadKind(String prefix) {
      this.prefix = prefix;
    }
  }
}
