package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.reports.internal.ReportParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Headers of reports: what they mean and how slips are told.
final class ReportParserTest {
  private static final String HEADER =
      """
      -- title: Things
      -- group: Mine
      -- answers: Which things
      --   are there?
      -- needs: a, b | c
      -- param: limit count = 5
      -- param: kind names = | Only these kinds.
      -- column: thing text | The thing.
      -- column: time ns | How long.
      -- plot: bar label=thing value=time
      """;
  private static final String QUERY =
      "SELECT name AS thing, dur AS time -- $comment\nFROM x WHERE '$text' <> $kind LIMIT $limit;\n";

  @Test
  void readsAllEntries() {
    Report report = parse(HEADER + QUERY);

    assertThat(report.title()).isEqualTo("Things");
    assertThat(report.answers()).isEqualTo("Which things are there?");
    assertThat(report.needs()).hasSize(2).last().hasToString("b or c");
    assertThat(report.parameter("limit"))
        .isEqualTo(
            new ReportParameter("limit", ParameterType.COUNT, "5", "Show at most so many rows."));
    assertThat(report.parameter("kind"))
        .isEqualTo(new ReportParameter("kind", ParameterType.NAMES, null, "Only these kinds."));
    assertThat(report.parameter("begin")).isNotNull();
    assertThat(report.columns())
        .containsExactly(
            new ReportColumn("thing", ColumnUnit.TEXT, "The thing."),
            new ReportColumn("time", ColumnUnit.NANOSECONDS, "How long."));
    assertThat(report.plot()).isNotNull();
    assertThat(report.sql()).startsWith("SELECT").endsWith("LIMIT $limit");
    assertThat(report.firstLine()).isEqualTo(11);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          -- title: Things;             ;my.sql:1: the header has no 'title'
          -- title: Things;-- titel: Things;my.sql:1: unknown key 'titel'
          -- title: Things;-- title:;my.sql:1: 'title' has no value
          -- title: Things;-- group: Again;my.sql:2: 'group' stands on line 1 already
          -- title: Things;-- anything;my.sql:1: a comment before the query must be
          count = 5;number;my.sql:6: parameter 'limit' has no description
          count = 5;inteter = 5;my.sql:6: parameter 'limit' has unknown type inteter
          names = | Only;names | Only;no complaint
          kind names = | Only these kinds.;kind;my.sql:7: parameter 'kind' has no type
          kind names = | Only these kinds.;kind names;my.sql:7: parameter 'kind' has no description
          kind names = |;kind count = many |;my.sql:7: default of 'kind': 'many' is not a number
          kind names;limit names;my.sql:7: parameter 'limit' exists already
          time ns;time sec;my.sql:9: column 'time' has unknown unit 'sec'
          time ns | How long.;time ns;my.sql:9: a column is written
          time ns;thing ns;my.sql:9: column 'thing' exists already
          plot: bar;plot: cake;my.sql:10: unknown plot 'cake'
          value=time;value=dur;my.sql:10: plot: there is no column 'dur'
          value=time;height=time;my.sql:10: plot 'bar' has no role 'height'
          label=thing value=time;label=thing;my.sql:10: plot 'bar' needs 'value='
          LIMIT $limit;LIMIT $most;my.sql:12: the query uses $most, which is no parameter
          LIMIT $limit;LIMIT 5;my.sql:1: the query never uses parameter $limit
          b | c;b | c!;my.sql:5: 'c!' is no event name
          """)
  void tellsSlipsWithFileAndLine(String text, String slip, String message) {
    String changed =
        (HEADER + QUERY)
            .replaceFirst(
                java.util.regex.Pattern.quote(text),
                slip == null ? "--" : java.util.regex.Matcher.quoteReplacement(slip));
    assertThat(changed).isNotEqualTo(HEADER + QUERY);
    if (message.equals("no complaint")) {
      assertThat(parse(changed).name()).isEqualTo("mine");
    } else {
      assertThatThrownBy(() -> parse(changed))
          .isInstanceOf(ReportException.class)
          .hasMessageStartingWith(message);
    }
  }

  @Test
  void wantsAQuery() {
    assertThatThrownBy(() -> parse(HEADER)).hasMessageContaining("there is no query");
  }

  @Test
  void wantsRulesToSpeakOfColumns() {
    String rule =
        HEADER.replace("-- plot: bar label=thing value=time\n", "")
            + "-- column: severity id | How bad.\n-- column: score % | How much.\n"
            + "-- resource: disk\n-- summary: {thing} took {tme}.\n-- advice: None.\n"
            + "-- command: rideau report x {trace}\n";
    assertThatThrownBy(() -> parse(rule + QUERY))
        .hasMessageContaining("my.sql:13: summary: there is no column 'tme'");
    assertThat(parse(rule.replace("tme", "time") + QUERY).finding()).isNotNull();
  }

  private static Report parse(String text) {
    return ReportParser.parse("mine", "my.sql", text);
  }
}
