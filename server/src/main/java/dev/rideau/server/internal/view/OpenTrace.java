package dev.rideau.server.internal.view;

import dev.rideau.reports.FactSource;
import dev.rideau.reports.ReportRunner;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.reports.ValueText;
import dev.rideau.server.ServerOptions;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.view.TraceStatus.State;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A trace that is shown: opened in the background, then asked by many threads at once.
public final class OpenTrace implements AutoCloseable {
  /// Statements at once, for reports and for what users write.
  private static final int REPORTS = 4;

  private static final int STATEMENTS = 2;
  private static final int MOST_DIAGNOSTICS = 1000;

  private final String id;
  private final String name;
  private final List<Path> paths;
  private final ServerOptions options;
  private final UUID uuid;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch locked = new CountDownLatch(1);
  private final AtomicBoolean isClosing = new AtomicBoolean();
  private final Thread opener;

  private volatile TraceStatus status =
      new TraceStatus(State.OPENING, 0, 0, "opening the trace", null);
  private volatile TimeRange span = new TimeRange(0, 0);
  private volatile @Nullable TraceDatabase database;
  private volatile @Nullable Opened opened;
  private volatile @Nullable TraceFiles files;
  private volatile Timeline preview = Timeline.empty();
  private volatile @Nullable RecordPass pass;
  private volatile boolean isLocked;

  private volatile Recording recording = Recording.UNKNOWN;

  /// What there is once all is ready.
  private record Opened(Timeline timeline, Sessions reports, Sessions statements) {}

  OpenTrace(String id, String name, List<Path> paths, ServerOptions options) {
    this.id = id;
    this.name = name;
    this.paths = List.copyOf(paths);
    this.options = options;
    uuid = UUID.nameUUIDFromBytes(paths.toString().getBytes(StandardCharsets.UTF_8));
    tables = new Tables(this, options.catalog());
    charts = new Charts(this, tables);
    explainer = new Explainer(this, options.catalog());
    opener = Thread.ofPlatform().daemon().name("rideau-open-" + id).unstarted(this::open);
  }

  private final Tables tables;
  private final Charts charts;
  private final SqlBox sql = new SqlBox(this);
  private final EventTable events = new EventTable(this);
  private final Explainer explainer;
  private final Marks marks = new Marks(this);
  private final Faults faults = new Faults(this);

  void start() {
    opener.start();
  }

  /// A word that names it in addresses.
  public String id() {
    return id;
  }

  /// The same for a path, however often it is opened.
  public UUID uuid() {
    return uuid;
  }

  /// For people.
  public String name() {
    return name;
  }

  /// Where it lies; of several traces that are looked at together, the first.
  public Path path() {
    return paths.getFirst();
  }

  /// Where all of it lies.
  public List<Path> paths() {
    return paths;
  }

  /// What the recording says of itself, by name; empty as long as that is unknown.
  public Map<String, String> properties() {
    return recording.properties();
  }

  /// Names of the machines that it tells of, by number; empty as long as they are unknown.
  public List<String> hosts() {
    return recording.hosts();
  }

  /// What tells a machine apart from the others in a text: ` of NAME`, or nothing where there is
  /// only one.
  public String ofHost(int host) {
    List<String> hosts = hosts();
    return hosts.size() > 1 && host < hosts.size() ? " of " + hosts.get(host) : "";
  }

  /// Number of event records; 0 as long as that is unknown.
  public long eventCount() {
    return recording.events();
  }

  public TraceStatus status() {
    return status;
  }

  /// What was unusual about it so far.
  public List<Diagnostic> diagnostics() {
    synchronized (diagnostics) {
      return List.copyOf(diagnostics);
    }
  }

  /// From the first to behind the last moment, absolute; empty as long as that is unknown.
  public TimeRange span() {
    return span;
  }

  /// Rows over time.
  ///
  /// @throws HttpFailure 409 when it is not there yet
  public Timeline timeline() {
    return opened().timeline;
  }

  /// The same; as long as it is not there, rows made straight from the records that were read.
  public Timeline timelineSoFar() {
    Opened known = opened;
    return known == null ? preview : known.timeline;
  }

  /// Whether that is the timeline that stays.
  public boolean isComplete(Timeline timeline) {
    Opened known = opened;
    return known != null && known.timeline == timeline || status.state() == State.FAILED;
  }

  /// How many records there are when, as far as they were read.
  public Density.Counts density() {
    RecordPass known = pass;
    return known == null ? new Density.Counts(0, 1, new long[0]) : known.density().counts();
  }

  /// Reports.
  public Tables tables() {
    return tables;
  }

  /// Values over time.
  public Charts charts() {
    return charts;
  }

  /// Statements of users.
  public SqlBox sql() {
    return sql;
  }

  /// Single durations over time.
  public Scatter scatter(
      Scatter.Kind kind, Window window, int height, Scatter.Only only, Cancel cancel) {
    return Scatter.ask(this, kind, window, height, only, cancel);
  }

  /// Event records as they are.
  ///
  /// @throws HttpFailure 409 when the traces are not open yet
  public EventTable events() {
    records();
    return events;
  }

  /// Names of event classes, and how many records each has.
  public Map<String, Long> eventCounts(Cancel cancel) {
    try (Sessions.Lease lease = session(cancel)) {
      return lease.database().recordedEvents();
    }
  }

  /// What there is to know at first sight.
  public Explainer explainer() {
    return explainer;
  }

  /// Marks on the timeline.
  public Marks marks() {
    return marks;
  }

  /// What is wrong with its bytes.
  Faults faults() {
    return faults;
  }

  /// The critical path of the thread in a row.
  public Critical criticalPath(int row, TimeRange range, Cancel cancel) {
    return Critical.of(this, row, range, cancel);
  }

  /// What is known of a row at a time; null for nothing.
  public @Nullable Details details(int row, long ns, Cancel cancel) {
    return Inspector.inspect(this, row, ns, cancel);
  }

  /// How values are written for people.
  public ValueText values() {
    return new ValueText(times());
  }

  /// How far ahead of UTC the times of day are that people read.
  public int utcOffsetSeconds() {
    return times().utcOffsetSeconds();
  }

  private TimeText times() {
    return TimeText.of(options.zone(), span.beginNs());
  }

  /// The traces behind it, for records as they are.
  ///
  /// @throws HttpFailure 409 when they are not open yet
  public OpenedTraces records() {
    TraceDatabase known = database;
    if (known == null) {
      throw notReady();
    }
    return known.traces();
  }

  /// Fails when records cannot be read as they were when the trace was opened; asked before and
  /// behind each answer that is made of records.
  ///
  /// @throws HttpFailure 409 when a file has become shorter
  void checkFiles() {
    TraceFiles known = files;
    if (known != null) {
      known.check();
    }
  }

  /// A connection for reports and the like.
  Sessions.Lease session(Cancel cancel) {
    return opened().reports.take(cancel);
  }

  /// A connection for statements of users; only when all that they must not reach is out of reach.
  Sessions.Lease lockedSession(Cancel cancel) {
    Opened known = opened();
    try {
      while (!locked.await(50, TimeUnit.MILLISECONDS)) {
        cancel.check();
      }
    } catch (InterruptedException stopped) {
      throw new HttpFailure(503, "the server stops", null);
    }
    if (!isLocked) {
      throw new HttpFailure(503, "statements are not possible: " + status.error(), null);
    }
    return known.statements.take(cancel);
  }

  /// Asks the tables on a connection of its own; other answers do not wait for it.
  ///
  /// @param work uses the database until it returns, on this thread
  public <T> T ask(Cancel cancel, Function<TraceDatabase, T> work) {
    try (Sessions.Lease lease = session(cancel)) {
      return work.apply(lease.database());
    }
  }

  private Opened opened() {
    Opened known = opened;
    if (known == null) {
      throw notReady();
    }
    return known;
  }

  private HttpFailure notReady() {
    TraceStatus now = status;
    return now.state() == State.FAILED
        ? new HttpFailure(409, "the trace cannot be shown: " + now.error(), null)
        : new HttpFailure(409, "the trace is still being read: " + now.message(), "wait");
  }

  /// Waits until the metadata is read or has turned out to be none.
  void awaitMetadata() throws InterruptedException {
    while (status.state() == State.OPENING && !over.await(5, TimeUnit.MILLISECONDS)) {
      continue;
    }
  }

  /// Waits until it is ready or has failed.
  void await() throws InterruptedException {
    over.await();
  }

  private void open() {
    try {
      read();
    } catch (TraceException failure) {
      fail(failure.diagnostic().toString());
    } catch (IOException | RuntimeException | OutOfMemoryError failure) {
      fail(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    } finally {
      over.countDown();
      locked.countDown();
    }
  }

  private void fail(String error) {
    status = new TraceStatus(State.FAILED, 0, 0, "failed", error);
  }

  private void read() throws IOException {
    DatabaseOptions how =
        new DatabaseOptions(
            options.database().cache(),
            options.database().memoryBytes(),
            options.database().threads(),
            options.database().version(),
            (done, total) ->
                status = new TraceStatus(State.READING, done, total, "reading events", null),
            this::note);
    TraceDatabase db = TraceDatabase.open(paths, options.readers(), how);
    files = TraceFiles.of(paths);
    database = db;
    if (isClosing.get()) {
      return;
    }
    span = TraceSpan.of(db.traces());
    status = new TraceStatus(State.READING, 0, 0, "reading events", null);
    MappedFile file = new MappedFile(db.spillFolder());
    states = file;
    RecordPass reading = new RecordPass(events, file, rows -> preview = rows);
    pass = reading;
    reading.start(db.traces(), "rideau-records-" + id);
    db.prepare(TraceDatabase.tables());
    // All that the library has, so that nothing needs to be made later.
    db.prepareFor("FROM information_schema.tables, information_schema.columns");
    TimeRange recorded = new ReportRunner(FactSource.of(db)).recording();
    if (recorded.durationNs() > 0) {
      span = recorded;
    }
    recording = Recording.of(db);
    index(db, reading);
    db.lock();
    isLocked = true;
    locked.countDown();
  }

  private void index(TraceDatabase db, RecordPass records) throws IOException {
    long total = countStates(db);
    status = new TraceStatus(State.INDEXING, 0, total, "arranging the timeline", null);
    MappedFile file = new MappedFile(db.spillFolder());
    timelineStates = file;
    Timeline timeline =
        new TimelineBuilder(
                db,
                new TimelineRows(db.hosts()),
                file,
                done ->
                    status =
                        new TraceStatus(
                            State.INDEXING, done, total, "arranging the timeline", null))
            .build(records);
    opened =
        new Opened(
            timeline,
            new Sessions(db, REPORTS, _ -> {}),
            new Sessions(db, STATEMENTS, ValueWall::raise));
    status = new TraceStatus(State.READY, total, total, "ready", null);
    over.countDown();
  }

  private volatile @Nullable MappedFile states;
  private volatile @Nullable MappedFile timelineStates;

  private static long countStates(TraceDatabase db) {
    String sql =
        "SELECT (SELECT count(*) FROM thread_state) + 2 * (SELECT count(*) FROM sched_slice)"
            + " + 2 * (SELECT count(*) FROM irq) + 2 * (SELECT count(*) FROM softirq)"
            + " + (SELECT count(*) FROM wakeup)";
    try (var rows = db.query(sql)) {
      return rows.next() ? rows.longAt(0) : 0;
    }
  }

  private void note(Diagnostic diagnostic) {
    synchronized (diagnostics) {
      if (diagnostics.size() < MOST_DIAGNOSTICS) {
        diagnostics.add(diagnostic);
      }
    }
  }

  /// Ends what is running and frees everything.
  @Override
  public void close() {
    isClosing.set(true);
    events.stop();
    TraceDatabase db = database;
    try {
      while (opener.isAlive()) {
        RecordPass waitedFor = pass;
        if (waitedFor != null) {
          waitedFor.halt();
        }
        if (db != null) {
          db.cancel();
        }
        opener.join(50);
        db = database;
      }
      RecordPass reading = pass;
      if (reading != null) {
        reading.stop();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    Opened known = opened;
    if (known != null) {
      known.reports.close();
      known.statements.close();
    }
    if (db != null) {
      db.close();
    }
    for (MappedFile file : new MappedFile[] {states, timelineStates}) {
      if (file != null) {
        file.close();
      }
    }
  }
}
