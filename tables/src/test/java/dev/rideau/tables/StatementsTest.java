package dev.rideau.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.kernel.FactTable;
import dev.rideau.tables.internal.catalog.SqlWords;
import org.junit.jupiter.api.Test;

/// What is seen of SQL text without running it.
final class StatementsTest {

  @Test
  void semicolonsSplitOutsideOfTextsAndComments() {
    assertThat(
            Statements.split(
                "SELECT ';' ; -- one;\n SELECT \"a;b\" /* ; /* ; */ ; */; $$;$$; $x$ ; $x$; ;"))
        .containsExactly(
            "SELECT ';'", "-- one;\n SELECT \"a;b\" /* ; /* ; */ ; */", "$$;$$", "$x$ ; $x$");
    assertThat(Statements.split("-- nothing\n ; /* */")).isEmpty();
  }

  @Test
  void aStatementIsCompleteBehindItsSemicolon() {
    assertThat(Statements.isComplete("SELECT 1;")).isTrue();
    assertThat(Statements.isComplete("SELECT 1; -- done")).isTrue();
    assertThat(Statements.isComplete("SELECT 1")).isFalse();
    assertThat(Statements.isComplete("SELECT ';")).isFalse();
    assertThat(Statements.isComplete("SELECT 1; /* ")).isFalse();
    assertThat(Statements.isComplete("SELECT $$;")).isFalse();
    assertThat(Statements.isComplete("SELECT $1;")).isTrue();
  }

  @Test
  void wordsAreNamesAndFirstArguments() {
    assertThat(SqlWords.of("SELECT Foo.\"Bar\" FROM clip('thread_state', 1) WHERE x IN ('irq')"))
        .contains("foo", "bar", "clip", "thread_state", "x")
        .doesNotContain("irq", "1");
  }

  @Test
  void tablesAreNeededThroughMacros() {
    assertThat(Statements.tablesIn("FROM named('io')").stream().map(FactTable::name))
        .containsExactlyInAnyOrder("io", "thread", "thread_name", "process");
    assertThat(Statements.tablesIn("SELECT 1 -- thread")).isEmpty();
  }

  @Test
  void statementsThatReachOutsideAreKnown() {
    assertThat(Statements.outsideWord("copy t to 'x'")).isEqualTo("COPY");
    assertThat(Statements.outsideWord("/* x */ EXPORT DATABASE 'x'")).isEqualTo("EXPORT");
    assertThat(Statements.outsideWord("EXPLAIN ANALYZE COPY t TO 'x'")).isEqualTo("COPY");
    assertThat(Statements.outsideWord("FORCE INSTALL httpfs")).isEqualTo("INSTALL");
    assertThat(Statements.outsideWord("SELECT copy FROM t")).isNull();
    assertThat(Statements.outsideWord("WITH x AS (SELECT 1) FROM x")).isNull();
  }
}
