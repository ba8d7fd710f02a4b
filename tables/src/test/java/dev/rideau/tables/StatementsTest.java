package dev.rideau.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @Test
  void aStatementThatFailsWhileItRunsSaysWhy() {
    try (TraceDatabase database =
        TestDatabases.open(TestDatabases.CPUBURN, DatabaseOptions.of(_ -> {}))) {
      assertThatThrownBy(() -> TestDatabases.rows(database, "SELECT 'x'::BIGINT FROM range(10)"))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("Could not convert string 'x'");
      // Rows were there before it failed.
      String late = "SELECT CASE WHEN i > 3000000 THEN error('late') END FROM range(9000000) t(i)";
      assertThatThrownBy(() -> TestDatabases.rows(database, late)).hasMessageContaining("late");
      assertThat(TestDatabases.rows(database, "SELECT 1")).hasSize(1);
    }
  }
}
