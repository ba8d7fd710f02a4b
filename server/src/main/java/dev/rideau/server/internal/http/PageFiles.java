package dev.rideau.server.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The files of the web page: resources of this program, and of browser libraries (WebJars) below
/// `/lib/NAME/`.
public final class PageFiles implements Handler {
  private static final String FOLDER = "dev/rideau/server/page/";
  private static final String LIBRARIES = "META-INF/resources/webjars/";

  /// Files have plain names: so no path leads elsewhere.
  private static final Pattern PLAIN =
      Pattern.compile("/([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private final Map<String, byte[]> loaded = new ConcurrentHashMap<>();
  private final Map<String, String> versions = new ConcurrentHashMap<>();

  @Override
  public Response handle(Request request) throws IOException {
    String path = request.path().equals("/") ? "/index.html" : request.path();
    byte[] content = PLAIN.matcher(path).matches() ? content(path.substring(1)) : null;
    if (content == null) {
      throw HttpFailure.unknown("there is nothing at " + request.path());
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Response.failure(405, "files can only be read", null).with("Allow", "GET");
    }
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String type = TYPES.getOrDefault(extension, Response.BYTES);
    return Response.bytes(type, content).with("Cache-Control", "no-cache");
  }

  private byte @Nullable [] content(String path) throws IOException {
    byte[] known = loaded.get(path);
    if (known != null) {
      return known;
    }
    String resource = path.startsWith("lib/") ? library(path.substring(4)) : FOLDER + path;
    if (resource == null) {
      return null;
    }
    try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      byte[] content = in.readAllBytes();
      loaded.put(path, content);
      return content;
    }
  }

  // The address names no version, the jar does; its properties tell which.
  private @Nullable String library(String path) throws IOException {
    int slash = path.indexOf('/');
    if (slash < 0) {
      return null;
    }
    String name = path.substring(0, slash);
    String version = versions.get(name);
    if (version == null) {
      version = version(name);
      if (version == null) {
        return null;
      }
      versions.put(name, version);
    }
    return LIBRARIES + name + "/" + version + path.substring(slash);
  }

  private static @Nullable String version(String name) throws IOException {
    for (String group : new String[] {"org.webjars.npm", "org.webjars"}) {
      String properties = "META-INF/maven/" + group + "/" + name + "/pom.properties";
      try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(properties)) {
        if (in != null) {
          Properties read = new Properties();
          read.load(in);
          return read.getProperty("version");
        }
      }
    }
    return null;
  }
}
