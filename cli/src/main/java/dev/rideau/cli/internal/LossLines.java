package dev.rideau.cli.internal;

import dev.rideau.cli.internal.text.TextBuffer;
import dev.rideau.cli.internal.text.TimestampText;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Loss;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Warns on standard error of what the tracers lost, in the order of time. Used by one thread.
public final class LossLines {
  private final Console console;
  private final TimestampText times;
  private final List<Loss> losses = new ArrayList<>();
  private int next;

  /// Takes the losses of these streams that touch a range of time.
  public LossLines(
      Console console, List<DataStream> streams, TimestampText times, long beginNs, long endNs) {
    this.console = console;
    this.times = times;
    for (DataStream stream : streams) {
      for (Loss loss : stream.losses()) {
        Loss part = within(loss, beginNs, endNs);
        if (part != null) {
          losses.add(part);
        }
      }
    }
    losses.sort(Comparator.comparingLong(Loss::beginNs));
  }

  /// What of a loss falls into a range of time: the loss itself, a part of it, or null. Nobody
  /// knows how much was lost in a part of the time.
  public static @Nullable Loss within(Loss loss, long beginNs, long endNs) {
    if (loss.beginNs() == PacketIndex.UNKNOWN || loss.endNs() == PacketIndex.UNKNOWN) {
      return loss;
    }
    if (loss.endNs() < beginNs || loss.beginNs() > endNs) {
      return null;
    }
    if (loss.beginNs() >= beginNs && loss.endNs() <= endNs) {
      return loss;
    }
    return new Loss(
        loss.kind(),
        loss.stream(),
        Loss.UNKNOWN_COUNT,
        loss.packet(),
        Math.max(loss.beginNs(), beginNs),
        Math.min(loss.endNs(), endNs));
  }

  /// When the next loss to warn of began; `Long.MAX_VALUE` when there is none.
  public long nextNs() {
    return next < losses.size() ? losses.get(next).beginNs() : Long.MAX_VALUE;
  }

  /// Warns of all losses that began up to a time.
  public void printUpTo(long ns) {
    while (next < losses.size() && losses.get(next).beginNs() <= ns) {
      console.err().println("rideau: warning: " + text(losses.get(next++)));
    }
  }

  private String text(Loss loss) {
    StringBuilder text = new StringBuilder();
    String thing = loss.kind() == Loss.Kind.DISCARDED_EVENTS ? "event" : "packet";
    if (loss.count() == Loss.UNKNOWN_COUNT) {
      text.append("the tracer may have discarded ").append(thing).append('s');
    } else {
      text.append("the tracer discarded ").append(Long.toUnsignedString(loss.count()));
      text.append(' ').append(thing).append(loss.count() == 1 ? "" : "s");
    }
    if (loss.beginNs() == PacketIndex.UNKNOWN || loss.endNs() == PacketIndex.UNKNOWN) {
      text.append(" at an unknown time");
    } else {
      text.append(" between [").append(time(loss.beginNs()));
      text.append("] and [").append(time(loss.endNs())).append(']');
    }
    DataStream stream = loss.stream();
    Trace trace = stream.trace();
    text.append(" in data stream ").append(Long.toUnsignedString(stream.number()));
    text.append(" of class ").append(Long.toUnsignedString(stream.dataStreamClass().id()));
    text.append(" (").append(path(stream)).append(')');
    if (!trace.name().isEmpty()) {
      text.append(", trace ").append(trace.name());
    }
    String uid = trace.traceClass().uid();
    return uid == null ? text.toString() : text + ", UUID " + uid;
  }

  private String time(long ns) {
    TextBuffer text = new TextBuffer(32);
    times.put(text, ns);
    return text.toString();
  }

  private static String path(DataStream stream) {
    List<java.nio.file.Path> files = stream.packets().files();
    return files.isEmpty() ? stream.name() : files.getFirst().toString();
  }
}
