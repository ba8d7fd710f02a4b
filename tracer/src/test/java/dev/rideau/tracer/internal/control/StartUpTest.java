package dev.rideau.tracer.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.tracer.TracerException;
import org.junit.jupiter.api.Test;

/// The options of RIDEAU_TRACE, and what is said of those that make no sense.
final class StartUpTest {
  @Test
  void optionsOfEveryKindAreRead() {
    assertThat(
            StartUp.parse(
                "dir:trace,level=Info,mode=overwrite,buffers=8x1M,stripes=4,contexts=cpu;stack"))
        .isNotNull();
  }

  @Test
  void whatIsMisspeltIsToldWithWhatThereIs() {
    refuses("level=foo", "'foo' is no level; there are emerg, alert, crit, err, warning,");
    refuses("mode=foo", "'foo' is no mode; there are discard, overwrite, block");
    refuses("contexts=cpu;foo", "'foo' is no contexts; there are process_id, thread_id,");
    refuses("buffers=4", "'4' is no buffers; COUNTxSIZE is wanted, as 4x256K");
    refuses("buffers=4xK", "'4xK' is no buffers");
    refuses("stripes=many", "'many' is no stripes; a number is wanted");
  }

  private static void refuses(String option, String message) {
    assertThatThrownBy(() -> StartUp.parse("dir:trace," + option))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining(message);
  }
}
