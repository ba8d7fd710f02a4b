package dev.rideau.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private final StringWriter text = new StringWriter();
  private final StatusLine statusLine = new StatusLine(text);
  private long nowNs;

  @Test
  void isSilentForTheFirstSecond() {
    try (Progress progress = progress(true)) {
      nowNs = SECOND_NS - 1;
      progress.update(50, 100);
    }
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void tellsPercentAndSizesThenErasesItsLine() {
    Progress progress = progress(true);
    nowNs = SECOND_NS;
    progress.update(1_200_000_000L, 2_400_000_000L);
    assertThat(text.toString()).isEqualTo("\r\u001b[Krideau: reading 50 % (1.2 GB of 2.4 GB)");
    progress.close();
    assertThat(text.toString()).endsWith("\r\u001b[K");
  }

  @Test
  void refreshesAtMostFiveTimesASecond() {
    try (Progress progress = progress(true)) {
      for (nowNs = 0; nowNs < 3 * SECOND_NS; nowNs += SECOND_NS / 1000) {
        progress.update(1, 0);
      }
    }
    assertThat(text.toString().split("rideau:", -1)).hasSizeBetween(10, 12);
  }

  @Test
  void aMessageTakesItsLineAway() {
    try (Progress progress = progress(true)) {
      nowNs = SECOND_NS;
      progress.update(1, 2);
      new PrintWriter(statusLine, true).print("rideau: warning: …\n");
    }
    assertThat(text.toString())
        .isEqualTo("\r\u001b[Krideau: reading 50 % (0 kB of 0 kB)\r\u001b[Krideau: warning: …\n");
  }

  @Test
  void isSilentWhereNobodyWatches() {
    try (Progress progress = progress(false)) {
      nowNs = 10 * SECOND_NS;
      progress.update(1, 2);
    }
    assertThat(text.toString()).isEmpty();
  }

  private Progress progress(boolean watched) {
    return new Progress(statusLine, watched, "reading", () -> nowNs);
  }
}
