package dev.rideau.ctf.internal.write;

import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What TSDL, the metadata language of CTF 1.8, lets one call things.
final class TsdlNames {
  private static final Set<String> KEYWORDS =
      Set.of(
          "align",
          "callsite",
          "char",
          "clock",
          "const",
          "double",
          "enum",
          "env",
          "event",
          "float",
          "floating_point",
          "int",
          "integer",
          "long",
          "short",
          "signed",
          "stream",
          "string",
          "struct",
          "trace",
          "typealias",
          "typedef",
          "unsigned",
          "variant",
          "void",
          "_Bool",
          "_Complex",
          "_Imaginary");

  private TsdlNames() {}

  /// The name as metadata text has it: readers take one leading underscore away, so one is put
  /// before names that have one themselves, that are keywords or that begin with a digit.
  static String escaped(String name) {
    boolean needed =
        KEYWORDS.contains(name) || name.charAt(0) == '_' || Character.isDigit(name.charAt(0));
    return needed ? "_" + name : name;
  }

  /// The name that readers make of one in metadata text.
  static String unescaped(String text) {
    return text.startsWith("_") ? text.substring(1) : text;
  }

  /// Whether the text can stand as an identifier as it is.
  static boolean isIdentifier(String text) {
    return isWord(text) && !Character.isDigit(text.charAt(0)) && !KEYWORDS.contains(text);
  }

  /// Whether the name can be written with [#escaped(String)].
  static boolean isWord(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isWordPart(name.charAt(i))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /// The name with each character that TSDL does not allow as `_uHEX_`.
  static String mangled(String name) {
    if (isWord(name)) {
      return name;
    }
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .forEach(point -> {
          if (point < 128 && isWordPart((char) point)) {
            text.append((char) point);
          } else {
            text.append("_u").append(Integer.toHexString(point)).append('_');
          }
        });
    return text.isEmpty() ? "_u_" : text.toString();
  }

  /// The member name by which CTF 1.8 knows a role in a scope; null when it knows none.
  static @Nullable String wellKnown(Scope scope, Role role) {
    return switch (role) {
      case PACKET_MAGIC_NUMBER -> scope == Scope.PACKET_HEADER ? "magic" : null;
      case METADATA_STREAM_UUID -> scope == Scope.PACKET_HEADER ? "uuid" : null;
      case DATA_STREAM_CLASS_ID -> scope == Scope.PACKET_HEADER ? "stream_id" : null;
      case DATA_STREAM_ID -> scope == Scope.PACKET_HEADER ? "stream_instance_id" : null;
      case PACKET_TOTAL_LENGTH -> scope == Scope.PACKET_CONTEXT ? "packet_size" : null;
      case PACKET_CONTENT_LENGTH -> scope == Scope.PACKET_CONTEXT ? "content_size" : null;
      case DEFAULT_CLOCK_TIMESTAMP -> scope == Scope.PACKET_CONTEXT ? "timestamp_begin" : null;
      case PACKET_END_DEFAULT_CLOCK_TIMESTAMP ->
          scope == Scope.PACKET_CONTEXT ? "timestamp_end" : null;
      case DISCARDED_EVENT_COUNTER_SNAPSHOT ->
          scope == Scope.PACKET_CONTEXT ? "events_discarded" : null;
      case PACKET_SEQUENCE_NUMBER -> scope == Scope.PACKET_CONTEXT ? "packet_seq_num" : null;
      case EVENT_CLASS_ID -> scope == Scope.EVENT_HEADER ? "id" : null;
    };
  }

  /// Whether readers give a member of that name a meaning whatever it is.
  static boolean isReserved(Scope scope, String name) {
    if (scope == Scope.EVENT_HEADER && name.equals("timestamp")) {
      return true;
    }
    for (Role role : Role.values()) {
      if (name.equals(wellKnown(scope, role))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWordPart(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '_';
  }
}
