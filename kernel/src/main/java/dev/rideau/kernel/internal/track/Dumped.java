package dev.rideau.kernel.internal.track;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the first state dump tells that was so since the begin of the recording: the dump comes
/// later, and rows of the time before need it as well. Filled before the first slice is tracked,
/// then read only.
public final class Dumped {
  /// Numbers of interrupts above this are not believed.
  private static final int MOST_INTERRUPTS = 1 << 16;

  private static final byte[] NO_BYTES = new byte[0];

  /// A descriptor that was open when the recording began, and still is when the dump tells of it.
  public record OlderDescriptor(int fd, byte[] name, boolean closesOnExec) {}

  private final Map<Integer, Map<Integer, OlderDescriptor>> descriptors = new HashMap<>();
  private byte[][] interrupts = new byte[0][];
  private boolean isComplete;

  /// Whether all is told that will be.
  public boolean isComplete() {
    return isComplete;
  }

  /// Nothing comes any more.
  public void complete() {
    isComplete = true;
  }

  /// A process had that descriptor already when the recording began.
  public void add(int pid, OlderDescriptor descriptor) {
    descriptors.computeIfAbsent(pid, _ -> new TreeMap<>()).putIfAbsent(descriptor.fd(), descriptor);
  }

  /// What a process had open when the recording began, so far as that is known.
  public Collection<OlderDescriptor> descriptors(int pid) {
    Map<Integer, OlderDescriptor> byFd = descriptors.get(pid);
    return byFd == null ? List.of() : byFd.values();
  }

  /// Names the handler of an interrupt; the first name counts.
  public void nameInterrupt(int irq, byte[] name) {
    if (irq < 0 || irq >= MOST_INTERRUPTS) {
      return;
    }
    if (irq >= interrupts.length) {
      int known = interrupts.length;
      interrupts = Arrays.copyOf(interrupts, irq + 16);
      Arrays.fill(interrupts, known, interrupts.length, NO_BYTES);
    }
    if (interrupts[irq].length == 0) {
      interrupts[irq] = name;
    }
  }

  /// The name of the handler of an interrupt, or null when it is not known.
  public byte @Nullable [] interrupt(long irq) {
    return irq < 0 || irq >= interrupts.length || interrupts[(int) irq].length == 0
        ? null
        : interrupts[(int) irq];
  }
}
