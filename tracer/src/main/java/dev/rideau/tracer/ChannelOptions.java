package dev.rideau.tracer;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// How a channel keeps events.
///
/// @param name also of its files
/// @param mode what happens when buffers are full
/// @param subBufferBytes of each sub-buffer, a power of two; also the largest packet
/// @param subBufferCount of each stripe, a power of two
/// @param stripes buffers that threads share, a power of two; 0: by the number of processors
/// @param blockingTimeout how long a thread waits for room with [BufferMode#BLOCK]
/// @param switchTimer how often a packet that has records is closed although it has room
/// @param readTimer how often the consumer looks at the buffers
/// @param aligned whether values are aligned to their size and not packed
/// @param contexts what each record says about its surroundings
public record ChannelOptions(
    String name,
    BufferMode mode,
    int subBufferBytes,
    int subBufferCount,
    int stripes,
    Duration blockingTimeout,
    Duration switchTimer,
    Duration readTimer,
    boolean aligned,
    Set<Context> contexts) {

  /// The name of the channel that exists when no other is asked for.
  public static final String DEFAULT_NAME = "channel";

  /// Copies the set.
  public ChannelOptions {
    contexts = Set.copyOf(contexts);
  }

  /// Options that suit most programs: discard, 4 sub-buffers of 256 KiB for each stripe.
  public static ChannelOptions named(String name) {
    return new ChannelOptions(
        name,
        BufferMode.DISCARD,
        256 * 1024,
        4,
        0,
        Duration.ofDays(365),
        Duration.ofSeconds(1),
        Duration.ofMillis(10),
        false,
        Set.of());
  }

  /// The same with another mode.
  public ChannelOptions mode(BufferMode mode) {
    return new ChannelOptions(
        name,
        mode,
        subBufferBytes,
        subBufferCount,
        stripes,
        blockingTimeout,
        switchTimer,
        readTimer,
        aligned,
        contexts);
  }

  /// The same with other sub-buffers.
  public ChannelOptions subBuffers(int count, int bytes) {
    return new ChannelOptions(
        name,
        mode,
        bytes,
        count,
        stripes,
        blockingTimeout,
        switchTimer,
        readTimer,
        aligned,
        contexts);
  }

  /// The same with another number of stripes.
  public ChannelOptions stripes(int stripes) {
    return new ChannelOptions(
        name,
        mode,
        subBufferBytes,
        subBufferCount,
        stripes,
        blockingTimeout,
        switchTimer,
        readTimer,
        aligned,
        contexts);
  }

  /// The same with another time to wait for room.
  public ChannelOptions blockingTimeout(Duration timeout) {
    return new ChannelOptions(
        name,
        mode,
        subBufferBytes,
        subBufferCount,
        stripes,
        timeout,
        switchTimer,
        readTimer,
        aligned,
        contexts);
  }

  /// The same with other timers; [Duration#ZERO] turns the switch timer off.
  public ChannelOptions timers(Duration switchTimer, Duration readTimer) {
    return new ChannelOptions(
        name,
        mode,
        subBufferBytes,
        subBufferCount,
        stripes,
        blockingTimeout,
        switchTimer,
        readTimer,
        aligned,
        contexts);
  }

  /// The same with values aligned to their size, or packed.
  public ChannelOptions aligned(boolean aligned) {
    return new ChannelOptions(
        name,
        mode,
        subBufferBytes,
        subBufferCount,
        stripes,
        blockingTimeout,
        switchTimer,
        readTimer,
        aligned,
        contexts);
  }

  /// The same with these contexts.
  public ChannelOptions contexts(Context... contexts) {
    Set<Context> set = EnumSet.noneOf(Context.class);
    set.addAll(java.util.List.of(contexts));
    return new ChannelOptions(
        name,
        mode,
        subBufferBytes,
        subBufferCount,
        stripes,
        blockingTimeout,
        switchTimer,
        readTimer,
        aligned,
        set);
  }
}
