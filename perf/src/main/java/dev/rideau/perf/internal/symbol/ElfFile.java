package dev.rideau.perf.internal.symbol;

import dev.rideau.perf.internal.file.PerfSource;
import dev.rideau.perf.internal.file.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Symbols and build id of an executable or a library. Whatever does not make sense is left out:
/// files are found by names that a trace gives, and may be anything.
///
/// Addresses are turned into offsets in the file, because that is what mappings tell.
final class ElfFile {
  private static final int MOST_TABLE_BYTES = 64 << 20;
  private static final int PT_LOAD = 1;
  private static final int PT_NOTE = 4;
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_DYNSYM = 11;
  private static final int SHF_EXECINSTR = 4;
  private static final int STT_NOTYPE = 0;
  private static final int STT_FUNC = 2;
  private static final int STT_GNU_IFUNC = 10;
  private static final int NOTE_BUILD_ID = 3;

  private record Segment(int type, long offset, long address, long fileBytes, long memoryBytes) {}

  private record Part(int type, long flags, long offset, long bytes, int link, long entryBytes) {}

  private final PerfSource source;
  private final Words words;
  private final boolean wide;
  private final List<Segment> segments;
  private final List<Part> parts;

  private ElfFile(
      PerfSource source, Words words, boolean wide, List<Segment> segments, List<Part> parts) {
    this.source = source;
    this.words = words;
    this.wide = wide;
    this.segments = segments;
    this.parts = parts;
  }

  /// What is known of a file.
  ///
  /// @param buildId hexadecimal digits, null when it has none
  record Symbols(@Nullable String buildId, SymbolTable table) {}

  /// Reads a file, or returns null when it is no ELF file.
  ///
  /// @param mapped the file that was mapped, when `path` only holds its symbols: there offsets are
  ///   not those of the mapped file
  static @Nullable Symbols read(Path path, Path mapped) {
    try (PerfSource source = PerfSource.of(path)) {
      ElfFile file = open(source);
      if (file == null) {
        return null;
      }
      List<Segment> segments = path.equals(mapped) ? file.segments : segmentsOf(mapped);
      return new Symbols(file.buildId(), file.symbols(segments));
    } catch (IOException | IndexOutOfBoundsException failure) {
      return null;
    }
  }

  /// The build id of a file, or null.
  static @Nullable String buildIdOf(Path path) {
    try (PerfSource source = PerfSource.of(path)) {
      ElfFile file = open(source);
      return file == null ? null : file.buildId();
    } catch (IOException | IndexOutOfBoundsException failure) {
      return null;
    }
  }

  /// The segments of a file; empty when it is not there, addresses then count as offsets.
  private static List<Segment> segmentsOf(Path path) {
    try (PerfSource source = PerfSource.of(path)) {
      ElfFile file = open(source);
      return file == null ? List.of() : file.segments;
    } catch (IOException | IndexOutOfBoundsException failure) {
      return List.of();
    }
  }

  private static @Nullable ElfFile open(PerfSource source) throws IOException {
    byte[] head = new byte[64];
    if (source.read(0, head, 0, 64) < 52 || head[0] != 0x7f || head[1] != 'E' || head[2] != 'L') {
      return null;
    }
    boolean wide = head[4] == 2;
    Words words = head[5] == 2 ? Words.BIG_ENDIAN : Words.LITTLE_ENDIAN;
    long segmentsAt = wide ? words.i64(head, 32) : words.u32(head, 28);
    long partsAt = wide ? words.i64(head, 40) : words.u32(head, 32);
    int counts = wide ? 54 : 42;
    int segmentBytes = words.u16(head, counts);
    int segmentCount = words.u16(head, counts + 2);
    int partBytes = words.u16(head, counts + 4);
    int partCount = words.u16(head, counts + 6);
    List<Segment> segments = new ArrayList<>();
    byte[] table = table(source, segmentsAt, (long) segmentBytes * segmentCount);
    for (int i = 0; i < segmentCount && (i + 1) * segmentBytes <= table.length; i++) {
      segments.add(segment(words, wide, table, i * segmentBytes));
    }
    List<Part> parts = new ArrayList<>();
    table = table(source, partsAt, (long) partBytes * partCount);
    for (int i = 0; i < partCount && (i + 1) * partBytes <= table.length; i++) {
      parts.add(part(words, wide, table, i * partBytes));
    }
    return new ElfFile(source, words, wide, segments, parts);
  }

  private static Segment segment(Words words, boolean wide, byte[] table, int at) {
    return wide
        ? new Segment(
            words.i32(table, at),
            words.i64(table, at + 8),
            words.i64(table, at + 16),
            words.i64(table, at + 32),
            words.i64(table, at + 40))
        : new Segment(
            words.i32(table, at),
            words.u32(table, at + 4),
            words.u32(table, at + 8),
            words.u32(table, at + 16),
            words.u32(table, at + 20));
  }

  private static Part part(Words words, boolean wide, byte[] table, int at) {
    return wide
        ? new Part(
            words.i32(table, at + 4),
            words.i64(table, at + 8),
            words.i64(table, at + 24),
            words.i64(table, at + 32),
            words.i32(table, at + 40),
            words.i64(table, at + 56))
        : new Part(
            words.i32(table, at + 4),
            words.u32(table, at + 8),
            words.u32(table, at + 16),
            words.u32(table, at + 20),
            words.i32(table, at + 24),
            words.u32(table, at + 36));
  }

  /// A part of the file; empty when it is not inside or too large.
  private static byte[] table(PerfSource source, long offset, long lengthBytes) throws IOException {
    long left = source.lengthBytes() - offset;
    if (offset < 0 || lengthBytes <= 0 || lengthBytes > left || lengthBytes > MOST_TABLE_BYTES) {
      return new byte[0];
    }
    byte[] bytes = new byte[(int) lengthBytes];
    return source.read(offset, bytes, 0, bytes.length) == bytes.length ? bytes : new byte[0];
  }

  /// ```
  /// note   name length (4) | value length (4) | type (4) | name, padded to 4 | value, padded to 4
  /// ```
  private @Nullable String buildId() throws IOException {
    for (Segment segment : segments) {
      if (segment.type == PT_NOTE) {
        String found =
            buildId(words, table(source, segment.offset, Math.min(segment.fileBytes, 1 << 16)));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  static @Nullable String buildId(Words words, byte[] notes) {
    long at = 0;
    while (at + 12 <= notes.length) {
      long nameBytes = words.u32(notes, (int) at);
      long valueBytes = words.u32(notes, (int) at + 4);
      long value = at + 12 + (nameBytes + 3 & ~3L);
      if (value + valueBytes > notes.length) {
        return null;
      }
      if (words.i32(notes, (int) at + 8) == NOTE_BUILD_ID
          && nameBytes == 4
          && notes[(int) at + 12] == 'G') {
        return HexFormat.of().formatHex(notes, (int) value, (int) (value + valueBytes));
      }
      at = value + (valueBytes + 3 & ~3L);
    }
    return null;
  }

  private SymbolTable symbols(List<Segment> mapped) throws IOException {
    Part table = partOf(SHT_SYMTAB);
    if (table == null) {
      table = partOf(SHT_DYNSYM);
    }
    if (table == null || table.link < 0 || table.link >= parts.size()) {
      return SymbolTable.EMPTY;
    }
    Part names = parts.get(table.link);
    byte[] text = table(source, names.offset, names.bytes);
    byte[] entries = table(source, table.offset, table.bytes);
    int entryBytes = wide ? 24 : 16;
    List<SymbolTable.Draft> drafts = new ArrayList<>();
    for (int at = 0; at + entryBytes <= entries.length; at += entryBytes) {
      add(entries, at, text.length, mapped, drafts);
    }
    return new SymbolTable(drafts, text, true);
  }

  private @Nullable Part partOf(int type) {
    for (Part part : parts) {
      if (part.type == type && part.bytes > 0) {
        return part;
      }
    }
    return null;
  }

  private void add(
      byte[] entries, int at, int namesBytes, List<Segment> mapped, List<SymbolTable.Draft> into) {
    long name = words.u32(entries, at);
    int info = entries[at + (wide ? 4 : 12)] & 0xff;
    int part = words.u16(entries, at + (wide ? 6 : 14));
    long value = wide ? words.i64(entries, at + 8) : words.u32(entries, at + 4);
    long size = wide ? words.i64(entries, at + 16) : words.u32(entries, at + 8);
    int type = info & 15;
    boolean function = type == STT_FUNC || type == STT_GNU_IFUNC;
    boolean label = type == STT_NOTYPE && isCode(part);
    if (name == 0 || name >= namesBytes || part == 0 || !function && !label) {
      return;
    }
    long offset = offsetOf(mapped, value);
    if (offset >= 0) {
      SymbolTable.Binding binding =
          switch (info >> 4) {
            case 1 -> SymbolTable.Binding.GLOBAL;
            case 2 -> SymbolTable.Binding.WEAK;
            default -> SymbolTable.Binding.LOCAL;
          };
      into.add(new SymbolTable.Draft(offset, offset + Math.max(0, size), binding, (int) name));
    }
  }

  private boolean isCode(int part) {
    return part < parts.size() && (parts.get(part).flags & SHF_EXECINSTR) != 0;
  }

  private static long offsetOf(List<Segment> mapped, long address) {
    if (mapped.isEmpty()) {
      return address;
    }
    for (Segment segment : mapped) {
      long inside = address - segment.address;
      if (segment.type == PT_LOAD && inside >= 0 && inside < segment.memoryBytes) {
        return segment.offset + inside;
      }
    }
    return -1;
  }
}
