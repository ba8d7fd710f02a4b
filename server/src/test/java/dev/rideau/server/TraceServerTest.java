package dev.rideau.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.kernel.KernelExtraction;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The server as its clients see it, over the example trace.
@Tag("slow")
final class TraceServerTest {
  private static Served served;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    served = new Served();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | /
          200 | /api/server
          200 | /api/traces
          200 | /api/traces/cpuburn
          200 | /api/traces/cpuburn/progress
          200 | /api/traces/cpuburn/explain
          200 | /api/traces/cpuburn/explain?begin=1000&end=2000
          200 | /api/traces/cpuburn/marks
          200 | /api/traces/cpuburn/timeline/rows
          200 | /api/traces/cpuburn/timeline/styles
          200 | /api/traces/cpuburn/timeline/details?row=1&ts=1000000000
          200 | /api/traces/cpuburn/timeline/step?row=1&ts=1000000000&direction=next
          200 | /api/traces/cpuburn/search?q=cpuburn
          200 | /api/traces/cpuburn/search?q=sched_switch&kind=event
          200 | /api/traces/cpuburn/search?q=syscall:+dur%3E1000&kind=sql
          200 | /api/reports
          200 | /api/charts
          200 | /api/traces/cpuburn/reports
          200 | /api/traces/cpuburn/reports/cpu
          200 | /api/traces/cpuburn/reports/cpu?format=csv
          200 | /api/traces/cpuburn/reports/cpu?format=svg
          200 | /api/traces/cpuburn/reports/cpu?format=parquet
          200 | /api/traces/cpuburn/reports/disk-log
          200 | /api/traces/cpuburn/reports/page-cache
          409 | /api/traces/cpuburn/reports/page-cache?format=csv
          409 | /api/traces/cpuburn/reports/page-cache?format=parquet
          409 | /api/traces/cpuburn/reports/page-cache?format=svg
          200 | /api/traces/cpuburn/charts/cpu-over-time?bins=50
          200 | /api/traces/cpuburn/usage?row=1
          200 | /api/traces/cpuburn/scatter/wakeup
          200 | /api/traces/cpuburn/events?count=10
          200 | /api/traces/cpuburn/events/at?ts=5
          200 | /api/traces/cpuburn/events/classes
          200 | /api/traces/cpuburn/sql/completion
          404 | /nothing
          404 | /../../../etc/passwd
          404 | /%2e%2e/%2e%2e/etc/passwd
          404 | /lib/../../../../etc/passwd
          404 | /lib/%2e%2e%2f%2e%2e%2fetc/passwd
          404 | /package-info.class
          404 | /core/
          404 | //etc/passwd
          404 | /api/traces/other
          404 | /api/traces/..%2f..%2fetc
          404 | /api/traces/cpuburn/reports/none
          404 | /api/traces/cpuburn/reports/..%2fcpu
          404 | /api/traces/cpuburn/charts/cpu
          404 | /api/traces/cpuburn/scatter/none
          404 | /api/traces/cpuburn/timeline/details?row=99999&ts=0
          404 | /api/traces/cpuburn/timeline/step?row=99999&ts=0&direction=next
          400 | /api/traces/cpuburn/timeline/step?row=1&ts=0&direction=up
          400 | /api/traces/cpuburn/timeline/details?row=one&ts=0
          400 | /api/traces/cpuburn/reports/cpu?begin=x
          400 | /api/traces/cpuburn/reports/cpu?begin=5&end=1
          400 | /api/traces/cpuburn/reports/cpu?p.none=1
          400 | /api/traces/cpuburn/reports/cpu?p.cpu=x
          400 | /api/traces/cpuburn/reports/cpu?format=exe
          400 | /api/traces/cpuburn/events?count=100000
          400 | /api/traces/cpuburn/events?where=)
          400 | /api/traces/cpuburn/search
          400 | /api/traces/cpuburn/search?q=%20
          400 | /api/traces/cpuburn/search?q=x&kind=none
          400 | /api/traces/cpuburn/search?q=host:+1&kind=sql
          400 | /api/traces/cpuburn/critical-path?row=1
          405 | /api/traces/cpuburn/sql
          405 | /api/traces/cpuburn/timeline/states
          """)
  void answersWithStatus(int status, String path) throws IOException {
    assertThat(raw("GET " + path.strip() + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .as(path)
        .startsWith("HTTP/1.1 " + status + " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          12345678901234567                 | BIGINT         | "12345678901234567"
          -9223372036854775808              | BIGINT         | "-9223372036854775808"
          9007199254740991                  | BIGINT         | 9007199254740991
          18446744073709551615::UBIGINT     | UBIGINT        | "18446744073709551615"
          -170141183460469231731687303715884105727::HUGEINT | HUGEINT | "-170141183460469231731687303715884105727"
          sum(n) FROM (VALUES (1), (2)) t(n) | HUGEINT       | 3
          12345678901234567.89::DECIMAL(30,2) | DECIMAL(30,2) | "12345678901234567.89"
          0.0000000000001::DECIMAL(38,20)   | DECIMAL(38,20) | 1.0000000E-13
          0.1::FLOAT                        | FLOAT          | 0.1
          [18446744073709551615::UBIGINT]   | UBIGINT[]      | ["18446744073709551615"]
          """)
  void numbersOfStatementsAreExact(String value, String type, String json)
      throws IOException, InterruptedException {
    assertThat(served.sql("SELECT " + value).body())
        .contains("\"type\":\"" + type + "\"")
        .contains("\"rows\":[[" + json + "]]");
  }

  @Test
  void numbersInFilesAreExact() throws IOException, InterruptedException {
    String sql =
        "SELECT 18446744073709551615::UBIGINT AS a, 0.0000000000001::DECIMAL(38,20) AS b,"
            + " 'x'::BLOB AS c";
    assertThat(
            served
                .post("/api/traces/cpuburn/sql", "{\"sql\":\"" + sql + "\",\"format\":\"csv\"}")
                .body())
        .isEqualTo("a,b,c\n18446744073709551615,0.00000000000010000000,78\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | Host: evil.example
          403 | Host: evil.example:80
          403 | Host: 127.0.0.1.evil.example
          403 | Host: localhost; Origin: http://evil.example
          403 | Host: localhost; Origin: null
          403 | Host: localhost; Sec-Fetch-Site: cross-site
          400 | Accept: text/html
          400 | Host: localhost; Host: evil.example
          200 | Host: localhost
          200 | Host: LOCALHOST:1234
          200 | Host: [::1]:80
          200 | Host: localhost:80; Origin: http://localhost:80
          """)
  void asksWhoAsks(int status, String headers) throws IOException {
    String lines = headers.strip().replace("; ", "\r\n");
    assertThat(raw("GET /api/server HTTP/1.1\r\n" + lines + "\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status + " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | nonsense
          400 | GET http://evil.example/ HTTP/1.1
          400 | GET /%zz HTTP/1.1
          400 | GET /api/server?a=%ff HTTP/1.1
          405 | DELETE /api/server HTTP/1.1
          405 | POST / HTTP/1.1
          404 | BREW /coffee HTTP/1.1
          """)
  void refusesWhatIsNoRequest(int status, String line) throws IOException {
    assertThat(raw(line.strip() + "\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void refusesWhatIsTooLong() throws IOException {
    String host = " HTTP/1.1\r\nHost: localhost\r\n";
    assertThat(raw("GET /" + "a".repeat(20_000) + host + "\r\n")).startsWith("HTTP/1.1 414");
    assertThat(raw("GET /" + host + "X: " + "a".repeat(40_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(raw("POST /api/traces/cpuburn/sql" + host + "Content-Length: 2000000\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {"begin":0,"end":1000000000,"pixels":100,"rows":[1,2,3]}
          200 | {"begin":-5,"end":9000000000000,"pixels":1,"rows":[]}
          400 | {"begin":5,"end":5,"pixels":100,"rows":[1]}
          400 | {"begin":0,"end":10,"pixels":0,"rows":[1]}
          400 | {"begin":0,"end":10,"pixels":100000,"rows":[1]}
          400 | {"begin":0,"end":10,"pixels":10,"rows":1}
          400 | {"begin":"0","end":10,"pixels":10,"rows":[1]}
          400 | {"begin":0.5,"end":10,"pixels":10,"rows":[1]}
          404 | {"begin":0,"end":10,"pixels":10,"rows":[-1]}
          400 | []
          400 | {
          400 | {} {}
          400 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
          """)
  void readsBodies(int status, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = served.post("/api/traces/cpuburn/timeline/states", body.strip());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  @Test
  void tellsBrowsersToTrustNobodyElse() throws IOException, InterruptedException {
    HttpResponse<String> answer = served.get("/");
    assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'self'");
    assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
  }

  @Test
  void keepsTheConnectionForSeveralRequestsAtOnce() throws IOException {
    String one = "GET /api/server HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String last = "GET /api/server HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    String answers = raw(one + one + last);
    assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(4);
  }

  @Test
  void endsTheStatementOfAClientThatLeaves() throws Exception {
    String body =
        "{\"sql\":\"SELECT count(*) FROM range(100000000000) a, range(1000000) b"
            + " WHERE a.range % 7 = b.range % 11\"}";
    // More clients than statements may run at once: if one ran on, the last question would wait.
    for (int i = 0; i < 6; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
        socket
            .getOutputStream()
            .write(
                ("POST /api/traces/cpuburn/sql HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                    .getBytes(StandardCharsets.US_ASCII));
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    assertThat(served.sql("SELECT 42 AS answer").body()).contains("[[42]]");
  }

  @Test
  void keepsNoFileOfAnAnswer() throws Exception {
    String report =
        "/api/traces/cpuburn/reports/cpu?format=parquet HTTP/1.1\r\nHost: localhost\r\n";
    String head = raw("HEAD " + report + "Connection: close\r\n\r\n");
    assertThat(head).startsWith("HTTP/1.1 200").contains("chunked").endsWith("\r\n\r\n");
    assertThat(raw("GET " + report + "Connection: close\r\n\r\n")).contains("PAR1");
    for (int i = 0; i < 3; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
        socket
            .getOutputStream()
            .write(("GET " + report + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    List<Path> left = exports();
    while (!left.isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
      left = exports();
    }
    assertThat(left).isEmpty();
  }

  @Test
  void knowsTheBeginWithoutFacts() throws IOException, InterruptedException {
    try (OpenedTraces traces =
        Traces.open(List.of(Served.EXAMPLE), List.of(new CtfTraceReader()), _ -> {})) {
      long begin = KernelExtraction.of(traces).getFirst().beginNs();
      assertThat(begin).isGreaterThan(firstPacket(traces));
      assertThat(served.get("/api/traces/cpuburn").body()).contains("\"begin\":\"" + begin + "\"");
    }
  }

  private static long firstPacket(OpenedTraces traces) {
    return traces.dataStreams().stream()
        .mapToLong(stream -> stream.packets().beginNs(0))
        .min()
        .orElseThrow();
  }

  private static List<Path> exports() throws IOException {
    String given = System.getenv("TMPDIR");
    Path base = Path.of(given == null || given.isBlank() ? "/var/tmp" : given);
    List<Path> found = new ArrayList<>();
    String own = "rideau-spill-" + ProcessHandle.current().pid() + "-*";
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, own)) {
      for (Path folder : folders) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "export-*")) {
          files.forEach(found::add);
        }
      }
    }
    return found;
  }

  @Test
  void whatThreadsDoNextIsToldInWords() throws IOException, InterruptedException {
    Matcher row =
        Pattern.compile("\"id\":(\\d+),[^{}]*\"kind\":\"cpu\"")
            .matcher(served.get("/api/traces/cpuburn/timeline/rows").body());
    assertThat(row.find()).isTrue();
    StringBuilder all = new StringBuilder();
    for (long ns = 0; ns < 6_000_000_000L; ns += 100_000_000L) {
      String asked = "/api/traces/cpuburn/timeline/details?row=" + row.group(1) + "&ts=" + ns;
      all.append(served.get(asked).body());
    }
    assertThat(all.toString())
        .contains("{\"name\":\"Then\",\"text\":\"sleeps")
        .doesNotContain("Left as", "\"text\":\"S\"", "\"text\":\"R\"");
  }

  @Test
  void demandsTheTokenElsewhere() throws IOException, InterruptedException {
    String token = "0123456789abcdef";
    ServerOptions open = Served.on(InetAddress.getByName("0.0.0.0"), token);
    try (Served others = new Served(open)) {
      assertThat(others.get("/api/server").statusCode()).isEqualTo(401);
      assertThat(others.get("/").statusCode()).isEqualTo(401);
      assertThat(others.get("/api/server", "Authorization", "Bearer wrong").statusCode())
          .isEqualTo(401);
      assertThat(others.get("/api/server", "Authorization", "Bearer " + token).statusCode())
          .isEqualTo(200);
      String cookie = "rideau_token_" + others.port() + "=" + token;
      assertThat(others.get("/api/server", "Cookie", "a=b; " + cookie).statusCode()).isEqualTo(200);
      HttpResponse<String> entry = others.get("/?token=" + token);
      assertThat(entry.statusCode()).isEqualTo(303);
      assertThat(entry.headers().firstValue("set-cookie").orElse(""))
          .startsWith(cookie + ";")
          .contains("HttpOnly", "SameSite=Strict");
      assertThat(others.get("/api/server?token=" + token).statusCode()).isEqualTo(401);
      // Who opens it in a browser sees a page that takes the token.
      HttpResponse<String> page = others.get("/", "Accept", "text/html,application/xml");
      assertThat(page.statusCode()).isEqualTo(401);
      assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
      assertThat(page.body()).contains("<input name=\"token\"").doesNotContain(token);
    }
  }

  @Test
  void serversOfOneHostSignNobodyOutOfTheOther() throws IOException, InterruptedException {
    InetAddress any = InetAddress.getByName("0.0.0.0");
    try (Served one = new Served(Served.on(any, "0123456789abcdef"));
        Served other = new Served(Served.on(any, "fedcba9876543210"));
        HttpClient browser =
            HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
      assertThat(status(browser, one.uri("/?token=0123456789abcdef"))).isEqualTo(200);
      assertThat(status(browser, other.uri("/?token=fedcba9876543210"))).isEqualTo(200);
      assertThat(status(browser, one.uri("/api/server"))).isEqualTo(200);
      assertThat(status(browser, other.uri("/api/server"))).isEqualTo(200);
    }
  }

  private static int status(HttpClient browser, URI uri) throws IOException, InterruptedException {
    return browser
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
        .statusCode();
  }

  // What a client that writes bytes gets back: the first answer, or all when it says close.
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      if (request.contains("Connection: close")) {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
      return new String(in.readNBytes(64), StandardCharsets.ISO_8859_1);
    }
  }
}
