package dev.rideau.ctf.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Metadata of CTF 2: a JSON text sequence, of which the first byte is given.
final class MetadataJsonFuzzTest {
  private static final byte RECORD_SEPARATOR = 0x1e;

  static Stream<byte[]> seeds() {
    return Seeds.metadata(".json", 1).stream();
  }

  @MethodSource("seeds")
  @DictionaryFile(resourcePath = "json.dictionary")
  @FuzzTest(maxExecutions = 20_000)
  void readOrRefused(byte[] sequence) {
    byte[] metadata = new byte[sequence.length + 1];
    metadata[0] = RECORD_SEPARATOR;
    System.arraycopy(sequence, 0, metadata, 1, sequence.length);
    MetadataFuzzing.read(metadata);
  }
}
