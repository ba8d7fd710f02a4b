package dev.rideau.perf.internal.file;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the kernel's tracefs said when the recording was made: formats of tracepoints, symbols,
/// format texts of printk. The same bytes begin a `trace.dat` file.
///
/// @param longBytes length of a C `long` on the recording machine
/// @param formats by id
/// @param kernelSymbols lines of `/proc/kallsyms`, maybe empty
/// @param printkFormats lines of `printk_formats`, maybe empty
public record TracingData(
    int longBytes, Map<Long, FormatText> formats, String kernelSymbols, String printkFormats) {

  /// Nothing.
  public static final TracingData NONE = new TracingData(8, Map.of(), "", "");

  private static final byte[] MAGIC = {0x17, 0x08, 0x44, 't', 'r', 'a', 'c', 'i', 'n', 'g'};

  public TracingData {
    formats = Map.copyOf(formats);
  }

  static TracingData read(Section outer) {
    if (!java.util.Arrays.equals(outer.bytes(MAGIC.length), MAGIC)) {
      throw outer.failure("it does not begin with the word 'tracing'");
    }
    String version = outer.terminatedText();
    Section section = outer.withWords(outer.u8() == 0 ? Words.LITTLE_ENDIAN : Words.BIG_ENDIAN);
    int longBytes = section.u8();
    if (longBytes != 4 && longBytes != 8) {
      throw section.failure("longs of %d bytes".formatted(longBytes));
    }
    section.i32(); // the page size
    for (String name : List.of("header_page", "header_event")) {
      if (!section.terminatedText().equals(name)) {
        throw section.failure("the part '%s' is missing".formatted(name));
      }
      section.skip(section.i64());
    }
    Map<Long, FormatText> formats = new HashMap<>();
    readFormats(section, "ftrace", formats);
    int systems = section.count(section.i32(), 5);
    for (int i = 0; i < systems; i++) {
      readFormats(section, section.terminatedText(), formats);
    }
    String symbols = text(section, section.i32());
    String printk = text(section, section.i32());
    if (version.compareTo("0.6") >= 0 && section.remaining() >= 8) {
      section.skip(section.i64()); // the names of threads, which records tell as well
    }
    return new TracingData(longBytes, formats, symbols, printk);
  }

  private static void readFormats(Section section, String system, Map<Long, FormatText> formats) {
    int events = section.count(section.i32(), 8);
    for (int i = 0; i < events; i++) {
      FormatText format = new FormatText(system, text(section, section.i64()));
      formats.putIfAbsent(format.id(), format);
    }
  }

  private static String text(Section section, long lengthBytes) {
    return new String(section.bytes(lengthBytes), StandardCharsets.UTF_8);
  }
}
