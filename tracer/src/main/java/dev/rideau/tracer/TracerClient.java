package dev.rideau.tracer;

import dev.rideau.tracer.internal.control.ControlFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Talks to the tracer in another process of the same user.
public final class TracerClient {
  private TracerClient() {}

  /// Processes that can be asked; some may have ended meanwhile.
  public static Set<Long> processes() throws IOException {
    return ControlFolder.processes();
  }

  /// Sends a command and waits for the answer.
  ///
  /// @param words `list`, `events`, `create SESSION FOLDER PATTERN`, or one of `start`, `stop`,
  ///   `flush`, `snapshot`, `rotate`, `close`, `enable`, `disable` with a session
  /// @return the lines of the answer
  /// @throws IOException when the process has no tracer, or refuses
  public static List<String> send(long pid, String... words) throws IOException {
    if (!Files.exists(ControlFolder.socket(pid))) {
      throw new IOException(
          "process " + pid + " has no tracer that can be asked, or belongs to another user");
    }
    try (SocketChannel connection = connect(pid)) {
      var line = StandardCharsets.UTF_8.encode(String.join("\t", words).replace('\n', ' ') + "\n");
      while (line.hasRemaining()) {
        connection.write(line);
      }
      connection.shutdownOutput();
      BufferedReader input =
          new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
      List<String> lines = input.lines().toList();
      if (lines.isEmpty()) {
        throw new IOException("process " + pid + " gave no answer");
      }
      List<String> rest = lines.subList(1, lines.size());
      if (!lines.getFirst().equals("ok")) {
        throw new IOException("process " + pid + ": " + String.join(" ", rest));
      }
      return rest;
    }
  }

  private static SocketChannel connect(long pid) throws IOException {
    Path socket = ControlFolder.socket(pid);
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (ConnectException leftBehind) {
      // Its program was killed; if the process lives, the number was given away again.
      throw new IOException("process " + pid + " has no tracer any more", leftBehind);
    }
  }
}
