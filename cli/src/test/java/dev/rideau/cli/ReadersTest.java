package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.TraceReader;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class ReadersTest {
  @Test
  void listsTheInstalledReaders() {
    assertThat(Readers.ALL.stream().<Object>map(TraceReader::getClass))
        .containsExactlyElementsOf(
            ServiceLoader.load(TraceReader.class).stream()
                .<Object>map(each -> each.type())
                .toList());
  }
}
