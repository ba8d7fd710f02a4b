package dev.rideau.bench;

import dev.rideau.bench.GenerateTrace.RecordSource;
import dev.rideau.ctf.RecordBuilder;
import dev.rideau.ctf.StreamWriter;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/// Records of dozens of classes in random order, after what LTTng records of a busy kernel. The
/// classes and how often each comes stand in `kernel-mix.txt`.
final class KernelMix implements RecordSource {
  private static final byte[][] TASKS =
      texts(
          "swapper/0 kworker/u8:2 rcu_preempt bash tar fio dd java sshd systemd jbd2/vda1-8 ksoftirqd/1 nginx postgres python3 gcc");
  private static final byte[][] NAMES =
      texts(
          "eth0 lo virtio0-requests ata_piix i8042 timer /usr/bin/tar /etc/ld.so.cache /proc/stat /dev/vda1 254:32 libc.so.6");

  /// What a field holds.
  private enum Kind {
    NUMBER,
    ADDRESS,
    TASK_ID,
    TASK_NAME,
    TEXT,
    LENGTH,
    ELEMENTS
  }

  /// @param lengthBits of the number or element
  private record Field(Kind kind, int lengthBits) {}

  private final TraceClass traceClass;
  private final List<Field[]> fieldsByClass;
  private final boolean contexts;

  /// For each step up to the sum of all weights the class that it stands for.
  private final int[] lottery;

  private KernelMix(
      TraceClass traceClass, List<Field[]> fieldsByClass, boolean contexts, int[] lottery) {
    this.traceClass = traceClass;
    this.fieldsByClass = fieldsByClass;
    this.contexts = contexts;
    this.lottery = lottery;
  }

  private static byte[][] texts(String words) {
    return Arrays.stream(words.split(" "))
        .map(word -> word.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  static KernelMix load(boolean contexts) throws IOException {
    List<EventClass> classes = new ArrayList<>();
    List<Field[]> fields = new ArrayList<>();
    List<Integer> lottery = new ArrayList<>();
    try (InputStream resource =
            Objects.requireNonNull(KernelMix.class.getResourceAsStream("kernel-mix.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] words = line.split("\\s+");
        int ordinal = classes.size();
        for (int i = Integer.parseInt(words[0]); i > 0; i--) {
          lottery.add(ordinal);
        }
        List<Member> members = new ArrayList<>();
        List<Field> ofClass = new ArrayList<>();
        for (int i = 2; i < words.length; i++) {
          String[] nameAndType = words[i].split(":");
          add(members, ofClass, nameAndType[0], nameAndType[1]);
        }
        fields.add(ofClass.toArray(Field[]::new));
        classes.add(
            LttngLayout.eventClass(
                ordinal, words[1], null, new Structure(members, 1, Attributes.NONE)));
      }
    }
    Structure context =
        LttngLayout.structure(
            1,
            new Member("procname", LttngLayout.comm()),
            new Member("pid", LttngLayout.integer(32, 8, true, 10)),
            new Member("tid", LttngLayout.integer(32, 8, true, 10)));
    return new KernelMix(
        LttngLayout.traceClass(
            "kernel",
            "5be0f2a7-91d3-4f0f-9d0b-2f3ad6d5c702",
            true,
            contexts ? context : null,
            classes),
        fields,
        contexts,
        lottery.stream().mapToInt(Integer::intValue).toArray());
  }

  private static void add(List<Member> members, List<Field> fields, String name, String type) {
    switch (type) {
      case "comm" -> {
        members.add(new Member(name, LttngLayout.comm()));
        fields.add(new Field(Kind.TASK_NAME, 0));
      }
      case "string" -> {
        members.add(new Member(name, LttngLayout.string()));
        fields.add(new Field(Kind.TEXT, 0));
      }
      case "tid" -> {
        members.add(new Member(name, LttngLayout.integer(32, 8, true, 10)));
        fields.add(new Field(Kind.TASK_ID, 32));
      }
      case "s32[]" -> {
        String length = "_" + name + "_length";
        members.add(new Member(length, LttngLayout.integer(8)));
        fields.add(new Field(Kind.LENGTH, 8));
        members.add(
            new Member(
                name,
                new FieldClass.DynamicLengthArray(
                    new FieldLocation(Scope.PAYLOAD, List.of(length)),
                    LttngLayout.integer(32, 8, true, 10),
                    1,
                    Attributes.NONE)));
        fields.add(new Field(Kind.ELEMENTS, 32));
      }
      default -> {
        int lengthBits = Integer.parseInt(type.substring(1));
        boolean hex = type.charAt(0) == 'x';
        members.add(
            new Member(
                name, LttngLayout.integer(lengthBits, 8, type.charAt(0) == 's', hex ? 16 : 10)));
        fields.add(new Field(hex ? Kind.ADDRESS : Kind.NUMBER, lengthBits));
      }
    }
  }

  TraceClass traceClass() {
    return traceClass;
  }

  @Override
  public void write(StreamWriter writer, SplittableRandom random, int cpu, long count)
      throws IOException {
    DataStreamClass stream = writer.dataStreamClass();
    LongColumn cpuId =
        (LongColumn)
            Objects.requireNonNull(
                Objects.requireNonNull(writer.ownPacketContext()).member("cpu_id"));
    cpuId.values()[0] = cpu;
    long clockValue = 1_000_000_000L + cpu;
    for (long i = 0; i < count; i++) {
      long bits = random.nextLong();
      clockValue += 100 + (bits & 0x7ff);
      int ordinal = lottery[(int) ((bits >>> 11) % lottery.length)];
      RecordBuilder record = writer.begin(stream.eventClasses().get(ordinal), clockValue);
      if (contexts) {
        int task = (int) (bits >>> 48) & 0xff;
        put(record, TASKS[task % TASKS.length]).putLong(1000 + task / 4).putLong(1000 + task);
      }
      fill(record, fieldsByClass.get(ordinal), random);
      record.end();
    }
  }

  private static void fill(RecordBuilder record, Field[] fields, SplittableRandom random) {
    int length = 0;
    for (Field field : fields) {
      long bits = random.nextLong();
      switch (field.kind) {
        case NUMBER ->
            record.putLong(field.lengthBits == 64 ? bits >>> 34 : bits & 0xff >>> (bits & 3));
        case ADDRESS -> record.putLong(0xffff_8880_0000_0000L | (bits & 0xffff_ffc0L));
        case TASK_ID -> record.putLong(1000 + (bits & 0xff));
        case TASK_NAME -> put(record, TASKS[(int) (bits & 0xffff) % TASKS.length]);
        case TEXT -> put(record, NAMES[(int) (bits & 0xffff) % NAMES.length]);
        case LENGTH -> {
          length = (int) (bits & 3);
          record.putLong(length);
        }
        case ELEMENTS -> {
          record.beginArray(length);
          for (int i = 0; i < length; i++) {
            record.putLong(1000 + (bits >>> 8 * i & 0xff));
          }
        }
      }
    }
  }

  private static RecordBuilder put(RecordBuilder record, byte[] text) {
    return record.putBytes(text, 0, text.length);
  }
}
