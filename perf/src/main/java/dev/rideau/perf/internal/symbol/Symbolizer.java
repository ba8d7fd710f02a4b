package dev.rideau.perf.internal.symbol;

import dev.rideau.perf.internal.file.BuildId;
import dev.rideau.perf.internal.file.PerfMetadata;
import dev.rideau.perf.internal.file.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Resolves addresses of a recording to functions. Files are looked for when they are needed first.
/// Shared by all threads.
///
/// A file counts only if its build id is the recorded one, as far as one was recorded. Besides its
/// own path it may stand in the cache that perf fills (`~/.debug`) or below `/usr/lib/debug`.
public final class Symbolizer {
  /// The name that perf gives the kernel.
  public static final String KERNEL_FILE = "[kernel.kallsyms]";

  private final Mappings mappings;
  private final Map<String, String> buildIds = new HashMap<>();
  private final Map<String, SymbolTable> tables = new ConcurrentHashMap<>();
  private final String kernelSymbols;
  private @Nullable SymbolTable kernel;

  /// How much higher the kernel was loaded than its symbols say.
  private long kernelShift;

  Symbolizer(PerfMetadata metadata, Mappings mappings) {
    this.mappings = mappings;
    kernelSymbols = metadata.tracingData().kernelSymbols();
    for (BuildId each : metadata.buildIds()) {
      buildIds.putIfAbsent(each.fileName(), each.buildId());
    }
  }

  /// A number that changes when the answer for a process may change, for caches.
  public int version(int pid, long time) {
    return mappings.version(pid, time);
  }

  /// What an address in a process means.
  ///
  /// @param time clock value
  public Frame resolve(int pid, long time, long address, boolean inKernel) {
    if (inKernel) {
      return resolveKernel(address);
    }
    Mappings.Mapping mapping = mappings.find(pid, time, address);
    if (mapping == null) {
      return new Frame(address, null, false, 0, null, false);
    }
    long offset = address - mapping.start() + mapping.offset();
    SymbolTable table = tables.computeIfAbsent(mapping.file(), this::load);
    int symbol = table.find(offset);
    return symbol < 0
        ? new Frame(offset, null, false, 0, mapping.file(), false)
        : new Frame(
            offset,
            table.name(symbol),
            table.mangled(),
            offset - table.start(symbol),
            mapping.file(),
            false);
  }

  private Frame resolveKernel(long address) {
    SymbolTable table = kernel();
    int symbol = table.find(address - kernelShift);
    if (symbol < 0) {
      Mappings.Mapping mapping = mappings.find(Mappings.KERNEL, Long.MAX_VALUE, address);
      return new Frame(address, null, false, 0, mapping == null ? null : KERNEL_FILE, true);
    }
    String name = table.name(symbol);
    String file = KERNEL_FILE;
    int tab = name.indexOf('\t');
    if (tab >= 0) {
      file = name.substring(tab + 1);
      name = name.substring(0, tab);
    }
    return new Frame(address, name, false, address - kernelShift - table.start(symbol), file, true);
  }

  private synchronized SymbolTable kernel() {
    SymbolTable known = kernel;
    if (known != null) {
      return known;
    }
    SymbolTable found = loadKernel();
    kernel = found;
    // perf notes where the kernel's text begins; its own symbol says where that was when the
    // symbols were read.
    long text = mappings.kernelText();
    long said = text == 0 ? 0 : found.addressOf("_text");
    if (said == 0 && text != 0) {
      said = found.addressOf("_stext");
    }
    kernelShift = said == 0 ? 0 : text - said;
    return found;
  }

  private SymbolTable loadKernel() {
    if (!kernelSymbols.isEmpty()) {
      return KernelSymbols.of(kernelSymbols);
    }
    String wanted = buildIds.get(KERNEL_FILE);
    if (wanted != null) {
      Path cached = debugCache().resolve(KERNEL_FILE).resolve(wanted).resolve("kallsyms");
      if (Files.isReadable(cached)) {
        return KernelSymbols.read(cached);
      }
    }
    return wanted == null || wanted.equals(runningKernel())
        ? KernelSymbols.read(Path.of("/proc/kallsyms"))
        : SymbolTable.EMPTY;
  }

  private static @Nullable String runningKernel() {
    try {
      return ElfFile.buildId(Words.LITTLE_ENDIAN, Files.readAllBytes(Path.of("/sys/kernel/notes")));
    } catch (IOException failure) {
      return null;
    }
  }

  private SymbolTable load(String file) {
    if (JitSymbols.isMap(file)) {
      return JitSymbols.read(Path.of(file));
    }
    String wanted = buildIds.get(file);
    if (!file.startsWith("/") && !(file.equals("[vdso]") && wanted != null)
        || file.startsWith("//")) {
      // Memory without code, [vvar], …
      return SymbolTable.EMPTY;
    }
    List<Path> places = places(file, wanted == null ? ownBuildId(file) : wanted);
    for (Path place : places) {
      ElfFile.Symbols found =
          Files.isRegularFile(place) ? ElfFile.read(place, places.getLast()) : null;
      if (found != null
          && (wanted == null || Objects.equals(found.buildId(), wanted))
          && found.table().size() > 0) {
        return found.table();
      }
    }
    return SymbolTable.EMPTY;
  }

  /// The build id of the file that is there now, for recordings that tell none.
  private static @Nullable String ownBuildId(String file) {
    try {
      Path path = Path.of(file);
      return Files.isRegularFile(path) ? ElfFile.buildIdOf(path) : null;
    } catch (java.nio.file.InvalidPathException strange) {
      return null;
    }
  }

  private static List<Path> places(String file, @Nullable String buildId) {
    List<Path> places = new ArrayList<>();
    try {
      if (buildId != null && buildId.length() > 2) {
        String folder = buildId.substring(0, 2);
        String rest = buildId.substring(2);
        places.add(Path.of("/usr/lib/debug/.build-id", folder, rest + ".debug"));
        Path cached = debugCache().resolve(".build-id").resolve(folder).resolve(rest);
        if (file.startsWith("[")) {
          places.add(cached.resolve("vdso"));
          return places;
        }
        Path kept = cached.resolve("elf");
        if (!Files.isRegularFile(Path.of(file)) && Files.isRegularFile(kept)) {
          // The file is gone, its copy counts as what was mapped.
          places.add(kept);
          return places;
        }
      }
      places.add(Path.of(file));
    } catch (java.nio.file.InvalidPathException strange) {
      // No file can have that name, so there is none to read.
      return places;
    }
    return places;
  }

  private static Path debugCache() {
    return Path.of(System.getProperty("user.home", "/"), ".debug");
  }
}
