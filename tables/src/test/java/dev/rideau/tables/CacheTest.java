package dev.rideau.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.kernel.FactSink;
import dev.rideau.kernel.FactTable;
import dev.rideau.tables.internal.store.Machine;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Severity;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceInput;
import dev.rideau.trace.TraceReader;
import dev.rideau.trace.testing.TestFolders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Facts are kept in files, and whatever happens to the files the answers stay right.
@Tag("slow")
final class CacheTest {
  private static final String QUESTION = "SELECT count(*), sum(tid), max(name) FROM thread";
  private static final String OTHER = "SELECT count(*) FROM syscall";

  @TempDir Path folder;
  private Path trace = Path.of("");
  private final RandomFacts machine = new RandomFacts("alpha", 7, 4000);
  private final List<Diagnostic> diagnostics = TestDatabases.diagnostics();
  private List<List<@Nullable String>> answer = List.of();

  @BeforeEach
  void copyTrace() throws IOException {
    trace = folder.resolve("trace");
    TestFolders.copy(TestDatabases.CPUBURN, trace);
    try (TraceDatabase database =
        TestDatabases.open(trace, DatabaseOptions.of(_ -> {}), new RandomFacts("alpha", 7, 4000))) {
      answer = TestDatabases.rows(database, QUESTION);
    }
  }

  private List<List<@Nullable String>> ask(String question) {
    return ask(question, "1", machine);
  }

  private List<List<@Nullable String>> ask(String question, String version, Machine... machines) {
    DatabaseOptions options =
        DatabaseOptions.of(diagnostics::add).withThreads(2).withCache(version);
    try (TraceDatabase database = TestDatabases.open(trace, options, machines)) {
      return TestDatabases.rows(database, question);
    }
  }

  /// Complete folders of facts.
  private List<Path> cacheFolders() throws IOException {
    return cacheFiles().stream()
        .filter(file -> file.endsWith("index"))
        .map(Path::getParent)
        .toList();
  }

  private List<Path> cacheFiles() throws IOException {
    Path place = folder.resolve(".trace.rideau-cache");
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(place)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private List<String> rules() {
    return diagnostics.stream().map(Diagnostic::rule).toList();
  }

  @Test
  void theSecondQuestionReadsNothing() throws IOException {
    assertThat(ask(QUESTION)).isEqualTo(answer);
    assertThat(cacheFolders()).hasSize(1);
    assertThat(ask(QUESTION)).isEqualTo(answer);
    assertThat(ask("FROM host")).containsExactly(List.of("0", "alpha"));
    assertThat(machine.runs).hasValue(1);
    assertThat(diagnostics).isEmpty();
  }

  @Test
  void tracesWithNothingToTellAreOpenedOnlyForWhatIsNotKept() {
    ask(QUESTION);
    OpeningReader reader = new OpeningReader(_ -> {});
    assertThat(ask(QUESTION, reader)).isEqualTo(answer);
    assertThat(reader.openings).hasValue(0);
    assertThat(ask("SELECT count(*) > 0 FROM events('sched_switch')", reader))
        .containsExactly(List.of("true"));
    assertThat(reader.openings).hasValue(1);
    ask(OTHER, reader);
    assertThat(reader.openings).hasValue(2);
    assertThat(diagnostics).isEmpty();
  }

  @Test
  void whatThereIsToTellOfTracesIsToldEachTime() {
    Diagnostic odd = Diagnostic.of(Severity.WARNING, "odd", "is odd", Origin.NONE, null);
    OpeningReader reader = new OpeningReader(sink -> sink.report(odd));
    for (int i = 1; i <= 3; i++) {
      assertThat(ask(QUESTION, reader)).isEqualTo(answer);
      assertThat(reader.openings).hasValue(i);
      assertThat(rules()).hasSize(i).containsOnly("odd");
    }
    assertThat(machine.runs).hasValue(1);
  }

  private List<List<@Nullable String>> ask(String question, TraceReader reader) {
    DatabaseOptions options = DatabaseOptions.of(diagnostics::add).withThreads(2).withCache("1");
    try (TraceDatabase database =
        TraceDatabase.open(List.of(trace), List.of(reader), options, _ -> List.of(machine))) {
      return TestDatabases.rows(database, question);
    }
  }

  /// Counts how often it opens traces.
  private static final class OpeningReader implements TraceReader {
    private final CtfTraceReader reader = new CtfTraceReader();
    private final Consumer<DiagnosticSink> teller;
    private final AtomicInteger openings = new AtomicInteger();

    private OpeningReader(Consumer<DiagnosticSink> teller) {
      this.teller = teller;
    }

    @Override
    public String format() {
      return reader.format();
    }

    @Override
    public boolean probe(Path path) {
      return reader.probe(path);
    }

    @Override
    public List<Trace> open(List<TraceInput> inputs, DiagnosticSink sink) {
      openings.incrementAndGet();
      teller.accept(sink);
      return reader.open(inputs, sink);
    }
  }

  @Test
  void furtherTablesBecomeFurtherFiles() throws IOException {
    ask(QUESTION);
    List<List<@Nullable String>> other = ask(OTHER);
    assertThat(machine.runs).hasValue(2);
    assertThat(cacheFolders()).hasSize(2);
    assertThat(ask(QUESTION)).isEqualTo(answer);
    assertThat(ask(OTHER)).isEqualTo(other);
    assertThat(machine.runs).hasValue(2);
  }

  @Test
  void withoutCacheNothingIsWritten() throws IOException {
    try (TraceDatabase database =
        TestDatabases.open(trace, DatabaseOptions.of(diagnostics::add), machine)) {
      assertThat(TestDatabases.rows(database, QUESTION)).isEqualTo(answer);
    }
    assertThat(cacheFiles()).isEmpty();
  }

  @Test
  void aTraceThatChangedIsReadAgain() throws IOException {
    ask(QUESTION);
    Path file;
    try (Stream<Path> files = Files.walk(trace)) {
      file = files.filter(path -> path.endsWith("metadata")).sorted().findFirst().orElseThrow();
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    assertThat(ask(QUESTION)).isEqualTo(answer);
    assertThat(machine.runs).hasValue(2);
    assertThat(cacheFolders()).as("files of the old trace are deleted").hasSize(1);
  }

  @Test
  void anotherVersionOfTheProgramReadsAgain() throws IOException {
    ask(QUESTION);
    assertThat(ask(QUESTION, "2", machine)).isEqualTo(answer);
    assertThat(machine.runs).hasValue(2);
    assertThat(cacheFolders()).hasSize(1);
  }

  @Test
  void aFileThatWasCutOffIsNotUsed() throws IOException {
    ask(QUESTION);
    for (int i = 0; i < 2; i++) {
      Path path = cacheFiles().get(i);
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        file.setLength(file.length() / 2);
      }
      assertThat(ask(QUESTION)).as(path.toString()).isEqualTo(answer);
      assertThat(machine.runs).hasValue(2 + i);
      assertThat(ask(QUESTION)).isEqualTo(answer);
      assertThat(machine.runs).hasValue(2 + i);
    }
  }

  @Test
  void aFileWithWrongBytesIsNotUsed() throws IOException {
    ask(QUESTION);
    int runs = 1;
    for (int i = 0; i < 2; i++) {
      long length = Files.size(cacheFiles().get(i));
      for (long at : new long[] {0, length / 3, length / 2, length - 1}) {
        try (RandomAccessFile file = new RandomAccessFile(cacheFiles().get(i).toFile(), "rw")) {
          file.seek(at);
          int before = file.read();
          file.seek(at);
          file.write(before ^ 0x10);
        }
        assertThat(ask(QUESTION)).as("at " + at).isEqualTo(answer);
        assertThat(machine.runs).hasValue(++runs);
        assertThat(ask(QUESTION)).as("after at " + at).isEqualTo(answer);
      }
    }
    assertThat(rules()).contains("damaged-cache");
  }

  @Test
  void factsThatVanishWhileTheyAreInUseAreMadeAnew() throws IOException {
    ask(QUESTION);
    DatabaseOptions options = DatabaseOptions.of(diagnostics::add).withThreads(2).withCache("1");
    try (TraceDatabase database = TestDatabases.open(trace, options, machine)) {
      assertThat(TestDatabases.rows(database, QUESTION)).isEqualTo(answer);
      for (Path file : cacheFiles()) {
        Files.delete(file);
      }
      assertThat(TestDatabases.rows(database, QUESTION)).isEqualTo(answer);
    }
    assertThat(machine.runs).hasValue(2);
  }

  @Test
  void aNameThatLooksLikeAPatternIsAName() throws IOException {
    Path odd = Files.move(trace, folder.resolve("a [b]* 'c'? {d,e}"));
    DatabaseOptions options = DatabaseOptions.of(diagnostics::add).withThreads(2).withCache("1");
    for (int i = 0; i < 2; i++) {
      try (TraceDatabase database = TestDatabases.open(odd, options, machine)) {
        assertThat(TestDatabases.rows(database, QUESTION)).isEqualTo(answer);
      }
    }
    assertThat(machine.runs).hasValue(1);
  }

  @Test
  void whatAKilledProcessLeftIsDeleted() throws IOException {
    ask(QUESTION);
    Path left = cacheFolders().getFirst().resolveSibling(".unfinished-999999999-0");
    Files.createDirectory(left);
    Files.write(left.resolve("machine0-thread.parquet"), new byte[100]);
    ask(OTHER);
    assertThat(left).doesNotExist();
  }

  @Test
  void anExtractionThatFailsLeavesNothing() throws IOException {
    Machine broken =
        new Machine() {
          @Override
          public String host() {
            return "alpha";
          }

          @Override
          public long sizeBytes() {
            return 1;
          }

          @Override
          public void run(
              Set<FactTable> wanted, int threads, FactSink sink, LongConsumer progress) {
            throw new IllegalStateException("broken");
          }
        };
    assertThatThrownBy(() -> ask(QUESTION, "1", broken)).hasMessage("broken");
    assertThat(cacheFiles()).isEmpty();
    assertThat(ask(QUESTION)).isEqualTo(answer);
  }

  @Test
  void manyAtOnceAllAnswer() throws InterruptedException, IOException {
    List<Thread> threads = new ArrayList<>();
    List<List<List<@Nullable String>>> answers =
        java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 4; i++) {
      RandomFacts own = new RandomFacts("alpha", 7, 4000);
      threads.add(Thread.ofPlatform().start(() -> answers.add(ask(QUESTION, "1", own))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(answers).hasSize(4).allMatch(answer::equals);
    assertThat(cacheFolders()).hasSize(1);
    assertThat(ask(QUESTION)).isEqualTo(answer);
    assertThat(machine.runs).hasValue(0);
  }

  @Test
  void aFolderThatCannotBeWrittenLeadsToTheUsersFolder() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      Assumptions.assumeFalse(Files.isWritable(folder), "this user may write everywhere");
      assertThat(ask(QUESTION)).isEqualTo(answer);
      assertThat(cacheFiles()).isEmpty();
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
