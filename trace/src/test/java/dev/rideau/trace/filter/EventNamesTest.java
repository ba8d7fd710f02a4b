package dev.rideau.trace.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventNamesTest {

  @ParameterizedTest(name = "{0} ~ {1}: {2}")
  @CsvSource({
    "sched_*, sched_switch, true",
    "sched_*, xsched_switch, false",
    "*switch*, sched_switch, true",
    "*a*b*c, xaxbxbxc, true",
    "*a*b*c, xaxcxb, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "[a-c]x, bx, true",
    "[!a-c]x, bx, false",
    "[!a-c]x, dx, true",
    "[]x, [x, false",
    "[a, [a, true",
    "a\\*, a*, true",
    "a\\*, ab, false",
    "'', '', true",
    "*, '', true"
  })
  void globsMatchLikeShellPatterns(String pattern, String text, boolean expected) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(expected);
  }

  @Test
  void wantsOneOfTheFirstAndNoneOfTheOthers() {
    EventNames names = EventNames.of(List.of("sched_*", "irq_*", "!*_switch"));
    assertThat(includes(names, "sched_wakeup")).isTrue();
    assertThat(includes(names, "irq_entry")).isTrue();
    assertThat(includes(names, "sched_switch")).isFalse();
    assertThat(includes(names, "other")).isFalse();
    assertThat(includes(EventNames.of(List.of("!*_switch")), "other")).isTrue();
    assertThat(includes(EventNames.ALL, "other")).isTrue();
  }

  private static boolean includes(EventNames names, String name) {
    return names.includes(Fields.event(0, name, null, null));
  }
}
