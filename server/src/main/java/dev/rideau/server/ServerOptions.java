package dev.rideau.server;

import dev.rideau.reports.ReportCatalog;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.trace.TraceReader;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/// How a [TraceServer] works.
///
/// @param address to listen on
/// @param port to listen on, 0 for any free one
/// @param token what whoever asks must know; null for nothing, on the loopback interface only
/// @param version of the program, as clients are told
/// @param readers of traces; the first that accepts a path wins
/// @param database how each trace's database works; its progress and diagnostics are replaced
/// @param catalog the reports that can be asked
/// @param opensOthers whether clients of the Trace Server Protocol may have any trace of this
///   machine opened
/// @param areTogether whether all traces are shown as one, on one timeline
/// @param origins of pages that may ask as viewers of that protocol do: `http://localhost:3000`
/// @param zone whose time of day the page and sentences show
public record ServerOptions(
    InetAddress address,
    int port,
    @Nullable String token,
    String version,
    List<TraceReader> readers,
    DatabaseOptions database,
    ReportCatalog catalog,
    boolean opensOthers,
    boolean areTogether,
    Set<String> origins,
    TimeZone zone) {

  /// On the loopback interface, any free port, no token, reports that come along.
  public static ServerOptions local(
      String version, List<TraceReader> readers, DatabaseOptions database) {
    return new ServerOptions(
        InetAddress.getLoopbackAddress(),
        0,
        null,
        version,
        readers,
        database,
        ReportCatalog.bundled(),
        false,
        false,
        Set.of(),
        TimeZone.getDefault());
  }
}
