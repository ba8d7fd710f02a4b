package dev.rideau.ftrace.internal.open;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lines of `/proc/kallsyms` by address: `ffffffff81000000 T _text`, maybe with `\t[module]`.
///
/// Holds the text as it is and where in it each name starts: there are 200,000 of them.
final class SymbolTable {
  private final byte[] text;

  /// Addresses with the sign bit turned, so that they ascend as signed numbers.
  private final long[] keys;

  private final int[] offsets;
  private final int size;

  private SymbolTable(byte[] text, long[] keys, int[] offsets, int size) {
    this.text = text;
    this.keys = keys;
    this.offsets = offsets;
    this.size = size;
  }

  static SymbolTable parse(byte[] text) {
    int lines = 0;
    for (byte c : text) {
      lines += c == '\n' ? 1 : 0;
    }
    long[][] found = new long[lines + 1][];
    int size = 0;
    int at = 0;
    while (at < text.length) {
      int end = at;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      long address = 0;
      int digit = at;
      for (; digit < end && Character.digit(text[digit], 16) >= 0; digit++) {
        address = address << 4 | Character.digit(text[digit], 16);
      }
      // Without privilege the kernel shows all addresses as zero.
      if (digit > at && digit + 3 < end && address != 0) {
        found[size++] = new long[] {address ^ Long.MIN_VALUE, digit + 3};
      }
      at = end + 1;
    }
    Arrays.sort(found, 0, size, (left, right) -> Long.compare(left[0], right[0]));
    long[] keys = new long[size];
    int[] offsets = new int[size];
    for (int i = 0; i < size; i++) {
      keys[i] = found[i][0];
      offsets[i] = (int) found[i][1];
    }
    return new SymbolTable(text, keys, offsets, size);
  }

  @Nullable String find(long address) {
    long key = address ^ Long.MIN_VALUE;
    int index = Arrays.binarySearch(keys, 0, size, key);
    int at = index >= 0 ? index : -index - 2;
    if (at < 0) {
      return null;
    }
    // Of several names the first of the table.
    while (at > 0 && keys[at - 1] == keys[at]) {
      at--;
    }
    long offset = key - keys[at];
    // Behind the last function there is none.
    if (at == size - 1 && offset > 1 << 20) {
      return null;
    }
    int start = offsets[at];
    int end = start;
    while (end < text.length && text[end] != '\n' && text[end] != '\t') {
      end++;
    }
    String name = new String(text, start, end - start, StandardCharsets.UTF_8);
    return offset == 0 ? name : name + "+0x" + Long.toHexString(offset);
  }
}
