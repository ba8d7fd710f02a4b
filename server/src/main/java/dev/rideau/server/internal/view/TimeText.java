package dev.rideau.server.internal.view;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.LongFunction;

/// Times as people read them: the time of day with nine digits behind the second.
record TimeText(ZoneId zone) implements LongFunction<String> {
  private static final long SECOND_NS = 1_000_000_000L;

  @Override
  public String apply(long ns) {
    Instant instant =
        Instant.ofEpochSecond(Math.floorDiv(ns, SECOND_NS), Math.floorMod(ns, SECOND_NS));
    ZonedDateTime time = instant.atZone(zone);
    return "%02d:%02d:%02d.%09d"
        .formatted(time.getHour(), time.getMinute(), time.getSecond(), time.getNano());
  }
}
