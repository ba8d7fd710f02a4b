package dev.rideau.ctf.testing;

import dev.rideau.ctf.internal.decode.ElementVisitor;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the words of [Values] from the plain decoder: those of contexts and payload.
public final class ValueCollector implements ElementVisitor {
  private final List<String> values = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean collects;
  private @Nullable EventClass eventClass;

  /// Class of the record decoded last.
  public @Nullable EventClass eventClass() {
    return eventClass;
  }

  /// Takes the words so far.
  public List<String> take() {
    List<String> taken = List.copyOf(values);
    values.clear();
    return taken;
  }

  @Override
  public void beginScope(Scope scope, long bit) {
    collects =
        scope == Scope.COMMON_CONTEXT || scope == Scope.SPECIFIC_CONTEXT || scope == Scope.PAYLOAD;
  }

  @Override
  public void recordInfo(EventClass eventClass, long bit) {
    this.eventClass = eventClass;
  }

  @Override
  public void integral(@Nullable String name, FieldClass fieldClass, long value, long bit) {
    add(Long.toString(value));
  }

  @Override
  public void floating(@Nullable String name, FieldClass fieldClass, double value, long bit) {
    add(Values.word(value));
  }

  @Override
  public void beginBytes(@Nullable String name, FieldClass fieldClass, long bit) {
    bytes.reset();
  }

  @Override
  public void bytes(FieldClass fieldClass, byte[] source, int offset, int length, long bit) {
    bytes.write(source, offset, length);
  }

  @Override
  public void endBytes(FieldClass fieldClass, long bit) {
    byte[] all = bytes.toByteArray();
    add(
        Values.word(
            all,
            0,
            fieldClass instanceof FieldClass.Text text
                ? terminator(all, text.encoding())
                : all.length));
  }

  /// Ends a string: its text in UTF-8, whatever its encoding, as [Values#plain] has it.
  public void endText(FieldClass.Text text) {
    byte[] all = bytes.toByteArray();
    add(Values.utf8(all, 0, terminator(all, text.encoding()), text.encoding()));
  }

  private void add(String word) {
    if (collects) {
      values.add(word);
    }
  }

  private static int terminator(byte[] bytes, TextEncoding encoding) {
    int unitBytes = encoding.unitBytes();
    for (int at = 0; at + unitBytes <= bytes.length; at += unitBytes) {
      boolean zero = true;
      for (int i = 0; i < unitBytes; i++) {
        zero &= bytes[at + i] == 0;
      }
      if (zero) {
        return at;
      }
    }
    return bytes.length;
  }
}
