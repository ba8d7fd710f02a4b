package dev.rideau.ctf.internal.open;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.StreamOrder;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.TraceInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Opens the CTF traces in some folders. Metadata and data stream files are read on all processors;
/// what comes out, diagnostics included, does not depend on that.
public final class CtfOpener {
  /// Of one rule; findings in metadata are distinct and few, unless somebody is malicious.
  private static final int MOST_METADATA_FINDINGS = 100;

  private final DiagnosticSink diagnostics;
  private final FilePool files = new FilePool();

  private CtfOpener(DiagnosticSink diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// Whether a path looks like a CTF trace.
  public static boolean probe(Path path) {
    return TraceFolder.probe(path);
  }

  /// Opens the traces, as [dev.rideau.trace.TraceReader#open] says.
  public static List<Trace> open(List<TraceInput> inputs, DiagnosticSink diagnostics) {
    return new CtfOpener(diagnostics).open(inputs);
  }

  /// A folder that was read, or why not.
  private record Attempt(
      @Nullable TraceFolder folder,
      @Nullable TraceException failure,
      FileDiagnostics diagnostics) {}

  /// A folder and the results for its files.
  private record IndexedFolder(TraceFolder folder, List<DataFile> files) {}

  private record FileTask(Path path, TraceClass traceClass) {}

  private List<Trace> open(List<TraceInput> inputs) {
    List<TraceFolder> folders = readFolders(inputs);
    List<Trace> traces = new ArrayList<>();
    try {
      for (List<IndexedFolder> group : group(index(folders))) {
        traces.add(assemble(group));
      }
    } catch (RuntimeException | Error failure) {
      traces.forEach(Trace::close);
      throw failure;
    }
    traces.sort(StreamOrder.TRACES);
    return traces;
  }

  private List<TraceFolder> readFolders(List<TraceInput> inputs) {
    List<TraceInput> sorted = new ArrayList<>(inputs);
    sorted.sort((left, right) -> left.path().compareTo(right.path()));
    List<TraceFolder> folders = new ArrayList<>();
    TraceException first = null;
    List<Diagnostic> others = new ArrayList<>();
    for (Attempt attempt : Parallel.map(sorted, CtfOpener::attempt)) {
      attempt.diagnostics.replay(diagnostics);
      TraceException failure = attempt.failure;
      if (attempt.folder != null) {
        folders.add(attempt.folder);
      } else if (failure != null && first == null) {
        first = failure;
      } else if (failure != null) {
        others.add(failure.diagnostic());
      }
    }
    if (first != null) {
      if (folders.isEmpty()) {
        others.forEach(diagnostics::report);
        throw first;
      }
      diagnostics.report(first.diagnostic());
      others.forEach(diagnostics::report);
    }
    return folders;
  }

  private static Attempt attempt(TraceInput input) {
    FileDiagnostics found = new FileDiagnostics(MOST_METADATA_FINDINGS);
    try {
      return new Attempt(TraceFolder.read(input, found), null, found);
    } catch (TraceException failure) {
      return new Attempt(null, failure, found);
    }
  }

  private List<IndexedFolder> index(List<TraceFolder> folders) {
    List<FileTask> tasks = new ArrayList<>();
    for (TraceFolder folder : folders) {
      for (Path file : folder.files()) {
        tasks.add(new FileTask(file, folder.traceClass()));
      }
    }
    List<DataFile> results =
        Parallel.map(tasks, task -> DataFileIndexer.index(task.path, task.traceClass));
    List<IndexedFolder> indexed = new ArrayList<>();
    int next = 0;
    for (TraceFolder folder : folders) {
      int end = next + folder.files().size();
      indexed.add(new IndexedFolder(folder, results.subList(next, end)));
      next = end;
    }
    for (DataFile file : results) {
      file.diagnostics().replay(diagnostics);
    }
    return indexed;
  }

  /// Folders of one trace together; a folder without identity stays alone.
  private static List<List<IndexedFolder>> group(List<IndexedFolder> folders) {
    Map<Object, List<IndexedFolder>> groups = new LinkedHashMap<>();
    for (IndexedFolder folder : folders) {
      List<String> identity = folder.folder.identity();
      Object key = identity != null ? identity : folder.folder.path();
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(folder);
    }
    return List.copyOf(groups.values());
  }

  private Trace assemble(List<IndexedFolder> group) {
    int choice = 0;
    for (int i = 1; i < group.size(); i++) {
      if (group.get(i).folder.classCount() > group.get(choice).folder.classCount()) {
        choice = i;
      }
    }
    IndexedFolder chosen = group.get(choice);
    TraceClass traceClass = chosen.folder.traceClass();
    StreamAssembler assembler = new StreamAssembler(traceClass, diagnostics);
    chosen.files.forEach(assembler::add);
    for (int i = 0; i < group.size(); i++) {
      if (i != choice) {
        group.get(i).files.forEach(assembler::add);
      }
    }
    String below = group.size() == 1 ? chosen.folder.below() : "";
    List<StreamDraft> drafts = assembler.assemble();
    CtfTrace said =
        new CtfTrace(chosen.folder.path(), nameOf(traceClass, below), traceClass, drafts, files);
    for (DataStream stream : said.dataStreams()) {
      TimeOrderCheck.check(stream.packets(), diagnostics);
    }
    return correct(said, drafts);
  }

  private CtfTrace correct(CtfTrace said, List<StreamDraft> drafts) {
    TracerQuirks quirks = TracerQuirks.of(said.traceClass());
    if (quirks == null) {
      return said;
    }
    List<@Nullable PacketIndex> indexes =
        Parallel.map(said.dataStreams(), stream -> quirks.correct((CtfDataStream) stream));
    List<StreamDraft> corrected = new ArrayList<>();
    boolean changed = false;
    for (StreamDraft draft : drafts) {
      PacketIndex index = indexes.get(corrected.size());
      changed |= index != null;
      corrected.add(index == null ? draft : draft.withCorrected(index));
    }
    return changed
        ? new CtfTrace(said.path(), said.name(), said.traceClass(), corrected, files)
        : said;
  }

  private static String nameOf(TraceClass traceClass, String below) {
    String name = traceClass.name();
    if (name == null) {
      name = traceClass.environment().text("hostname");
    }
    if (name == null) {
      return below;
    }
    return below.isEmpty() ? name : name + "/" + below;
  }
}
