package dev.rideau.ctf.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.internal.metadata.MetadataReader;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The public conformance cases for data streams: what the plain decoder finds, element by element,
/// must be what the case expects, and what is wrong must be found where it expects it.
final class DataStreamSuiteTest {
  private static final Pattern FAULT = Pattern.compile(" *(\\d+) ([A-Z][a-z].*)");

  /// What the cases call a fault, by words of their message.
  private static FaultKind kind(String message) {
    if (message.contains("beyond the content")) {
      return FaultKind.BEYOND_CONTENT;
    } else if (message.contains("end of data source")) {
      return FaultKind.BEYOND_DATA;
    } else if (message.startsWith("Changing byte order")) {
      return FaultKind.BYTE_ORDER_CHANGE;
    } else if (message.startsWith("Oversized")) {
      return FaultKind.OVERSIZED_INTEGER;
    } else if (message.startsWith("Selector")) {
      return FaultKind.INVALID_SELECTOR;
    } else if (message.startsWith("Event record type")) {
      return FaultKind.UNKNOWN_EVENT_CLASS;
    } else if (message.startsWith("Data stream type")) {
      return FaultKind.UNKNOWN_DATA_STREAM_CLASS;
    } else if (message.contains("total length") && message.contains("multiple of 8")) {
      return FaultKind.TOTAL_LENGTH_NOT_BYTES;
    } else if (message.contains("is less than expected packet content")) {
      return FaultKind.CONTENT_EXCEEDS_TOTAL;
    } else if (message.contains("total length")) {
      return FaultKind.TOTAL_TOO_SMALL;
    } else if (message.contains("content length")) {
      return FaultKind.CONTENT_TOO_SMALL;
    }
    throw new AssertionError("no kind known for: " + message);
  }

  @Test
  void openCasesOfCtf18() throws IOException {
    runAll("ctf-1");
  }

  @Test
  void openCasesOfCtf2() throws IOException {
    runAll("ctf-2");
  }

  private static void runAll(String version) throws IOException {
    Path folder = SharedData.require("data/ctf-suite/data-stream/" + version);
    List<Path> cases;
    try (Stream<Path> files = Files.list(folder)) {
      cases = files.filter(Files::isDirectory).sorted().toList();
    }
    assertThat(cases).isNotEmpty();
    List<String> wrong = new ArrayList<>();
    for (Path path : cases) {
      String difference = difference(path);
      if (difference != null) {
        wrong.add(path.getFileName() + ": " + difference);
      }
    }
    System.out.printf(
        "CTF data streams, %s: %d of %d cases as expected%n",
        version, cases.size() - wrong.size(), cases.size());
    assertThat(wrong).isEmpty();
  }

  /// What differs from the expected text, null when nothing does.
  private static @Nullable String difference(Path path) throws IOException {
    Path metadata = path.resolve("metadata");
    TraceClass traceClass = MetadataReader.read(metadata, diagnostic -> {});
    CanonicalDump dump = new CanonicalDump();
    DecodeFault fault = null;
    long packetBits = 0;
    try {
      PlainDecoder decoder = new PlainDecoder(traceClass, dump);
      byte[] bytes = Files.readAllBytes(path.resolve("stream"));
      while (packetBits < bytes.length * 8L) {
        int offset = (int) (packetBits >> 3);
        dump.startPacketAt(packetBits);
        decoder.startPacket(bytes, offset, bytes.length - offset, true);
        // The cases start the clock anew with each packet; real readers let it run on.
        decoder.setClockValue(0);
        PacketInfo info = decoder.decodePacketHeader();
        while (decoder.decodeRecord()) {}
        Long total = info.totalBits();
        long end = total != null ? total : decoder.position();
        dump.endOfPadding(end);
        packetBits += end + 7 & -8L;
      }
    } catch (DecodeFault found) {
      fault = found;
    }
    List<String> expected =
        new ArrayList<>(Files.readAllLines(path.resolveSibling(path.getFileName() + ".expect")));
    expected.removeIf(String::isBlank);
    Matcher expectedFault = expected.isEmpty() ? null : FAULT.matcher(expected.getLast());
    boolean mustFail = expectedFault != null && expectedFault.matches();
    if (mustFail) {
      expected.removeLast();
    }
    List<String> found = dump.lines();
    while (mustFail && found.size() > expected.size() && found.getLast().endsWith(" }")) {
      // Lengths are checked behind the packet context, not inside: the same bit, one line later.
      found.removeLast();
    }
    for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
      String ours = i < found.size() ? found.get(i) : "(nothing)";
      String theirs = i < expected.size() ? withPlainCodes(expected.get(i)) : "(nothing)";
      if (!ours.stripTrailing().equals(theirs.stripTrailing())) {
        return "line %d: expected%n%s%nbut found%n%s%nfault: %s"
            .formatted(i + 1, theirs, ours, text(fault));
      }
    }
    if (!mustFail || expectedFault == null) {
      return fault == null ? null : "must pass but " + text(fault);
    }
    String message = expectedFault.group(2);
    if (fault == null) {
      return "must fail: " + message;
    }
    long place = packetBits + fault.offsetBits();
    return place == Long.parseLong(expectedFault.group(1)) && fault.kind() == kind(message)
        ? null
        : "must fail with '%s %s' but %s".formatted(expectedFault.group(1), message, text(fault));
  }

  private static String text(@Nullable DecodeFault fault) {
    return fault == null
        ? "no fault"
        : "%d %s (%s)".formatted(fault.offsetBits(), fault.message(), fault.kind());
  }

  /// Optionals and variants have codes that also name the class of their selector, and optionals
  /// repeat its value.
  private static String withPlainCodes(String line) {
    return line.replaceFirst(
            "^( *\\d+ +)O[BUS](:[^ ]*?:(?:enabled|disabled))(?::-?\\d+)? ", "$1O$2 ")
        .replaceFirst("^( *\\d+ +)V[US]:", "$1V:");
  }
}
