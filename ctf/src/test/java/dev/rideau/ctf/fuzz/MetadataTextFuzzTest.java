package dev.rideau.ctf.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Metadata of CTF 1.8 as plain text.
final class MetadataTextFuzzTest {
  private static final byte[] START = "/* CTF 1.8 */\n".getBytes(StandardCharsets.UTF_8);

  static Stream<byte[]> seeds() {
    return Seeds.metadata(".tsdl", START.length).stream();
  }

  @MethodSource("seeds")
  @DictionaryFile(resourcePath = "tsdl.dictionary")
  @FuzzTest(maxExecutions = 20_000)
  void readOrRefused(byte[] text) {
    byte[] metadata = new byte[START.length + text.length];
    System.arraycopy(START, 0, metadata, 0, START.length);
    System.arraycopy(text, 0, metadata, START.length, text.length);
    MetadataFuzzing.read(metadata);
  }
}
