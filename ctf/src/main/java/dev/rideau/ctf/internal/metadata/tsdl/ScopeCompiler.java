package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Draft.ArrayDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.FloatDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.IntDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.MemberDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StringDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StructDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.VariantDraft;
import dev.rideau.ctf.internal.metadata.tsdl.LocationFinder.Target;
import dev.rideau.ctf.internal.metadata.tsdl.LocationFinder.Targets;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Location;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the type of one scope into a field class, with every location made absolute and checked.
final class ScopeCompiler {
  /// Arrays of elements without a single bit cost nothing in the data; their length is limited
  /// here.
  private static final long MAXIMUM_EMPTY_ELEMENTS = 1L << 20;

  private final Reporter reporter;
  private final LocationFinder finder;

  /// @param scopes the scopes that records of the class in question have, this one included
  ScopeCompiler(Reporter reporter, Scope scope, Map<Scope, StructDraft> scopes) {
    this.reporter = reporter;
    this.finder = new LocationFinder(reporter, scope, scopes);
  }

  FieldClass.Structure compile(StructDraft root) {
    return structure(root);
  }

  private FieldClass compile(Draft type) {
    return switch (type) {
      case IntDraft integer ->
          new FieldClass.Int(
              integer.layout(),
              integer.signed(),
              integer.displayBase(),
              integer.mappings(),
              integer.roles(),
              Attributes.NONE);
      case FloatDraft floating -> new FieldClass.Floating(floating.layout(), Attributes.NONE);
      case StringDraft string ->
          new FieldClass.NullTerminatedString(TextEncoding.UTF_8, 8, Attributes.NONE);
      case ArrayDraft array -> array(array);
      case StructDraft struct -> structure(struct);
      case VariantDraft variant -> variant(variant);
    };
  }

  private FieldClass.Structure structure(StructDraft struct) {
    List<String> names = Names.of(struct.members());
    List<FieldClass.Member> members = new ArrayList<>(names.size());
    finder.enter(struct);
    for (int i = 0; i < names.size(); i++) {
      finder.moveTo(i);
      members.add(new FieldClass.Member(names.get(i), compile(struct.members().get(i).type())));
    }
    finder.leave();
    return new FieldClass.Structure(members, struct.minimumAlignmentBits(), Attributes.NONE);
  }

  private FieldClass array(ArrayDraft array) {
    boolean isText = array.element() instanceof IntDraft integer && integer.isCharacter();
    Location location = array.location();
    if (location == null) {
      if (isText) {
        return new FieldClass.StaticLengthString(
            array.length(), TextEncoding.UTF_8, 8, Attributes.NONE);
      }
      if (array.length() > MAXIMUM_EMPTY_ELEMENTS && Emptiness.isEmpty(array.element())) {
        throw reporter.fault(
            array.place(),
            Rule.LIMIT,
            "array of " + array.length() + " elements without content",
            "At most " + MAXIMUM_EMPTY_ELEMENTS + " such elements are accepted");
      }
      return new FieldClass.StaticLengthArray(
          array.length(),
          element(array),
          1,
          array.uuid() ? Set.of(Role.METADATA_STREAM_UUID) : Set.of(),
          Attributes.NONE);
    }
    FieldLocation length = length(location);
    return isText
        ? new FieldClass.DynamicLengthString(length, TextEncoding.UTF_8, 8, Attributes.NONE)
        : new FieldClass.DynamicLengthArray(length, element(array), 1, Attributes.NONE);
  }

  private FieldClass element(ArrayDraft array) {
    finder.enter(array);
    FieldClass element = compile(array.element());
    finder.leave();
    return element;
  }

  private FieldLocation length(Location location) {
    Targets targets = finder.find(location);
    for (Target target : targets.fields()) {
      if (!(target.type() instanceof IntDraft integer) || integer.signed()) {
        throw reporter.fault(
            location.place(),
            Rule.LENGTH,
            "length `"
                + location
                + "` is "
                + describe(target.type())
                + " ("
                + target.type().place()
                + "), not an unsigned integer",
            "Use an unsigned integer field");
      }
    }
    return targets.location();
  }

  private FieldClass variant(VariantDraft variant) {
    Location selector = variant.selector();
    if (selector == null) {
      throw reporter.fault(
          variant.place(),
          Rule.SELECTOR,
          "variant has no selector",
          "Name the enumeration field that selects the option: `variant <FIELD> { ... }`");
    }
    Targets targets = finder.find(selector);
    IntDraft enumeration = selector(variant, selector, targets);
    List<String> names = Names.of(variant.options());
    List<FieldClass.Option> options = new ArrayList<>(names.size());
    Map<String, List<IntegerRange>> ranges = HashMap.newHashMap(enumeration.mappings().size());
    for (Mapping mapping : enumeration.mappings()) {
      ranges.put(mapping.label(), mapping.ranges());
    }
    finder.enter(variant);
    for (int i = 0; i < names.size(); i++) {
      MemberDraft option = variant.options().get(i);
      finder.moveTo(i);
      options.add(
          new FieldClass.Option(
              names.get(i),
              ranges(option, ranges, selector),
              compile(option.type()),
              Attributes.NONE));
    }
    finder.leave();
    return new FieldClass.Variant(targets.location(), options, 1, Attributes.NONE);
  }

  private IntDraft selector(VariantDraft variant, Location selector, Targets targets) {
    if (targets.fields().size() > 1) {
      throw reporter.fault(
          variant.place(),
          Rule.SELECTOR,
          "selector `" + selector + "` may be one of several fields",
          "A selector must be a single enumeration");
    }
    Draft type = targets.fields().getFirst().type();
    if (!(type instanceof IntDraft enumeration) || enumeration.mappings().isEmpty()) {
      throw reporter.fault(
          variant.place(),
          Rule.SELECTOR,
          "selector `"
              + selector
              + "` is "
              + describe(type)
              + " ("
              + type.place()
              + "), not an enumeration",
          "Use an enumeration with an enumerator for each option");
    }
    Mapping overlapping = overlapping(enumeration);
    if (overlapping != null) {
      reporter.tolerate(
          variant.place(),
          Rule.SELECTOR,
          "enumerator `"
              + overlapping.label()
              + "` of selector `"
              + selector
              + "` shares values with another one",
          "Each value of a selector must choose one option");
    }
    return enumeration;
  }

  private List<IntegerRange> ranges(
      MemberDraft option, Map<String, List<IntegerRange>> byLabel, Location location) {
    List<IntegerRange> ranges = byLabel.get(option.name());
    if (ranges != null) {
      return ranges;
    }
    reporter.tolerate(
        option.place(),
        Rule.SELECTOR,
        "selector `" + location + "` has no enumerator `" + option.name() + "`",
        "Options must be called like the enumerators of the selector");
    return List.of();
  }

  /// An enumerator of which the values are also those of another one, or null.
  private static @Nullable Mapping overlapping(IntDraft enumeration) {
    List<Mapping> mappings = enumeration.mappings();
    record Labelled(IntegerRange range, Mapping mapping) {}
    List<Labelled> ranges = new ArrayList<>();
    for (Mapping mapping : mappings) {
      for (IntegerRange range : mapping.ranges()) {
        ranges.add(new Labelled(range, mapping));
      }
    }
    ranges.sort((a, b) ->
        enumeration.signed()
            ? Long.compare(a.range.lower(), b.range.lower())
            : Long.compareUnsigned(a.range.lower(), b.range.lower()));
    for (int i = 1; i < ranges.size(); i++) {
      Labelled before = ranges.get(i - 1);
      Labelled here = ranges.get(i);
      if (!before.mapping.equals(here.mapping)
          && before.range.contains(here.range.lower(), enumeration.signed())) {
        return here.mapping;
      }
    }
    return null;
  }

  private static String describe(Draft type) {
    return switch (type) {
      case IntDraft integer when !integer.mappings().isEmpty() -> "an enumeration";
      case IntDraft integer -> integer.signed() ? "a signed integer" : "an unsigned integer";
      case FloatDraft floating -> "a floating point number";
      case StringDraft string -> "a string";
      case ArrayDraft array -> "an array";
      case StructDraft struct -> "a structure";
      case VariantDraft variant -> "a variant";
    };
  }
}
