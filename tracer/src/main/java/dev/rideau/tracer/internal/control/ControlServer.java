package dev.rideau.tracer.internal.control;

import dev.rideau.tracer.EventRule;
import dev.rideau.tracer.TraceSession;
import dev.rideau.tracer.Tracer;
import dev.rideau.tracer.TracerException;
import dev.rideau.tracer.internal.session.Sessions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes commands from the programs of the same user: one line of words separated by tabs a
/// connection, answered by lines of which the first is `ok` or `error`.
///
/// ```
/// list
/// events
/// create SESSION FOLDER PATTERN
/// start | stop | flush | snapshot | rotate | close SESSION
/// enable | disable SESSION PATTERN
/// ```
///
/// Open while there are or were sessions, or when [dev.rideau.tracer.Tracer#openControl()] asked
/// for it; `-Drideau.trace.control=false` keeps it closed.
public final class ControlServer {
  private static final AtomicBoolean OPENED = new AtomicBoolean();
  private static final int MOST_CHARACTERS = 8192;

  private ControlServer() {}

  /// Opens the socket if it is not open. A fault is logged; control is then by the program only.
  public static void open() {
    if (System.getProperty("rideau.trace.control", "true").equals("false")
        || OPENED.getAndSet(true)) {
      return;
    }
    Path socket = ControlFolder.socket(ProcessHandle.current().pid());
    try {
      ControlFolder.prepare();
      // Killed programs leave their sockets, and perhaps nobody ever asks for a list.
      ControlFolder.sweep();
      Files.deleteIfExists(socket);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      socket.toFile().deleteOnExit();
      Thread.ofPlatform().daemon().name("rideau-tracer-control").start(() -> serve(server));
    } catch (IOException | UnsupportedOperationException failure) {
      System.getLogger("dev.rideau.tracer")
          .log(
              System.Logger.Level.WARNING,
              "no control from outside: socket={0}, reason={1}",
              socket,
              failure.getMessage());
    }
  }

  private static void serve(ServerSocketChannel server) {
    while (server.isOpen()) {
      try (SocketChannel connection = server.accept()) {
        answer(connection);
      } catch (IOException gone) {
        continue; // whoever asked does not want to know any more
      }
    }
  }

  private static void answer(SocketChannel connection) throws IOException {
    BufferedReader input =
        new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
    StringBuilder line = new StringBuilder();
    int each;
    while ((each = input.read()) >= 0 && each != '\n' && line.length() < MOST_CHARACTERS) {
      line.append((char) each);
    }
    PrintWriter output = new PrintWriter(Channels.newWriter(connection, StandardCharsets.UTF_8));
    try {
      List<String> answer = execute(List.of(line.toString().split("\t")));
      output.print("ok\n");
      answer.forEach(text -> output.print(text + "\n"));
    } catch (IOException | RuntimeException failure) {
      output.print("error\n" + failure.getMessage() + "\n");
    }
    output.flush();
  }

  static List<String> execute(List<String> words) throws IOException {
    String command = words.getFirst();
    switch (command) {
      case "list" -> {
        return list();
      }
      case "events" -> {
        return Tracer.eventNames();
      }
      case "create" -> {
        TraceSession made = Tracer.session(word(words, 1)).output(Path.of(word(words, 2))).create();
        made.enable(EventRule.named(words.size() > 3 ? word(words, 3) : "*"));
        made.start();
        return List.of(made.folder().toAbsolutePath().toString());
      }
      default -> {
        return execute(command, session(word(words, 1)), words);
      }
    }
  }

  private static List<String> execute(String command, TraceSession session, List<String> words)
      throws IOException {
    switch (command) {
      case "start" -> session.start();
      case "stop" -> session.stop();
      case "flush" -> session.flush();
      case "close" -> session.close();
      case "enable" -> session.enable(EventRule.named(word(words, 2)));
      case "disable" -> {
        return List.of(session.disable(word(words, 2)) ? "disabled" : "there was no such rule");
      }
      case "snapshot" -> {
        return List.of(session.snapshot().toAbsolutePath().toString());
      }
      case "rotate" -> {
        return List.of(session.rotate().toAbsolutePath().toString());
      }
      default -> throw new TracerException("there is no command '" + command + "'");
    }
    return List.of();
  }

  private static List<String> list() {
    List<String> lines = new ArrayList<>();
    for (TraceSession session : Sessions.open()) {
      lines.add(
          session.name()
              + "\t"
              + (session.isActive() ? "active" : "stopped")
              + "\t"
              + session.lostEvents()
              + "\t"
              + session.folder().toAbsolutePath());
    }
    return lines;
  }

  private static String word(List<String> words, int index) {
    if (index >= words.size() || words.get(index).isEmpty()) {
      throw new TracerException("the command '" + words.getFirst() + "' needs more words");
    }
    return words.get(index);
  }

  private static TraceSession session(String name) {
    for (TraceSession session : Sessions.open()) {
      if (session.name().equals(name)) {
        return session;
      }
    }
    throw new TracerException("there is no session '" + name + "'");
  }
}
