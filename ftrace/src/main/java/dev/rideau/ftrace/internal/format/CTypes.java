package dev.rideau.ftrace.internal.format;

import java.util.Map;

/// The C types that format files name, as far as their size can be told.
final class CTypes {
  /// Stands for the size of `long`.
  private static final int LONG = -1;

  private static final Map<String, Integer> SIZES =
      Map.ofEntries(
          Map.entry("char", 1),
          Map.entry("bool", 1),
          Map.entry("_Bool", 1),
          Map.entry("short", 2),
          Map.entry("short int", 2),
          Map.entry("int", 4),
          Map.entry("", 4),
          Map.entry("long", LONG),
          Map.entry("long int", LONG),
          Map.entry("long long", 8),
          Map.entry("long long int", 8),
          Map.entry("uint", 4),
          Map.entry("ulong", LONG),
          Map.entry("u8", 1),
          Map.entry("s8", 1),
          Map.entry("u16", 2),
          Map.entry("s16", 2),
          Map.entry("u32", 4),
          Map.entry("s32", 4),
          Map.entry("u64", 8),
          Map.entry("s64", 8),
          Map.entry("le16", 2),
          Map.entry("be16", 2),
          Map.entry("le32", 4),
          Map.entry("be32", 4),
          Map.entry("le64", 8),
          Map.entry("be64", 8),
          Map.entry("uint8_t", 1),
          Map.entry("int8_t", 1),
          Map.entry("uint16_t", 2),
          Map.entry("int16_t", 2),
          Map.entry("uint32_t", 4),
          Map.entry("int32_t", 4),
          Map.entry("uint64_t", 8),
          Map.entry("int64_t", 8),
          Map.entry("size_t", LONG),
          Map.entry("ssize_t", LONG),
          Map.entry("uintptr_t", LONG),
          Map.entry("pid_t", 4),
          Map.entry("gfp_t", 4),
          Map.entry("dev_t", 4),
          Map.entry("umode_t", 2),
          Map.entry("sector_t", 8),
          Map.entry("loff_t", 8),
          Map.entry("dma_addr_t", 8),
          Map.entry("phys_addr_t", 8),
          Map.entry("pgoff_t", LONG),
          Map.entry("ino_t", LONG));

  private CTypes() {}

  /// Bytes of a value of the type, or 0 when it is not known.
  static int sizeBytes(String type, int longBytes) {
    String plain = plain(type);
    if (plain.endsWith("*")) {
      return longBytes;
    }
    Integer size = SIZES.get(plain);
    if (size == null) {
      return 0;
    }
    return size == LONG ? longBytes : size;
  }

  /// Whether elements of the type are characters of a text: `char`, but not `unsigned char`.
  static boolean isCharacter(String type) {
    return type.equals("char") || type.equals("const char");
  }

  /// Whether values of the type are signed, for kernels that do not say so.
  static boolean isSigned(String type) {
    if (type.endsWith("*") || type.contains("unsigned")) {
      return false;
    }
    return switch (plain(type)) {
      case "char", "short", "short int", "int", "long", "long int", "long long", "long long int" ->
          true;
      case "s8", "s16", "s32", "s64", "int8_t", "int16_t", "int32_t", "int64_t" -> true;
      case "ssize_t", "pid_t", "loff_t" -> true;
      default -> false;
    };
  }

  /// The type without what does not change its size.
  private static String plain(String type) {
    StringBuilder plain = new StringBuilder();
    for (String word : type.trim().split("\\s+", -1)) {
      switch (word) {
        case "const", "volatile", "unsigned", "signed", "__u", "__user", "" -> {}
        default -> {
          String bare = word.startsWith("__") ? word.substring(2) : word;
          plain.append(plain.isEmpty() ? "" : " ").append(bare);
        }
      }
    }
    return plain.toString();
  }
}
