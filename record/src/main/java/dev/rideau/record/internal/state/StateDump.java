package dev.rideau.record.internal.state;

import dev.rideau.ftrace.RingPageWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/// Writes down what is there: once, while the recording already runs, so that nothing happens in
/// between unseen. Used by one thread.
public final class StateDump {
  private final RingPageWriter pages;
  private final LongSupplier clock;
  private final int tid = (int) ProcessHandle.current().pid();
  private final StringBuilder comms = new StringBuilder();
  private long last;

  /// @param pageBytes bytes of a page of the ring buffer
  /// @param clock the trace clock
  public StateDump(int pageBytes, LongSupplier clock) {
    pages = new RingPageWriter(pageBytes);
    this.clock = clock;
  }

  /// Texts of the format files of its events.
  public static List<String> formats() {
    return Arrays.stream(StateEvent.values()).map(StateEvent::format).toList();
  }

  /// Dumps everything.
  public void run() {
    put(StateEvent.START);
    new ProcessState(this).dump();
    new MachineState(this).dump();
    put(StateEvent.END);
  }

  /// The pages with all records.
  public List<ByteBuffer> pages() {
    return new ArrayList<>(pages.pages());
  }

  /// Lines of tid and name of all tasks that were there.
  public String comms() {
    return comms.toString();
  }

  void comm(int tid, String name) {
    comms.append(tid).append(' ').append(name).append('\n');
  }

  void put(StateEvent event, Object... values) {
    last = Math.max(last, clock.getAsLong());
    ByteBuffer record = event.record(tid, values);
    if (record.remaining() <= pages.mostRecordBytes()) {
      pages.put(last, record);
    }
  }
}
