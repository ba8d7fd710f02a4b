package dev.rideau.perf.internal.decode;

import dev.rideau.perf.internal.file.PerfAttr;
import dev.rideau.perf.internal.file.PerfMetadata;
import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.perf.internal.file.Words;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/// How records of a file tell their event, their time and their CPU. Immutable.
public final class RecordFormat {
  /// Stands for the event of a sample whose id no attribute has.
  public static final int UNKNOWN_EVENT = -1;

  private final Words words;
  private final SampleFormat[] formats;
  private final boolean hasIds;
  private final boolean anyBackward;

  /// Where samples of all events have their id; [SampleFormat#NONE] when they differ.
  private final int sampleIdAt;

  private final int sampleTimeAt;
  private final int sampleCpuAt;
  private final int fixedEnd;
  private final int trailerIdBack;

  // Ids to attributes, open addressing; a key is free where the value is 0.
  private final long[] keys;
  private final int[] values;

  /// The format of the records of a file with at least one attribute.
  public RecordFormat(PerfMetadata metadata) {
    words = metadata.words();
    List<PerfAttr> attrs = metadata.attrs();
    formats = new SampleFormat[attrs.size()];
    int count = 0;
    for (int i = 0; i < formats.length; i++) {
      formats[i] = new SampleFormat(words, attrs.get(i));
      count += attrs.get(i).ids().length;
    }
    keys = new long[Integer.highestOneBit(Math.max(8, count)) * 4];
    values = new int[keys.length];
    for (int i = 0; i < formats.length; i++) {
      for (long id : attrs.get(i).ids()) {
        put(id, i + 1);
      }
    }
    hasIds = formats.length > 1;
    anyBackward = attrs.stream().anyMatch(PerfAttr::isBackward);
    sampleIdAt = common(SampleFormat::sampleIdAt);
    sampleTimeAt = common(format -> format.timeAt);
    sampleCpuAt = common(format -> format.cpuAt);
    fixedEnd = Arrays.stream(formats).mapToInt(SampleFormat::fixedEnd).max().orElse(0);
    trailerIdBack = common(format -> format.trailerIdBack);
  }

  private int common(ToIntFunction<SampleFormat> placeOf) {
    int place = SampleFormat.NONE;
    for (int i = 0; i < formats.length; i++) {
      int its = placeOf.applyAsInt(formats[i]);
      if (i > 0 && its != place) {
        return SampleFormat.NONE;
      }
      place = its;
    }
    return place;
  }

  private int slot(long id) {
    int slot = (int) ((id * 0x9E3779B97F4A7C15L) >>> 40) & (keys.length - 1);
    while (values[slot] != 0 && keys[slot] != id) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void put(long id, int value) {
    int slot = slot(id);
    if (values[slot] == 0) {
      keys[slot] = id;
      values[slot] = value;
    }
  }

  /// Integers of the file.
  public Words words() {
    return words;
  }

  /// Whether records of an event stand newest first.
  public boolean isBackward(int attr) {
    return formats[attr].attr().isBackward();
  }

  /// Whether records of any event stand newest first.
  public boolean anyBackward() {
    return anyBackward;
  }

  /// Number of events.
  public int size() {
    return formats.length;
  }

  /// Where samples of all events have their time; [SampleFormat#NONE] when they differ.
  public int sampleTimeAt() {
    return sampleTimeAt;
  }

  /// Where samples of all events have their CPU; [SampleFormat#NONE] when they differ.
  public int sampleCpuAt() {
    return sampleCpuAt;
  }

  /// Where samples of an event have their tid, or [SampleFormat#NONE].
  public int sampleTidAt(int attr) {
    int at = formats[attr].tidAt;
    return at == SampleFormat.NONE ? at : at + 4;
  }

  /// Samples of that length have all their fixed parts.
  public int fixedEnd() {
    return fixedEnd;
  }

  /// The format of samples of an event.
  public SampleFormat sample(int attr) {
    return formats[attr];
  }

  /// The event of the counter with that id, or [#UNKNOWN_EVENT].
  public int attrOfId(long id) {
    return values[slot(id)] - 1;
  }

  /// The event of a sample, or [#UNKNOWN_EVENT].
  public int attrOfSample(byte[] bytes, int start, int end) {
    if (!hasIds || sampleIdAt == SampleFormat.NONE) {
      return 0;
    }
    if (end - start < sampleIdAt + 8) {
      return UNKNOWN_EVENT;
    }
    long id = words.i64(bytes, start + sampleIdAt);
    return id == 0 ? 0 : attrOfId(id);
  }

  /// The event whose attribute says what stands behind a record that is no sample.
  public int attrOfOther(byte[] bytes, int start, int end) {
    if (!hasIds || trailerIdBack == SampleFormat.NONE) {
      return 0;
    }
    if (end - start < SampleFormat.HEADER_BYTES + trailerIdBack) {
      return 0;
    }
    return Math.max(0, attrOfId(words.i64(bytes, end - trailerIdBack)));
  }

  /// Length of the trailer of a record that is no sample; 0 when the record has no room for it.
  public int trailerBytes(int attr, int start, int end) {
    int bytes = formats[attr].trailerBytes;
    return end - start >= SampleFormat.HEADER_BYTES + bytes ? bytes : 0;
  }

  /// Where the time of a record stands, or [SampleFormat#NONE].
  public int timeAt(boolean sample, int attr, int start, int end) {
    SampleFormat format = formats[attr];
    if (sample) {
      int at = format.timeAt;
      return at == SampleFormat.NONE || start + at + 8 > end ? SampleFormat.NONE : start + at;
    }
    return format.trailerTimeBack == SampleFormat.NONE || trailerBytes(attr, start, end) == 0
        ? SampleFormat.NONE
        : end - format.trailerTimeBack;
  }

  /// Where the CPU of a record stands, or [SampleFormat#NONE].
  public int cpuAt(boolean sample, int attr, int start, int end) {
    SampleFormat format = formats[attr];
    if (sample) {
      int at = format.cpuAt;
      return at == SampleFormat.NONE || start + at + 8 > end ? SampleFormat.NONE : start + at;
    }
    return format.trailerCpuBack == SampleFormat.NONE || trailerBytes(attr, start, end) == 0
        ? SampleFormat.NONE
        : end - format.trailerCpuBack;
  }

  /// Where pid and tid of a record that is no sample stand, or [SampleFormat#NONE].
  int trailerTidAt(int attr, int start, int end) {
    SampleFormat format = formats[attr];
    return format.trailerTidBack == SampleFormat.NONE || trailerBytes(attr, start, end) == 0
        ? SampleFormat.NONE
        : end - format.trailerTidBack;
  }

  /// Whether any event has all these parts.
  public boolean anySamples(long bits) {
    for (SampleFormat format : formats) {
      if (format.attr().samples(bits)) {
        return true;
      }
    }
    return false;
  }

  /// Whether all records of all events say their time.
  public boolean hasTime() {
    return anySamples(SampleBit.TIME);
  }
}
