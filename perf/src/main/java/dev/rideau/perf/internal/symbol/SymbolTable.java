package dev.rideau.perf.internal.symbol;

import dev.rideau.perf.internal.demangle.Demangler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Names of ranges of addresses. Immutable, shared by all threads.
public final class SymbolTable {
  /// Knows nothing.
  public static final SymbolTable EMPTY = new SymbolTable(List.of(), new byte[0], false);

  /// What the last symbol of a list without lengths gets.
  private static final long LAST_BYTES = 4096;

  /// A symbol as it was found.
  ///
  /// @param end equal to `start` when the length is not known
  /// @param nameAt first byte of the name, which ends before a zero
  record Draft(long start, long end, Binding binding, int nameAt) {}

  /// How far a symbol is visible.
  enum Binding {
    LOCAL,
    GLOBAL,
    WEAK
  }

  private final byte[] names;
  private final boolean mangled;
  private final long[] starts;
  private final long[] ends;
  private final int[] nameAts;

  /// @param names bytes that the names stand in
  /// @param mangled whether compilers made them of names that people wrote
  SymbolTable(List<Draft> drafts, byte[] names, boolean mangled) {
    this.names = names;
    this.mangled = mangled;
    Draft[] sorted = drafts.toArray(Draft[]::new);
    Arrays.sort(sorted, (left, right) -> Long.compareUnsigned(left.start, right.start));
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (count > 0 && sorted[count - 1].start == sorted[i].start) {
        sorted[count - 1] = better(sorted[count - 1], sorted[i]);
      } else {
        sorted[count++] = sorted[i];
      }
    }
    starts = new long[count];
    ends = new long[count];
    nameAts = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = sorted[i].start;
      nameAts[i] = sorted[i].nameAt;
      long next = i + 1 < count ? sorted[i + 1].start : sorted[i].start + LAST_BYTES;
      ends[i] = sorted[i].end == sorted[i].start ? next : sorted[i].end;
    }
  }

  /// Of several names of one address the one that perf shows: with a length, not weak, global, with
  /// few underscores in front, long; of two without a length the later one. What counts is the name
  /// as it is shown.
  private Draft better(Draft left, Draft right) {
    if (left.end == left.start && right.end == right.start) {
      return right;
    }
    Comparator<Draft> order =
        Comparator.<Draft, Boolean>comparing(draft -> draft.end == draft.start)
            .thenComparing(draft -> draft.binding == Binding.WEAK)
            .thenComparing(draft -> draft.binding != Binding.GLOBAL)
            .thenComparing(this::shown, SymbolTable::compareShown);
    return order.compare(left, right) <= 0 ? left : right;
  }

  private String shown(Draft draft) {
    String name = nameAt(draft.nameAt);
    return mangled ? Demangler.whole(name) : name;
  }

  private static int compareShown(String left, String right) {
    int order = Integer.compare(underscores(left), underscores(right));
    return order != 0 ? order : Integer.compare(right.length(), left.length());
  }

  private static int underscores(String name) {
    int count = 0;
    while (count < name.length() && name.charAt(count) == '_') {
      count++;
    }
    return count;
  }

  private int length(int at) {
    int end = at;
    while (end < names.length && names[end] != 0) {
      end++;
    }
    return end - at;
  }

  /// Number of symbols.
  public int size() {
    return starts.length;
  }

  /// The symbol that an address is in, or -1.
  public int find(long address) {
    int low = 0;
    int high = starts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(starts[middle], address) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high >= 0 && Long.compareUnsigned(address, ends[high]) < 0 ? high : -1;
  }

  /// First address of a symbol.
  public long start(int symbol) {
    return starts[symbol];
  }

  /// The name as it stands in the file. Allocates.
  public String name(int symbol) {
    return nameAt(nameAts[symbol]);
  }

  private String nameAt(int at) {
    return new String(names, at, length(at), StandardCharsets.UTF_8);
  }

  /// Whether compilers made the names of names that people wrote.
  public boolean mangled() {
    return mangled;
  }

  /// The first address of the symbol with that name, or 0. Linear.
  long addressOf(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < starts.length; i++) {
      int at = nameAts[i];
      if (Arrays.equals(names, at, at + length(at), wanted, 0, wanted.length)) {
        return starts[i];
      }
    }
    return 0;
  }
}
