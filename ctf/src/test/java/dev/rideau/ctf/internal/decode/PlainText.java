package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Scope;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Writes down what [PlainDecoder] tells, in the notation of [ColumnText].
final class PlainText implements ElementVisitor {
  private final Projection projection;
  private StringBuilder text = new StringBuilder();
  private final StringBuilder header = new StringBuilder();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable EventClass eventClass;
  private MemberSelection wanted = MemberSelection.ALL;

  /// Structures that are open; the root of a scope is the first.
  private int depth;

  /// Whether the member of the root that is being decoded is not wanted.
  private boolean skipping;

  PlainText(Projection projection) {
    this.projection = projection;
  }

  /// Header and context of the packet.
  String packetText() {
    return header.toString();
  }

  /// The record that was decoded last.
  String recordText() {
    return text.toString();
  }

  @Nullable EventClass eventClass() {
    return eventClass;
  }

  @Override
  public void beginPacket(long bit) {
    header.setLength(0);
    eventClass = null;
  }

  @Override
  public void beginRecord(long bit) {
    text = new StringBuilder();
    eventClass = null;
  }

  @Override
  public void recordInfo(EventClass eventClass, long bit) {
    this.eventClass = eventClass;
  }

  @Override
  public void beginScope(Scope scope, long bit) {
    depth = 0;
    if (scope.isOfPacket()) {
      text = header;
      wanted = MemberSelection.ALL;
    } else if (scope == Scope.EVENT_HEADER || eventClass == null) {
      wanted = MemberSelection.NONE;
    } else {
      wanted = projection.members(eventClass, scope);
    }
    skipping = wanted.isNone();
    if (!skipping) {
      text.append(scope.label());
    }
  }

  private void name(@Nullable String name) {
    if (depth == 1) {
      skipping = name == null || !wanted.includes(name);
    }
    add(' ');
    if (name != null) {
      add(name + '=');
    }
  }

  private void add(Object what) {
    if (!skipping) {
      text.append(what);
    }
  }

  @Override
  public void integral(@Nullable String name, FieldClass fieldClass, long value, long bit) {
    name(name);
    add(value);
  }

  @Override
  public void floating(@Nullable String name, FieldClass fieldClass, double value, long bit) {
    name(name);
    add(ColumnText.number(value));
  }

  @Override
  public void beginBytes(@Nullable String name, FieldClass fieldClass, long bit) {
    name(name);
    bytes.reset();
  }

  @Override
  public void bytes(FieldClass fieldClass, byte[] bytes, int offset, int length, long bit) {
    this.bytes.write(bytes, offset, length);
  }

  @Override
  public void endBytes(FieldClass fieldClass, long bit) {
    byte[] all = bytes.toByteArray();
    int length = all.length;
    if (fieldClass instanceof FieldClass.Text string) {
      int unitBytes = string.encoding().unitBytes();
      for (int at = 0; at + unitBytes <= all.length; at += unitBytes) {
        boolean zero = true;
        for (int i = 0; i < unitBytes; i++) {
          zero &= all[at + i] == 0;
        }
        if (zero) {
          length = at;
          break;
        }
      }
    }
    add('\'' + HexFormat.of().formatHex(all, 0, length) + '\'');
  }

  @Override
  public void beginStructure(@Nullable String name, FieldClass.Structure fieldClass, long bit) {
    if (depth > 0) {
      name(name);
    }
    add('{');
    depth++;
  }

  @Override
  public void endStructure(FieldClass.Structure fieldClass, long bit) {
    if (depth == 1) {
      skipping = wanted.isNone();
    }
    depth--;
    add('}');
  }

  @Override
  public void beginArray(@Nullable String name, FieldClass fieldClass, long length, long bit) {
    name(name);
    add("[" + length + ':');
    depth++;
  }

  @Override
  public void endArray(FieldClass fieldClass, long bit) {
    add(']');
    depth--;
  }

  @Override
  public void beginOptional(
      @Nullable String name, FieldClass.Optional fieldClass, boolean present, long bit) {
    name(name);
    add(present ? '?' : '-');
    depth++;
  }

  @Override
  public void endOptional(FieldClass.Optional fieldClass, long bit) {
    depth--;
  }

  @Override
  public void beginVariant(
      @Nullable String name, FieldClass.Variant fieldClass, int option, long selector, long bit) {
    name(name);
    add("|" + option);
    depth++;
  }

  @Override
  public void endVariant(FieldClass.Variant fieldClass, long bit) {
    depth--;
  }
}
