package dev.rideau.cli.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.record.RecordException;
import org.junit.jupiter.api.Test;

final class RecordFailureTest {
  @Test
  void theAdviceIsForTheCommandThatSomebodyTyped() {
    RecordException denied =
        new RecordException("denied", "Run it as root: sudo rideau record ...");
    assertThat(RecordFailure.of(denied, "top").advice())
        .isEqualTo("Run it as root: sudo rideau top ...");
  }
}
