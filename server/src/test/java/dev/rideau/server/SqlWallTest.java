package dev.rideau.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements of strangers read the tables of the trace and reach nothing else.
@Tag("slow")
final class SqlWallTest {
  @TempDir private static Path outside;

  private static Served served;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    served = new Served();
    Files.writeString(outside.resolve("secret.csv"), "word\nswordfish\n");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM '%s/secret.csv'",
        "FROM read_csv('%s/secret.csv')",
        "SELECT content FROM read_text('%s/secret.csv')",
        "SELECT content FROM read_blob('%s/secret.csv')",
        "FROM glob('%s/*')",
        "FROM sniff_csv('%s/secret.csv')",
        "FROM parquet_metadata('%s/secret.csv')",
        "COPY host TO '%s/made.csv'",
        "SELECT 1; COPY host TO '%s/made.csv'",
        "/* SELECT */ COPY host TO '%s/made.csv'",
        "EXPLAIN ANALYZE COPY host TO '%s/made.csv'",
        "EXPORT DATABASE '%s/made'",
        "ATTACH '%s/made.db'",
        "INSTALL httpfs",
        "LOAD '%s/secret.csv'",
        "SET enable_external_access = true",
        "RESET enable_external_access",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "CREATE TABLE made(a INT)",
        "CREATE TEMP TABLE made(a INT)",
        "CREATE OR REPLACE MACRO duration_text(a) AS 'no'",
        "DROP VIEW thread_state",
        "INSERT INTO host VALUES (9, 'made')",
        "WITH a AS (SELECT 9 AS i) INSERT INTO host SELECT i, 'made' FROM a",
        "EXPLAIN ANALYZE DELETE FROM host",
        "UPDATE host SET name = 'made'",
        "FROM enable_logging(storage := 'file', storage_path := '%s/made')",
        "COMMIT",
        "SELECT length(system.main.repeat('a', 200000))",
        "SELECT length(\"System\" /* */ . repeat('a', 200000))",
        "FROM query('SELECT 1')",
        "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
        "SELECT NULL::INTEGER[9999][9999]",
        "",
        ";",
      })
  void isRefused(String form) throws IOException, InterruptedException {
    HttpResponse<String> answer = served.sql(form.formatted(outside));
    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403);
    assertThat(answer.body()).contains("\"error\"").doesNotContain("swordfish");
    try (var files = Files.list(outside)) {
      assertThat(files).hasSize(1);
    }
    assertThat(served.sql("FROM host").body()).contains("\"rows\":[[0,\"qkguest\"]]");
  }

  @Test
  void readsTablesMacrosAndRecords() throws IOException, InterruptedException {
    assertThat(served.sql("SELECT count(*) FROM events('sched_switch')").statusCode())
        .isEqualTo(200);
    assertThat(served.sql("SELECT duration_text(1500) AS text -- done").body())
        .contains("[[\"1.500 µs\"]]");
    assertThat(served.sql("(SELECT 1 AS one)").body()).contains("\"rows\":[[1]]");
    assertThat(served.sql("SHOW TABLES").body()).contains("thread_state");
  }

  @Test
  void whatIsWrongIsTold() throws IOException, InterruptedException {
    HttpResponse<String> answer = served.sql("SELECT nothing FROM nowhere");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("nowhere does not exist");
    for (String wrong :
        new String[] {
          "SELCT 1",
          "SELECT 1 +",
          "FROM duckdb_secrets()",
          "FROM force_checkpoint()",
          "SELECT error('no')"
        }) {
      assertThat(served.sql(wrong).statusCode()).as(wrong).isEqualTo(400);
    }
    assertThat(served.sql("SELCT 1").body()).contains("no statement begins with 'selct'");
    assertThat(served.post("/api/traces/cpuburn/sql", "{\"sql\": ").body())
        .contains("the body is no JSON", "line 1, column ")
        .doesNotContain("REDACTED");
    assertThat(served.sql("SELECT name::BIGINT FROM recording").body())
        .contains("Could not convert string");
    // A failed transaction does not stay with the connection.
    assertThat(served.sql("SELECT 1").statusCode()).isEqualTo(200);
  }

  @Test
  void largeNumbersStayExact() throws IOException, InterruptedException {
    assertThat(served.sql("SELECT 9007199254740993 AS n, 5 AS m").body())
        .contains("[[\"9007199254740993\",5]]");
  }

  @Test
  void numbersThatJsonDoesNotKnowAreTexts() throws IOException, InterruptedException {
    assertThat(served.sql("SELECT 1/0 AS a, -1/0 AS b, 0/0 AS c, NULL AS d, [1/0] AS e").body())
        .contains("\"rows\":[[\"Infinity\",\"-Infinity\",\"NaN\",null,[\"Infinity\"]]]");
  }

  @Test
  void parquetFilesHaveALimitAsWell() throws IOException, InterruptedException {
    String form = "{\"sql\":\"%s\",\"format\":\"parquet\"}";
    for (String large :
        new String[] {
          "SELECT i, i AS a, i AS b FROM range(3000000000) t(i)",
          "SELECT repeat('a', 100000) AS t FROM range(20000)"
        }) {
      HttpResponse<String> answer = served.post("/api/traces/cpuburn/sql", form.formatted(large));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
      assertThat(answer.body()).contains("more than 1 GB", "rideau sql");
    }
    HttpResponse<String> value =
        served.post("/api/traces/cpuburn/sql", form.formatted("SELECT repeat('a', 300000000)"));
    assertThat(value.statusCode()).isEqualTo(507);
    HttpResponse<String> small =
        served.post("/api/traces/cpuburn/sql", form.formatted("SELECT 1 AS a, 'x' AS b"));
    assertThat(small.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT string_agg(t, '') AS a, string_agg(t, '') AS a FROM (SELECT repeat('a', 100000) t"
            + " FROM range(700))",
        "SELECT repeat('a', 100000) FROM range(2000)",
        "SELECT list(repeat('a', 100000)) FROM range(1400)",
        "(SELECT i, repeat('a', 100000)::BLOB FROM range(2000) t(i))",
      })
  void whatIsTooLargeStaysInTheDatabase(String statement) throws IOException, InterruptedException {
    HttpResponse<String> answer = served.sql(statement);
    assertThat(answer.statusCode()).isEqualTo(507);
    assertThat(answer.body()).contains("more than 128 MB");
    assertThat(served.sql("SELECT 1").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @Timeout(40)
  @ValueSource(
      strings = {
        "SELECT repeat('a', 1800000000)",
        "SELECT length(repeat('ab', 50001))",
        "SELECT length(lpad('a', 1800000000, 'b')), rpad('a', 1800000000, 'b')",
        "SELECT len(range(1800000000))",
        "SELECT len(generate_series(-1800000000, 0))",
        "SELECT len(range(0, -1800000000, -2))",
        "SELECT len(list_resize([1], 1800000000))",
        "SELECT len(array_resize([1], i, 2)) FROM range(100000, 100010) t(i)",
        "SELECT format('{:>1800000000}', 1)",
        "SELECT length(format('{{{:>{}}', 1, 1800000000))",
        "SELECT printf('%1800000000d', 1), printf('%*d', 1800000000, 1)",
        "SELECT bitstring('1', 1800000000)",
        "SELECT length(replace(repeat('a', 90000), 'a', repeat('b', 90000)))",
        "SELECT length(regexp_replace(repeat('a', 90000), 'a', repeat('b', 90000), 'g'))",
        "SELECT levenshtein(repeat('a', 99999), repeat('b', 99999))",
        "SELECT damerau_levenshtein(repeat('a', 99999), repeat('b', 99999))",
      })
  void noValueIsMadeThatIsTooLarge(String statement) throws IOException, InterruptedException {
    HttpResponse<String> answer = served.sql(statement);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
    assertThat(answer.body()).contains("makes values of at most 100000");
  }

  @Test
  void smallValuesAreMadeAsUsual() throws IOException, InterruptedException {
    assertThat(
            served
                .sql(
                    "SELECT repeat('ab', 2), repeat([1], 2), lpad('1', 3, '0'), range(2),"
                        + " generate_series(1, 2), range(6, 0, -3), list_resize([1], 2, 7),"
                        + " len(range(DATE '2026-01-01', DATE '2026-01-03', INTERVAL 1 DAY))")
                .body())
        .contains("\"rows\":[[\"abab\",[1,1],\"001\",[0,1],[1,2],[6,3],[1,7],2]]");
    assertThat(served.sql("SELECT count(*) FROM range(200000)").body()).contains("[[200000]]");
    assertThat(
            served
                .sql(
                    "SELECT format('{{{:>5}|{}}} of 20000', 1, 'a'), printf('%5d%% of 20000', 7),"
                        + " replace(replace('abc', 'b', 'xy'), 'x', ''), replace(NULL, 'a', 'b'),"
                        + " regexp_replace('abc', '[ab]', '-', 'g'), levenshtein('ab', 'ac'),"
                        + " [[1, 2], [3]][1][2], 'system.' AS s")
                .body())
        .contains(
            "[[\"{    1|a} of 20000\",\"    7% of 20000\",\"ayc\",null,\"--c\",1,2,\"system.\"]]");
  }

  @Test
  void pivotedRowsAreLookedAtAsWell() throws IOException, InterruptedException {
    assertThat(
            served.sql("PIVOT (SELECT i % 2 AS i FROM range(5) t(i)) ON i USING count(*)").body())
        .contains("\"rows\":[[3,2]]");
    String large = "(SELECT i, repeat('a', 90000) AS r FROM range(10000) t(i)) ON r";
    assertThat(served.sql("UNPIVOT " + large).statusCode()).isEqualTo(507);
  }

  @Test
  void timesAreWrittenAsTheDatabaseDoes() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        served.sql(
            "SELECT timestamp 'infinity', date '-infinity', time '24:00:00',"
                + " timestamptz '2026-01-01 10:00:00+00', [timestamp '2026-01-01 00:00:00'],"
                + " {'date': date '2026-01-02'}");
    assertThat(answer.body())
        .contains(
            "[[\"infinity\",\"-infinity\",\"24:00:00\",\"2026-01-01 10:00:00+00\","
                + "[\"2026-01-01 00:00:00\"],{\"date\":\"2026-01-02\"}]]");
  }

  @Test
  void rowsKeepTheirOrderAndNames() throws IOException, InterruptedException {
    assertThat(
            served
                .sql("SELECT 'x' AS a, i AS a, 1 AS \"b\"\"c\" FROM range(3) t(i) ORDER BY i DESC")
                .body())
        .contains("\"name\":\"a\"", "\"name\":\"b\\\"c\"")
        .contains("\"rows\":[[\"x\",2,1],[\"x\",1,1],[\"x\",0,1]]");
    assertThat(served.sql("EXPLAIN SELECT 'x'").statusCode()).isEqualTo(200);
    assertThat(served.sql("SELECT NULL AS n, NULL::VARCHAR AS t, [NULL] AS l").body())
        .contains("\"rows\":[[null,null,[null]]]");
  }

  @Test
  void filesAreWholeOrRefused() throws IOException, InterruptedException {
    String form = "{\"sql\":\"FROM range(%d)\",\"format\":\"csv\"}";
    HttpResponse<String> whole = served.post("/api/traces/cpuburn/sql", form.formatted(100_000));
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body().lines()).hasSize(100_001);
    HttpResponse<String> more = served.post("/api/traces/cpuburn/sql", form.formatted(100_001));
    assertThat(more.statusCode()).isEqualTo(507);
    assertThat(more.body()).contains("more rows than a CSV file may have", "Parquet");
  }

  @Test
  void endsAtTheLimitOfRows() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        served.post("/api/traces/cpuburn/sql", "{\"sql\":\"FROM range(1000000000)\",\"limit\":3}");
    assertThat(answer.body()).contains("\"rows\":[[0],[1],[2]],\"truncated\":true");
  }
}
