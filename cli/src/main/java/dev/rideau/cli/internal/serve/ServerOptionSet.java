package dev.rideau.cli.internal.serve;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Options of commands that start a server.
public final class ServerOptionSet {
  private static final int TOKEN_BYTES = 24;
  private static final int SHORTEST_TOKEN = 16;

  private final Command command;
  private final Supplier<@Nullable Integer> port;
  private final Supplier<@Nullable String> address;
  private final Supplier<@Nullable String> token;
  private final Supplier<Boolean> endWhenReady;
  private final Supplier<Boolean> openAny;
  private final Supplier<Boolean> together;
  private final Supplier<@Nullable String> origin;

  public ServerOptionSet(Command command) {
    this.command = command;
    port =
        command.option(
            "--port=PORT", Integer.class, "Listen on this port; default: any that is free.");
    address =
        command.option(
            "--address=ADDRESS",
            String.class,
            "Listen on this address; default: 127.0.0.1, for programs of this machine only. With"
                + " another one whoever asks must know a token.");
    token =
        command.option(
            "--token=TOKEN",
            String.class,
            "The token, at least 16 letters, digits, '-' or '_'; default: a random one where one is"
                + " needed.");
    openAny =
        command.flag(
            "--open-any",
            "Let viewers that speak the Trace Server Protocol open any trace of this machine, not"
                + " only these; with a loopback address only.");
    together =
        command.flag(
            "--together",
            "Show several traces as one, on one timeline: those of several machines, or of a kernel"
                + " and programs.");
    origin =
        command.option(
            "--allow-origin=ORIGIN",
            String.class,
            "Answer viewers in pages from there as well, for instance http://localhost:3000; views of"
                + " Visual Studio Code are answered anyway.");
    endWhenReady =
        command.flag(
            "--end-when-ready",
            "End as soon as the traces are read, for instance to have their facts kept for later.");
  }

  /// Whether all traces are shown as one.
  boolean areTogether() {
    return together.get();
  }

  /// Pages of viewers that may ask.
  Set<String> origins() {
    String allowed = origin.get();
    if (allowed == null) {
      return Set.of();
    }
    if (!allowed.matches("https?://[A-Za-z0-9.:\\[\\]-]+")) {
      throw command.wrong("--allow-origin is the begin of an address: http://localhost:3000");
    }
    return Set.of(allowed);
  }

  /// Whether clients may have any trace opened.
  boolean opensOthers() {
    if (openAny.get() && !address().isLoopbackAddress()) {
      throw command.wrong("--open-any needs a loopback address");
    }
    return openAny.get();
  }

  /// Whether to end instead of waiting for clients.
  boolean endsWhenReady() {
    return endWhenReady.get();
  }

  /// The port, 0 for any.
  int port() {
    Integer wanted = port.get();
    if (wanted == null) {
      return 0;
    }
    if (wanted < 0 || wanted > 65535) {
      throw command.wrong("--port must be 0 to 65535");
    }
    return wanted;
  }

  InetAddress address() {
    String wanted = address.get();
    if (wanted == null) {
      return InetAddress.getLoopbackAddress();
    }
    try {
      return InetAddress.getByName(wanted);
    } catch (UnknownHostException failure) {
      throw new CommandFailure(
          "--address: '" + wanted + "' is no address of this machine",
          "write for instance 127.0.0.1, ::1 or 0.0.0.0",
          failure);
    }
  }

  /// The token; null where none is needed.
  @Nullable String token() {
    String wanted = token.get();
    if (wanted == null) {
      return address().isLoopbackAddress() ? null : randomToken();
    }
    if (!wanted.matches("[A-Za-z0-9_-]{" + SHORTEST_TOKEN + ",200}")) {
      throw command.wrong(
          "--token must have at least " + SHORTEST_TOKEN + " letters, digits, '-' or '_'");
    }
    return wanted;
  }

  private static String randomToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
