package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Draft.ArrayDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.FloatDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.IntDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.MemberDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StringDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StructDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.VariantDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Alias;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Attribute;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.ConstantLength;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Declaration;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Declarator;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.EnumType;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.FieldDeclaration;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.FloatingPointType;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.IntegerType;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.LocatedLength;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Location;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Name;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.StringType;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.StructType;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Subscript;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Type;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.TypeDeclaration;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.TypeReference;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.VariantType;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.Environment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns types as they are written into [Draft]s: looks names up, reads attributes, checks values.
final class TypeResolver {
  /// How deep and how large a type may become through aliases of aliases.
  private static final int MAXIMUM_DEPTH = TypeParser.MAXIMUM_DEPTH;

  private static final long MAXIMUM_NODES = 1L << 20;

  private final Reporter reporter;
  private final AttributeReader reader;
  private final EnumeratorReader enumerators;
  private final ByteOrder nativeByteOrder;
  private final Environment environment;

  /// What lists of attributes mean that the parser found several times.
  private final Map<List<Attribute>, IntDraft> integers = new IdentityHashMap<>();

  TypeResolver(Reporter reporter, ByteOrder nativeByteOrder, Environment environment) {
    this.reporter = reporter;
    this.reader = new AttributeReader(reporter);
    this.enumerators = new EnumeratorReader(reporter);
    this.nativeByteOrder = nativeByteOrder;
    this.environment = environment;
  }

  /// Takes note of a type that is declared outside of structures and variants.
  void declare(Declaration declaration, LexicalScope scope) {
    switch (declaration) {
      case Alias alias -> declareAlias(alias, scope);
      case TypeDeclaration type -> resolve(type.type(), scope);
      case FieldDeclaration field ->
          throw new AssertionError("field outside of a structure: " + field);
    }
  }

  private void declareAlias(Alias alias, LexicalScope scope) {
    LexicalScope inner = scope.inner(LexicalScope.Kind.ALIAS);
    Draft type = withSubscripts(resolve(alias.type(), inner), alias.subscripts(), inner);
    declareType(alias.name(), type, alias.namePlace(), scope);
  }

  private void declareType(String name, Draft type, TextPlace place, LexicalScope scope) {
    if (!scope.declareType(name, type)) {
      throw reporter.fault(
          place,
          Rule.DUPLICATE_NAME,
          "type `" + name + "` is declared twice in the same scope",
          "Rename one of the two");
    }
  }

  /// The type that `type` means in `scope`.
  Draft resolve(Type type, LexicalScope scope) {
    return switch (type) {
      case IntegerType integer -> integer(integer);
      case FloatingPointType floating -> floating(floating);
      case StringType string -> string(string);
      case EnumType enumeration -> enumeration(enumeration, scope);
      case StructType struct -> struct(struct, scope);
      case VariantType variant -> variant(variant, scope);
      case TypeReference reference -> reference(reference, scope);
    };
  }

  private Draft reference(TypeReference reference, LexicalScope scope) {
    Draft type = scope.type(reference.name());
    if (type == null) {
      throw reporter.fault(
          reference.place(),
          Rule.TYPE_NAME,
          "type `" + reference.name() + "` is not known here",
          reference.name().contains("struct ")
                  || reference.name().contains("enum ")
                  || reference.name().contains("variant ")
              ? "Declare it before this place: `" + reference.name() + " { ... };`"
              : "Declare it before this place: `typealias TYPE := " + reference.name() + ";`");
    }
    if (type instanceof VariantDraft variant
        && variant.selector() == null
        && reference.selector() != null) {
      checkLocation(reference.selector(), "the selector of a variant", scope);
      return variant.withSelector(reference.selector()).at(reference.place());
    }
    if (type instanceof IntDraft integer && reference.name().endsWith("*")) {
      return integer.asPointer(reference.place());
    }
    return type.at(reference.place());
  }

  private IntDraft integer(IntegerType type) {
    IntDraft known = integers.get(type.attributes());
    if (known != null) {
      return known.at(type.place());
    }
    IntDraft integer = newInteger(type);
    integers.put(type.attributes(), integer);
    return integer;
  }

  private IntDraft newInteger(IntegerType type) {
    String owner = "an `integer` type";
    reader.checkUnique(type.attributes(), owner);
    long size = 0;
    int alignment = 0;
    ByteOrder byteOrder = nativeByteOrder;
    int displayBase = 10;
    boolean signed = false;
    boolean text = false;
    Attribute map = null;
    for (Attribute attribute : type.attributes()) {
      switch (attribute.name()) {
        case "size" -> {
          size = reader.unsigned(attribute);
          if (size < 1 || size > 64) {
            throw reader.wrong(attribute, "a number of bits from 1 to 64");
          }
        }
        case "align" -> alignment = reader.alignment(attribute);
        case "byte_order" -> byteOrder = realByteOrder(attribute);
        case "base" -> displayBase = reader.displayBase(attribute);
        case "encoding" -> text = reader.isText(attribute);
        case "signed" -> signed = reader.bool(attribute);
        case "map" -> map = attribute;
        default -> reader.unknown(attribute.name(), owner, attribute.place());
      }
    }
    if (size == 0) {
      throw reader.missing("size", owner, type.place());
    }
    if (alignment == 0) {
      alignment = size % 8 == 0 ? 8 : 1;
    }
    return new IntDraft(
        BitLayout.of((int) size, alignment, byteOrder),
        signed,
        displayBase,
        text,
        map == null ? null : clock(map, signed),
        List.of(),
        Set.of(),
        type.place());
  }

  private @Nullable String clock(Attribute map, boolean signed) {
    String prefix = "clock.";
    String suffix = ".value";
    if (map.value() instanceof Name value
        && value.name().startsWith(prefix)
        && value.name().endsWith(suffix)
        && value.name().length() > prefix.length() + suffix.length()) {
      String clock =
          value.name().substring(prefix.length(), value.name().length() - suffix.length());
      if (signed) {
        reporter.tolerate(
            map.place(),
            Rule.CLOCK,
            "a signed integer cannot be mapped to a clock",
            "Make it unsigned or remove `map`");
        return null;
      }
      return clock;
    }
    if (reporter.isStrict()) {
      throw reader.wrong(map, "clock.NAME.value");
    }
    reporter.tolerate(
        map.value().place(), Rule.CLOCK, "`map` does not name a clock", "Use clock.NAME.value");
    return null;
  }

  private ByteOrder realByteOrder(Attribute attribute) {
    ByteOrder order = reader.byteOrder(attribute);
    return order == null ? nativeByteOrder : order;
  }

  private FloatDraft floating(FloatingPointType type) {
    String owner = "a `floating_point` type";
    reader.checkUnique(type.attributes(), owner);
    long exponentDigits = 0;
    long mantissaDigits = 0;
    int alignment = 8;
    ByteOrder byteOrder = nativeByteOrder;
    for (Attribute attribute : type.attributes()) {
      switch (attribute.name()) {
        case "exp_dig" -> exponentDigits = reader.unsigned(attribute);
        case "mant_dig" -> mantissaDigits = reader.unsigned(attribute);
        case "align" -> alignment = reader.alignment(attribute);
        case "byte_order" -> byteOrder = realByteOrder(attribute);
        default -> reader.unknown(attribute.name(), owner, attribute.place());
      }
    }
    if (exponentDigits == 0) {
      throw reader.missing("exp_dig", owner, type.place());
    }
    if (mantissaDigits == 0) {
      throw reader.missing("mant_dig", owner, type.place());
    }
    boolean isSingle = exponentDigits == 8 && mantissaDigits == 24;
    boolean isDouble = exponentDigits == 11 && mantissaDigits == 53;
    if (!isSingle && !isDouble) {
      throw reporter.fault(
          type.place(),
          Rule.ATTRIBUTE_VALUE,
          "floating point numbers with exp_dig = "
              + Long.toUnsignedString(exponentDigits)
              + " and mant_dig = "
              + Long.toUnsignedString(mantissaDigits)
              + " are not supported",
          "Expected 8 and 24 (32 bits), or 11 and 53 (64 bits)");
    }
    return new FloatDraft(BitLayout.of(isSingle ? 32 : 64, alignment, byteOrder), type.place());
  }

  private StringDraft string(StringType type) {
    String owner = "a `string` type";
    reader.checkUnique(type.attributes(), owner);
    for (Attribute attribute : type.attributes()) {
      switch (attribute.name()) {
        // Every encoding is a part of UTF-8, and so is what has none: only the value is checked.
        case "encoding" -> reader.checkEncoding(attribute);
        default -> reader.unknown(attribute.name(), owner, attribute.place());
      }
    }
    return new StringDraft(type.place());
  }

  private IntDraft enumeration(EnumType type, LexicalScope scope) {
    Draft container = type.container() == null ? null : resolve(type.container(), scope);
    if (container == null) {
      container = scope.type("int");
      if (container == null) {
        throw reporter.fault(
            type.place(),
            Rule.TYPE_NAME,
            "an enumeration without integer type needs the type `int`, which is not known here",
            "Write `enum : TYPE { ... }`, or declare `int` before");
      }
    }
    if (!(container instanceof IntDraft integer)) {
      throw reporter.fault(
          type.container() == null ? type.place() : container.place(),
          Rule.ENUMERATION,
          "the type of an enumeration must be an integer",
          "Use an `integer` type or the name of one");
    }
    IntDraft draft =
        integer.withMappings(
            enumerators.read(type.enumerators(), integer, type.place()), type.place());
    if (type.name() != null) {
      declareType("enum " + type.name(), draft, type.place(), scope);
    }
    return draft;
  }

  private StructDraft struct(StructType type, LexicalScope scope) {
    LexicalScope around = type.name() == null ? scope : scope.inner(LexicalScope.Kind.ALIAS);
    int alignment = type.alignment() == null ? 1 : reader.alignment(type.alignment());
    List<MemberDraft> members =
        members(type.declarations(), around.inner(LexicalScope.Kind.STRUCTURE), "field");
    StructDraft draft = checkExtent(StructDraft.of(members, alignment, type.place()));
    if (type.name() != null) {
      declareType("struct " + type.name(), draft, type.place(), scope);
    }
    return draft;
  }

  private VariantDraft variant(VariantType type, LexicalScope scope) {
    LexicalScope around = type.name() == null ? scope : scope.inner(LexicalScope.Kind.ALIAS);
    if (type.selector() != null) {
      checkLocation(type.selector(), "the selector of a variant", around);
    }
    List<MemberDraft> options =
        members(type.declarations(), around.inner(LexicalScope.Kind.VARIANT), "option");
    if (options.isEmpty()) {
      throw reporter.fault(
          type.place(), Rule.SYNTAX, "variant has no option", "Give it at least one");
    }
    VariantDraft draft = checkExtent(VariantDraft.of(type.selector(), options, type.place()));
    if (type.name() != null) {
      declareType("variant " + type.name(), draft, type.place(), scope);
    }
    return draft;
  }

  private List<MemberDraft> members(
      List<Declaration> declarations, LexicalScope scope, String what) {
    List<MemberDraft> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Declaration declaration : declarations) {
      if (!(declaration instanceof FieldDeclaration field)) {
        declare(declaration, scope);
        continue;
      }
      Draft base = resolve(field.type(), scope);
      for (Declarator declarator : field.declarators()) {
        Draft type = withSubscripts(base, declarator.subscripts(), scope);
        checkSelected(type, declarator.place());
        if (!names.add(declarator.name())) {
          throw reporter.fault(
              declarator.place(),
              Rule.DUPLICATE_NAME,
              what + " `" + declarator.name() + "` is declared twice",
              "Rename one of the two");
        }
        members.add(new MemberDraft(declarator.name(), type, declarator.place()));
        scope.declareField(declarator.name());
      }
    }
    return members;
  }

  /// A variant that is a field must have its selector by now.
  private void checkSelected(Draft type, TextPlace place) {
    Draft inner = type;
    while (inner instanceof ArrayDraft array) {
      inner = array.element();
    }
    if (inner instanceof VariantDraft variant && variant.selector() == null) {
      throw reporter.fault(
          place,
          Rule.SELECTOR,
          "variant has no selector",
          "Name the enumeration field that selects the option: `variant <FIELD> { ... }`");
    }
  }

  /// `a[2][n]` is an array of 2 arrays of n: the last subscript is the innermost array.
  private Draft withSubscripts(Draft element, List<Subscript> subscripts, LexicalScope scope) {
    Draft type = element;
    for (Subscript subscript : subscripts.reversed()) {
      type =
          switch (subscript) {
            case ConstantLength constant ->
                ArrayDraft.of(type, constant.length(), constant.place());
            case LocatedLength located when located.location().path().getFirst().equals("env") ->
                ArrayDraft.of(type, environmentLength(located.location()), located.place());
            case LocatedLength located -> {
              checkLocation(located.location(), "the length of an array", scope);
              yield ArrayDraft.of(type, located.location());
            }
          };
      checkExtent(type);
    }
    return type;
  }

  private long environmentLength(Location location) {
    if (location.path().size() != 2) {
      throw reporter.fault(
          location.place(),
          Rule.ARRAY_LENGTH,
          "`" + location + "` does not name an entry of the environment",
          "Write `env.NAME`");
    }
    String name = location.path().get(1);
    Object value = environment.entries().get(name);
    if (value instanceof Long length && length >= 0) {
      return length;
    }
    throw reporter.fault(
        location.place(),
        Rule.ARRAY_LENGTH,
        value == null
            ? "the length of the array is the entry `"
                + name
                + "` of the environment, which"
                + " does not exist"
            : "the entry `"
                + name
                + "` of the environment is "
                + value
                + ", which is no length of an array",
        "Add an `env` block with `" + name + "` as an integer that is not negative");
  }

  /// Finds locations that cannot lead anywhere, at the place where they are written.
  private void checkLocation(Location location, String what, LexicalScope scope) {
    if (location.path().getFirst().equals("env")) {
      throw reporter.fault(
          location.place(),
          Rule.LOCATION,
          what + " cannot be an entry of the environment",
          "Name a field");
    }
    if (Locations.isAbsolute(location, reporter)) {
      return;
    }
    String first = location.path().getFirst();
    for (LexicalScope at = scope; at != null; at = at.parent()) {
      if (at.hasField(first)) {
        return;
      }
      if (at.kind() == LexicalScope.Kind.ALIAS) {
        if (reporter.isStrict()) {
          throw reporter.fault(
              location.place(),
              Rule.LOCATION,
              what + " is `" + location + "`, a field outside of the type that gets a name here",
              "Name the field from the top, for instance `event.fields." + location + "`");
        }
        // Other readers look the field up where the type is used; so does ScopeCompiler.
        return;
      }
    }
    throw reporter.fault(
        location.place(),
        Rule.LOCATION,
        what + " is `" + location + "`, but no field `" + first + "` comes before",
        "Locations name fields that are decoded earlier; from the top: `event.fields.NAME`,"
            + " `stream.event.header.NAME`, `stream.packet.context.NAME`, ...");
  }

  private <T extends Draft> T checkExtent(T type) {
    Draft.Extent extent = type.extent();
    if (extent.depth() > MAXIMUM_DEPTH || extent.nodes() > MAXIMUM_NODES) {
      throw reporter.fault(
          type.place(),
          Rule.LIMIT,
          "type is too large: "
              + extent.depth()
              + " levels and "
              + extent.nodes()
              + " types in it; at most "
              + MAXIMUM_DEPTH
              + " and "
              + MAXIMUM_NODES
              + " are accepted",
          "Metadata of real tracers stays far below; the file may be damaged");
    }
    return type;
  }
}
