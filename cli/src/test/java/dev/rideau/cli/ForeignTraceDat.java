package dev.rideau.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;

/// A `trace.dat` as another machine would have written it: either byte order, 32 or 64 bits,
/// version 6, or 7 with sections plain or packed by zlib; several buffers, symbols, formats of
/// `printk`.
///
/// ```
/// version 6   start | header | formats | symbols | printk | comms | options | "flyrecord" | pages
/// version 7   start | sections … | pages … | section of options
/// ```
final class ForeignTraceDat {
  private static final int PAGE_BYTES = 4096;
  private static final int CPUS = 2;
  private static final int SECTION_BYTES = 16;

  // Ids of options; those from 16 on are of sections as well.
  private static final int BUFFER = 3;
  private static final int TRACECLOCK = 4;
  private static final int UNAME = 5;
  private static final int CPUCOUNT = 8;
  private static final int HEADER_INFO = 16;

  private final ByteOrder order;
  private final int longBytes;
  private final Map<String, List<ByteBuffer>> buffers = new LinkedHashMap<>();

  /// The times of the last record of each page.
  private final Map<ByteBuffer, Long> lastTimes = new IdentityHashMap<>();

  /// What pages say of events missed before them.
  private final Map<ByteBuffer, Long> missed = new IdentityHashMap<>();

  private boolean packs;

  ForeignTraceDat(ByteOrder order, int longBytes) {
    this.order = order;
    this.longBytes = longBytes;
  }

  // ---------------------------------------------------------------- records

  /// Adds a record of the event `step` at a time to the only page that a CPU has in a buffer.
  void step(String buffer, int cpu, long time, int tid, int value, long address, String name) {
    List<ByteBuffer> pages = buffers.computeIfAbsent(buffer, _ -> new ArrayList<>());
    while (pages.size() < CPUS) {
      pages.add(ByteBuffer.allocate(PAGE_BYTES).order(order).position(8 + longBytes));
    }
    ByteBuffer page = pages.get(cpu);
    if (page.position() == 8 + longBytes) {
      page.putLong(0, time);
    }
    byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_8);
    int nameAt = 12 + 2 * longBytes + 4;
    int length = nameAt + text.length + 3 & -4;
    long delta = time - lastTimes.getOrDefault(page, page.getLong(0));
    lastTimes.put(page, time);
    int words = length >> 2;
    page.putInt(
        order == ByteOrder.BIG_ENDIAN ? words << 27 | (int) delta : (int) delta << 5 | words);
    int start = page.position();
    page.putShort((short) 10).putShort((short) 0).putInt(tid).putInt(value);
    putLong(page, address);
    putLong(page, LITERAL);
    page.putInt(nameAt | text.length << 16).put(text).position(start + length);
  }

  private void putLong(ByteBuffer into, long value) {
    if (longBytes == 8) {
      into.putLong(value);
    } else {
      into.putInt((int) value);
    }
  }

  // ---------------------------------------------------------------- metadata

  /// Where the text of `printk` formats says that a literal is.
  private static final long LITERAL = 0xc0200000L;

  private byte[] headerInfo() {
    String page =
        "\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n"
            + "\tfield: local_t commit;\toffset:8;\tsize:%d;\tsigned:1;\n".formatted(longBytes)
            + "\tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;\n"
            + "\tfield: char data;\toffset:%d;\tsize:%d;\tsigned:0;\n"
                .formatted(8 + longBytes, PAGE_BYTES - 8 - longBytes);
    String event =
        "# compressed entry header\n\ttype_len    :    5 bits\n\ttime_delta  :   27 bits\n"
            + "\tarray       :   32 bits\n\n\tpadding     : type == 29\n"
            + "\ttime_extend : type == 30\n\ttime_stamp : type == 31\n"
            + "\tdata max type_len  == 28\n";
    return new Bytes().text("header_page").sized8(page).text("header_event").sized8(event).done();
  }

  private byte[] formats() {
    String format =
        """
        name: step
        ID: 10
        format:
        \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
        \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
        \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
        \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

        \tfield:int value;\toffset:8;\tsize:4;\tsigned:1;
        \tfield:unsigned long ip;\toffset:12;\tsize:LONG;\tsigned:0;
        \tfield:const char * literal;\toffset:AFTER_IP;\tsize:LONG;\tsigned:0;
        \tfield:__data_loc char[] name;\toffset:NAME;\tsize:4;\tsigned:1;

        print fmt: "value=%d ip=%ps literal=%s name=%s", REC->value, (void *)REC->ip, \
        REC->literal, __get_str(name)
        """
            .replace("LONG", Integer.toString(longBytes))
            .replace("AFTER_IP", Integer.toString(12 + longBytes))
            .replace("NAME", Integer.toString(12 + 2 * longBytes));
    return new Bytes().u32(1).text("test").u32(1).sized8(format).done();
  }

  private static String symbols() {
    return "c0100000 T start_kernel\nc0100100 t rest_init\nc0100200 T end\n";
  }

  private static String printkFormats() {
    return "0x%x : \"a literal\"\n".formatted(LITERAL);
  }

  private static String comms() {
    return "42 worker\n";
  }

  // ---------------------------------------------------------------- version 6

  void writeVersion6(Path file) throws IOException {
    Bytes head = start("6").raw(headerInfo()).u32(0).raw(formats());
    head.sized4(symbols()).sized4(printkFormats()).sized8(comms()).u32(CPUS);
    // What is behind depends on how long it is itself, so it is made twice.
    Bytes whole = new Bytes();
    int tail = 0;
    for (int pass = 0; pass < 2; pass++) {
      whole = new Bytes().raw(head.done()).raw(tail(head.size(), tail));
      tail = whole.size() - head.size();
    }
    whole.raw(new byte[(int) (roundUp(whole.size()) - whole.size())]);
    for (List<ByteBuffer> pages : buffers.values()) {
      for (ByteBuffer page : pages) {
        whole.raw(finished(page));
      }
    }
    Files.write(file, whole.done());
  }

  /// Options and the places of pages.
  private byte[] tail(int headBytes, int tailBytes) {
    long firstPage = roundUp(headBytes + tailBytes);
    Bytes tail = new Bytes().raw("options  \0");
    tail.option(UNAME, new Bytes().text("Linux there 5.4 #1 SMP mips").done());
    tail.option(TRACECLOCK, new Bytes().text("[local] global").done());
    int others = 0;
    long place = headBytes + tailBytes - (buffers.size() - 1L) * (10 + CPUS * 16);
    for (String name : buffers.keySet()) {
      if (!name.isEmpty()) {
        tail.option(
            BUFFER, new Bytes().u64(place + others++ * (10 + CPUS * 16L)).text(name).done());
      }
    }
    tail.u16(0);
    long page = firstPage;
    for (int i = 0; i < buffers.size(); i++) {
      tail.raw("flyrecord\0");
      for (int cpu = 0; cpu < CPUS; cpu++) {
        tail.u64(page).u64(PAGE_BYTES);
        page += PAGE_BYTES;
      }
    }
    return tail.done();
  }

  private static long roundUp(long bytes) {
    return bytes + PAGE_BYTES - 1 & -PAGE_BYTES;
  }

  /// Says that events are missing before the records of a CPU in a buffer.
  ///
  /// @param count how many, 0 when the page does not say
  void missed(String buffer, int cpu, long count) {
    missed.put(Objects.requireNonNull(buffers.get(buffer)).get(cpu), count);
  }

  private byte[] finished(ByteBuffer page) {
    ByteBuffer copy = page.duplicate().order(order);
    long commit = page.position() - 8L - longBytes;
    Long count = missed.get(page);
    if (count != null) {
      commit |= 1L << 31;
      if (count > 0) {
        commit |= 1L << 30;
        putLong(copy, count);
      }
    }
    if (longBytes == 8) {
      copy.putLong(8, commit);
    } else {
      copy.putInt(8, (int) commit);
    }
    return copy.array();
  }

  // ---------------------------------------------------------------- version 7

  /// Writes version 7.
  ///
  /// @param packs whether sections and pages are packed by zlib
  void writeVersion7(Path file, boolean packs) throws IOException {
    this.packs = packs;
    Bytes whole = start("7").text(packs ? "zlib" : "none").text(packs ? "1.2" : "");
    int optionsAt = whole.size();
    whole.u64(0);
    Bytes options = new Bytes();
    byte[][] sections = {
      headerInfo(),
      new Bytes().u32(0).done(),
      formats(),
      new Bytes().sized4(symbols()).done(),
      new Bytes().sized4(printkFormats()).done(),
      new Bytes().sized8(comms()).done()
    };
    for (int i = 0; i < sections.length; i++) {
      options.option(HEADER_INFO + i, new Bytes().u64(whole.size()).done());
      section(whole, HEADER_INFO + i, packed(sections[i]));
    }
    options.option(UNAME, new Bytes().text("Linux there 5.4 #1 SMP mips").done());
    options.option(TRACECLOCK, new Bytes().text("[local] global").done());
    options.option(CPUCOUNT, new Bytes().u32(CPUS).done());
    buffers.forEach((name, pages) -> {
      Bytes option = new Bytes().u64(whole.size()).text(name).text("local");
      option.u32(PAGE_BYTES).u32(CPUS);
      long begin = (long) whole.size() + SECTION_BYTES;
      // Pages that are not packed begin where pages of memory may.
      Bytes data = new Bytes().raw(new byte[packs ? 0 : (int) (roundUp(begin) - begin)]);
      for (int cpu = 0; cpu < CPUS; cpu++) {
        byte[] page = finished(pages.get(cpu));
        byte[] bytes = packs ? new Bytes().u32(1).raw(packed(page)).done() : page;
        option.u32(cpu).u64(begin + data.size()).u64(bytes.length);
        data.raw(bytes);
      }
      section(whole, BUFFER, data.done());
      options.option(BUFFER, option.done());
    });
    options.option(0, new Bytes().u64(0).done());
    long place = whole.size();
    section(whole, 0, packed(options.done()));
    byte[] bytes = whole.done();
    ByteBuffer.wrap(bytes).order(order).putLong(optionsAt, place);
    Files.write(file, bytes);
  }

  private void section(Bytes into, int id, byte[] content) {
    into.u16(id).u16(packs ? 1 : 0).u32(0).u64(content.length).raw(content);
  }

  /// Length packed and unpacked, and what zlib makes of it; or the content as it is.
  private byte[] packed(byte[] content) {
    if (!packs) {
      return content;
    }
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    byte[] packed = new byte[content.length + 64];
    int length = deflater.deflate(packed);
    deflater.end();
    return new Bytes().u32(length).u32(content.length).raw(Arrays.copyOf(packed, length)).done();
  }

  private Bytes start(String version) {
    Bytes start = new Bytes().raw("\u0017\u0008Dtracing").text(version);
    start.out.write(order == ByteOrder.BIG_ENDIAN ? 1 : 0);
    start.out.write(longBytes);
    return start.u32(PAGE_BYTES);
  }

  /// Bytes in the byte order of the recording.
  private final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Bytes raw(String ascii) {
      return raw(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    Bytes text(String text) {
      return raw(text + "\0");
    }

    Bytes u16(int value) {
      return raw(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    Bytes u32(int value) {
      return raw(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }

    Bytes u64(long value) {
      return raw(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    Bytes sized4(String text) {
      return u32(text.length()).raw(text);
    }

    Bytes sized8(String text) {
      return u64(text.length()).raw(text);
    }

    Bytes option(int id, byte[] data) {
      return u16(id).u32(data.length).raw(data);
    }

    int size() {
      return out.size();
    }

    byte[] done() {
      return out.toByteArray();
    }
  }
}
