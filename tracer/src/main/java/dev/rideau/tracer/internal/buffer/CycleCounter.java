package dev.rideau.tracer.internal.buffer;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The processor's cycle counter, where the kernel itself tells time by it.
///
/// Java has no word for the instruction. Two functions of four and five instructions are put into a
/// page of their own, which is closed for writing before it is opened for execution, and are called
/// as functions of the C library are. That is done only on Linux for x86-64, where native access is
/// granted and the kernel's clock source is `tsc`: then the kernel has found the counters of all
/// processors equal and even. `-Drideau.trace.clock=system` does without.
final class CycleCounter {
  private static final String ENTER = "F30F1EFA"; // endbr64
  private static final String WAIT_FOR_LOADS = "0FAEE8"; // lfence
  private static final String READ = // rdtsc; shl rdx, 32; or rax, rdx; ret
      "0F31" + "48C1E220" + "4809D0" + "C3";
  private static final long IN_ORDER_OFFSET = 64;
  private static final long PAGE_BYTES = 4096;
  private static final long PROT_READ = 1;
  private static final long PROT_WRITE = 2;
  private static final long PROT_EXEC = 4;
  private static final long MAP_ANONYMOUS = 0x22; // and private
  // Each shape of native call that is linked costs some 20 ms: one for both functions of the
  // library, in whose registers the numbers stand either way.
  private static final FunctionDescriptor SIX_NUMBERS =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final Path CLOCK_SOURCE =
      Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource");

  private static final @Nullable MethodHandle CYCLES;
  private static final @Nullable MethodHandle CYCLES_IN_ORDER;

  static {
    long page = isTrusted() ? page() : 0;
    CYCLES = page == 0 ? null : reading(page);
    CYCLES_IN_ORDER = page == 0 ? null : reading(page + IN_ORDER_OFFSET);
  }

  private CycleCounter() {}

  static boolean isAvailable() {
    return CYCLES != null && CYCLES_IN_ORDER != null;
  }

  /// The counter, read whenever the processor likes: it may run ahead of loads that stand before.
  static long cycles() {
    try {
      return (long) Objects.requireNonNull(CYCLES).invokeExact();
    } catch (Throwable impossible) {
      throw impossible(impossible);
    }
  }

  /// The counter, read after all loads that stand before.
  static long cyclesInOrder() {
    try {
      return (long) Objects.requireNonNull(CYCLES_IN_ORDER).invokeExact();
    } catch (Throwable impossible) {
      throw impossible(impossible);
    }
  }

  // The functions have no way to throw; invokeExact declares everything.
  private static IllegalStateException impossible(Throwable thrown) {
    return new IllegalStateException("the cycle counter cannot be read", thrown);
  }

  private static boolean isTrusted() {
    if (!CycleCounter.class.getModule().isNativeAccessEnabled()
        || System.getProperty("rideau.trace.clock", "").equals("system")
        || !System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("amd64")) {
      return false;
    }
    try {
      return Files.readString(CLOCK_SOURCE).strip().equals("tsc");
    } catch (IOException unknown) {
      return false;
    }
  }

  private static MemorySegment bytes(String instructions) {
    return MemorySegment.ofArray(HexFormat.of().parseHex(instructions));
  }

  private static MethodHandle function(MemorySegment address, FunctionDescriptor shape) {
    return Linker.nativeLinker().downcallHandle(address, shape, Linker.Option.critical(false));
  }

  private static MethodHandle reading(long address) {
    return function(MemorySegment.ofAddress(address), FunctionDescriptor.of(JAVA_LONG));
  }

  // The page with both functions, or 0 where there may be none.
  private static long page() {
    try {
      SymbolLookup library = Linker.nativeLinker().defaultLookup();
      MethodHandle map = function(library.findOrThrow("mmap"), SIX_NUMBERS);
      MethodHandle protect = function(library.findOrThrow("mprotect"), SIX_NUMBERS);
      long page =
          (long) map.invokeExact(0L, PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_ANONYMOUS, -1L, 0L);
      if (page <= 0) {
        return 0;
      }
      MemorySegment code = MemorySegment.ofAddress(page).reinterpret(PAGE_BYTES);
      code.copyFrom(bytes(ENTER + READ));
      code.asSlice(IN_ORDER_OFFSET).copyFrom(bytes(ENTER + WAIT_FOR_LOADS + READ));
      long failed = (long) protect.invokeExact(page, PAGE_BYTES, PROT_READ | PROT_EXEC, 0L, 0L, 0L);
      return failed == 0 ? page : 0;
    } catch (Throwable refused) {
      // Whatever the system does not allow: the clock of the C library is there as well.
      return 0;
    }
  }
}
