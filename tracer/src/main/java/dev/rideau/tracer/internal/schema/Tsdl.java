package dev.rideau.tracer.internal.schema;

import dev.rideau.tracer.internal.schema.FieldShape.Enumeration;
import dev.rideau.tracer.internal.schema.FieldShape.Maybe;
import dev.rideau.tracer.internal.schema.FieldShape.NamedField;
import dev.rideau.tracer.internal.schema.FieldShape.Nested;
import dev.rideau.tracer.internal.schema.FieldShape.Scalar;
import dev.rideau.tracer.internal.schema.FieldShape.Sequence;
import dev.rideau.tracer.internal.schema.FieldShape.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes metadata: CTF 1.8 as LTTng-UST writes it. Field names get a `_` in front, which readers
/// take away again, so that no name is a keyword.
public final class Tsdl {
  private final StringBuilder text = new StringBuilder();
  private final Layout layout;

  private Tsdl(Layout layout) {
    this.layout = layout;
  }

  /// The beginning of the metadata: everything but streams and events.
  ///
  /// @param offset of the clock: nanoseconds from the Unix epoch to its zero
  public static String head(
      String uuid, Map<String, Object> environment, String clockUuid, long offset) {
    StringBuilder text = new StringBuilder("/* CTF 1.8 */\n\n");
    for (int bits = 8; bits <= 64; bits *= 2) {
      text.append("typealias integer { size = ").append(bits);
      text.append("; align = 8; signed = false; } := uint").append(bits).append("_t;\n");
    }
    text.append(
        """

        trace {
        	major = 1;
        	minor = 8;
        	uuid = "%s";
        	byte_order = le;
        	packet.header := struct {
        		uint32_t magic;
        		uint8_t  uuid[16];
        		uint32_t stream_id;
        		uint64_t stream_instance_id;
        	};
        };

        env {
        """
            .formatted(uuid));
    environment.forEach((name, value) -> {
      text.append('\t').append(name).append(" = ");
      text.append(value instanceof Number ? value.toString() : quoted(value.toString()));
      text.append(";\n");
    });
    text.append(
        """
        };

        clock {
        	name = "monotonic";
        	uuid = "%s";
        	description = "Monotonic Clock";
        	freq = 1000000000; /* Frequency, in Hz */
        	/* clock value offset from Epoch is: offset * (1/freq) */
        	offset = %d;
        	absolute = TRUE;
        };

        typealias integer {
        	size = 48; align = 8; signed = false;
        	map = clock.monotonic.value;
        } := uint48_clock_monotonic_t;

        typealias integer {
        	size = 64; align = 8; signed = false;
        	map = clock.monotonic.value;
        } := uint64_clock_monotonic_t;

        struct packet_context {
        	uint64_clock_monotonic_t timestamp_begin;
        	uint64_clock_monotonic_t timestamp_end;
        	uint64_t content_size;
        	uint64_t packet_size;
        	uint64_t packet_seq_num;
        	uint64_t events_discarded;
        };

        struct event_header {
        	uint16_t id;
        	uint48_clock_monotonic_t timestamp;
        };

        """
            .formatted(clockUuid, offset));
    return text.toString();
  }

  /// A stream class: one channel.
  ///
  /// @param contexts TSDL of the members of the context, empty when there are none
  public static String stream(int id, Layout layout, List<String> contexts) {
    StringBuilder text = new StringBuilder("stream {\n\tid = ").append(id).append(";\n");
    text.append("\tevent.header := struct {\n\t\tuint16_t id;\n");
    text.append("\t\tuint48_clock_monotonic_t timestamp;\n\t} align(");
    text.append(layout == Layout.PACKED ? 8 : 64).append(");\n");
    text.append("\tpacket.context := struct packet_context;\n");
    if (!contexts.isEmpty()) {
      text.append("\tevent.context := struct {\n");
      contexts.forEach(member -> text.append("\t\t").append(member).append('\n'));
      text.append("\t} align(").append(layout == Layout.PACKED ? 8 : 64).append(");\n");
    }
    return text.append("};\n\n").toString();
  }

  /// An event class of a stream.
  public static String event(EventShape shape, int id, int streamId, Layout layout) {
    Tsdl tsdl = new Tsdl(layout);
    tsdl.text.append("event {\n\tname = ").append(quoted(shape.name())).append(";\n\tid = ");
    tsdl.text.append(id).append(";\n\tstream_id = ").append(streamId).append(";\n\tloglevel = ");
    tsdl.text.append(shape.level().number()).append(";\n\tfields := struct {\n");
    tsdl.members(shape.fields(), "\t\t");
    tsdl.text.append("\t} align(").append(layout == Layout.PACKED ? 8 : 64).append(");\n};\n\n");
    return tsdl.text.toString();
  }

  private void members(List<NamedField> fields, String indent) {
    Set<String> taken = new HashSet<>();
    fields.forEach(field -> taken.add("_" + field.name()));
    for (NamedField field : fields) {
      member(field.shape(), "_" + field.name(), taken, indent);
    }
  }

  // A field may be called as the length or tag of another would be: that gets a number then.
  // babeltrace2 compares the name of a new member with names from which it took the `_` already.
  private static String helper(String name, String suffix, Set<String> taken) {
    String helper = "_" + name + suffix;
    for (int i = 2;
        taken.contains(helper)
            || taken.contains("_" + helper)
            || taken.contains(helper.substring(1));
        i++) {
      helper = "_" + name + "_" + i + suffix;
    }
    taken.add(helper);
    return helper;
  }

  // Taken are the names of the other members of the structure.
  private void member(FieldShape shape, String name, Set<String> taken, String indent) {
    switch (shape) {
      case Scalar scalar -> text.append(indent).append(scalar(scalar)).append(' ').append(name);
      case Enumeration enumeration -> enumeration(enumeration, name, indent);
      case Text _ -> text.append(indent).append("string ").append(name);
      case Sequence sequence -> {
        String length = helper(name, "_length", taken);
        text.append(indent).append(integer(32, false, 10)).append(' ').append(length);
        text.append(";\n").append(indent).append(scalar(sequence.element())).append(' ');
        text.append(name).append("[ ").append(length).append(" ]");
      }
      case Nested nested -> {
        text.append(indent).append("struct {\n");
        members(nested.fields(), indent + "\t");
        text.append(indent).append("} ").append(name);
      }
      case Maybe maybe -> {
        String tag = helper(name, "_tag", taken);
        text.append(indent).append("enum : ").append(integer(8, false, 10));
        text.append(" { none = 0, some = 1 } ").append(tag).append(";\n");
        text.append(indent).append("variant <").append(tag).append("> {\n");
        text.append(indent).append("\tstruct { } none;\n");
        some(maybe.value(), indent + "\t");
        text.append(indent).append("} ").append(name);
      }
    }
    text.append(";\n");
  }

  // A sequence needs its length beside it, which only a structure can give.
  private void some(FieldShape value, String indent) {
    if (value instanceof Sequence) {
      text.append(indent).append("struct {\n");
      member(value, "_value", new HashSet<>(), indent + "\t");
      text.append(indent).append("} some;\n");
    } else {
      member(value, "some", new HashSet<>(), indent);
    }
  }

  private void enumeration(Enumeration enumeration, String name, String indent) {
    text.append(indent).append("enum : ").append(integer(enumeration.bytes() * 8, false, 10));
    text.append(" {\n");
    for (int i = 0; i < enumeration.labels().size(); i++) {
      text.append(indent).append('\t').append(quoted(enumeration.labels().get(i)));
      text.append(" = ").append(i).append(",\n");
    }
    text.append(indent).append("\t\"(null)\" = ").append(enumeration.nullCode()).append(",\n");
    text.append(indent).append("} ").append(name);
  }

  private String scalar(Scalar scalar) {
    if (scalar.type() == float.class) {
      return "floating_point { exp_dig = 8; mant_dig = 24; align = " + align(4) + "; }";
    }
    if (scalar.type() == double.class) {
      return "floating_point { exp_dig = 11; mant_dig = 53; align = " + align(8) + "; }";
    }
    return integer(scalar.bytes() * 8, !scalar.unsigned(), scalar.base());
  }

  private String integer(int bits, boolean signed, int base) {
    return "integer { size = %d; align = %d; signed = %d; encoding = none; base = %d; }"
        .formatted(bits, align(bits / 8), signed ? 1 : 0, base);
  }

  private int align(int bytes) {
    return layout.alignment(bytes) * 8;
  }

  /// A string of TSDL.
  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      switch (each) {
        case '"', '\\' -> quoted.append('\\').append(each);
        case '\n' -> quoted.append("\\n");
        default -> quoted.append(each < ' ' ? ' ' : each);
      }
    }
    return quoted.append('"').toString();
  }
}
