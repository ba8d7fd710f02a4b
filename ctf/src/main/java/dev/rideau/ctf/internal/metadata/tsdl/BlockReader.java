package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Attribute;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Block;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Constant;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Declaration;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Entry;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Name;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.ScopeEntry;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Text;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.Environment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the attributes of the blocks that hold no types: `trace` (its attributes), `env`, `clock`.
final class BlockReader {
  private final Reporter reporter;
  private final AttributeReader reader;

  BlockReader(Reporter reporter) {
    this.reporter = reporter;
    this.reader = new AttributeReader(reporter);
  }

  /// What the attributes of the `trace` block say.
  record TraceAttributes(ByteOrder byteOrder, @Nullable String uuid) {}

  TraceAttributes trace(Block block) {
    String owner = "the `trace` block";
    List<Attribute> attributes = attributes(block);
    reader.checkUnique(attributes, owner);
    boolean major = false;
    boolean minor = false;
    ByteOrder byteOrder = null;
    String uuid = null;
    for (Attribute attribute : attributes) {
      switch (attribute.name()) {
        case "major" -> {
          checkVersion(attribute, 1);
          major = true;
        }
        case "minor" -> {
          checkVersion(attribute, 8);
          minor = true;
        }
        case "byte_order" -> {
          byteOrder = reader.byteOrder(attribute);
          if (byteOrder == null) {
            throw reader.wrong(attribute, "le, be or network: this is where native is defined");
          }
        }
        case "uuid" -> uuid = reader.uuid(attribute);
        default ->
            // Tracers keep attributes of their own here; they say nothing about the data.
            reporter.warn(
                attribute.place(),
                Rule.UNKNOWN_ATTRIBUTE,
                "unknown attribute `" + attribute.name() + "` in " + owner,
                null);
      }
    }
    if (!major) {
      throw reader.missing("major", owner, block.place());
    }
    if (!minor) {
      throw reader.missing("minor", owner, block.place());
    }
    if (byteOrder == null) {
      throw reader.missing("byte_order", owner, block.place());
    }
    return new TraceAttributes(byteOrder, uuid);
  }

  private void checkVersion(Attribute attribute, long expected) {
    if (reader.unsigned(attribute) != expected) {
      throw reader.wrong(
          attribute, expected + ": only version 1.8 of this metadata language is supported");
    }
  }

  Environment environment(List<Block> blocks) {
    Map<String, Object> entries = new LinkedHashMap<>();
    for (Block block : blocks) {
      for (Attribute attribute : onlyAttributes(block)) {
        if (entries.containsKey(attribute.name())) {
          reporter.tolerate(
              attribute.place(),
              Rule.DUPLICATE_ATTRIBUTE,
              "`" + attribute.name() + "` is given twice in the environment",
              "Keep one of the two; the last one counts");
        }
        Object value =
            switch (attribute.value()) {
              case Constant constant -> integerEntry(attribute, constant);
              case Text text -> text.text();
              case Name name -> reader.text(attribute);
            };
        entries.put(attribute.name(), value);
      }
    }
    return new Environment(entries);
  }

  private Long integerEntry(Attribute attribute, Constant constant) {
    boolean wraps = !constant.negative() && !reporter.isStrict();
    return wraps ? constant.bits() : reader.signed(attribute);
  }

  ClockClass clock(Block block, Environment environment) {
    String owner = "the `clock` block of " + block.place();
    List<Attribute> attributes = onlyAttributes(block);
    reader.checkUnique(attributes, owner);
    String name = null;
    String uuid = null;
    String description = null;
    long frequencyHz = ClockClass.NS_PER_SECOND;
    long offsetSeconds = 0;
    long offsetCycles = 0;
    Long precisionCycles = null;
    boolean absolute = false;
    for (Attribute attribute : attributes) {
      switch (attribute.name()) {
        case "name" -> name = reader.textOrName(attribute);
        case "uuid" -> uuid = reader.uuid(attribute);
        case "description" -> description = reader.text(attribute);
        case "freq" -> {
          frequencyHz = reader.unsigned(attribute);
          if (frequencyHz <= 0) {
            throw reader.wrong(attribute, "cycles per second, from 1 to 9223372036854775807");
          }
        }
        case "precision" -> precisionCycles = reader.unsigned(attribute);
        case "offset_s" -> offsetSeconds = reader.signed(attribute);
        case "offset" -> offsetCycles = reader.unsigned(attribute);
        case "absolute" -> absolute = reader.bool(attribute);
        default -> reader.unknown(attribute.name(), owner, attribute.place());
      }
    }
    if (name == null || name.isEmpty()) {
      throw reader.missing("name", owner, block.place());
    }
    // LTTng means the Unix epoch without saying so.
    String tracer = environment.text("tracer_name");
    absolute |= tracer != null && tracer.startsWith("lttng") && name.equals("monotonic");
    long wholeSeconds = Long.divideUnsigned(offsetCycles, frequencyHz);
    return new ClockClass(
        name,
        null,
        name,
        uuid,
        description,
        frequencyHz,
        offsetSeconds(block, offsetSeconds, wholeSeconds),
        Long.remainderUnsigned(offsetCycles, frequencyHz),
        precisionCycles,
        null,
        absolute ? new ClockOrigin.UnixEpoch() : new ClockOrigin.Unknown(),
        Attributes.NONE);
  }

  private long offsetSeconds(Block block, long seconds, long more) {
    long sum = seconds + more;
    // An offset in cycles may be up to 2^64-1 seconds: `more` is unsigned.
    if (more < 0 || sum < seconds) {
      throw reporter.fault(
          block.place(),
          Rule.ATTRIBUTE_VALUE,
          "`offset_s` and `offset` of the clock together exceed 9223372036854775807 seconds",
          "Check both");
    }
    return sum;
  }

  /// The attributes of a block in which other things stand too.
  static List<Attribute> attributes(Block block) {
    List<Attribute> attributes = new ArrayList<>();
    for (Entry entry : block.entries()) {
      if (entry instanceof Attribute attribute) {
        attributes.add(attribute);
      }
    }
    return attributes;
  }

  private List<Attribute> onlyAttributes(Block block) {
    List<Attribute> attributes = new ArrayList<>();
    for (Entry entry : block.entries()) {
      switch (entry) {
        case Attribute attribute -> attributes.add(attribute);
        case ScopeEntry scope ->
            reporter.tolerate(
                scope.place(),
                Rule.UNKNOWN_ATTRIBUTE,
                "unknown scope `" + scope.name() + "` in the `" + block.keyword() + "` block",
                "Remove it");
        case Declaration declaration ->
            throw reporter.fault(
                block.place(),
                Rule.SYNTAX,
                "the `" + block.keyword() + "` block holds a type declaration",
                "Move it out of the block");
      }
    }
    return attributes;
  }
}
