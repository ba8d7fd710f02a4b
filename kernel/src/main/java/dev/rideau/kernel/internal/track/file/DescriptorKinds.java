package dev.rideau.kernel.internal.track.file;

import dev.rideau.kernel.internal.track.NameCache;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a descriptor of the state dump is, by the name that the kernel gives to it.
final class DescriptorKinds {
  private record Kind(byte[] part, boolean isPrefix, int id) {}

  private final Kind[] kinds;
  private final int unknown;

  DescriptorKinds(NameCache names) {
    unknown = names.id("unknown");
    kinds =
        new Kind[] {
          kind("/memfd:", true, names.id("memfd")),
          kind("/", true, names.id("file")),
          kind("socket:", true, names.id("socket")),
          kind("pipe:", true, names.id("pipe")),
          kind("[eventpoll]", false, names.id("epoll")),
          kind("[eventfd]", false, names.id("eventfd")),
          kind("[timerfd]", false, names.id("timerfd")),
          kind("[signalfd]", false, names.id("signalfd")),
          kind("inotify", false, names.id("inotify"))
        };
  }

  private static Kind kind(String part, boolean isPrefix, int id) {
    return new Kind(part.getBytes(StandardCharsets.UTF_8), isPrefix, id);
  }

  /// Id of the kind that goes by that name.
  int of(byte[] bytes, int from, int to) {
    for (Kind kind : kinds) {
      int last = kind.isPrefix ? from : to - kind.part.length;
      for (int at = from; at <= last && at + kind.part.length <= to; at++) {
        if (Arrays.equals(bytes, at, at + kind.part.length, kind.part, 0, kind.part.length)) {
          return kind.id;
        }
      }
    }
    return unknown;
  }

  int unknown() {
    return unknown;
  }
}
