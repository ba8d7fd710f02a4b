package dev.rideau.reports;

import dev.rideau.reports.internal.ReportParser;
import dev.rideau.tables.BundledFiles;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All reports: those that come along, and the user's own files. Of two with the same name the
/// user's holds.
public final class ReportCatalog {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final String BUNDLED = "dev/rideau/reports/";
  private static final String SUFFIX = ".sql";

  private final @Nullable Path folder;

  private ReportCatalog(@Nullable Path folder) {
    this.folder = folder;
  }

  /// Only those that come along.
  public static ReportCatalog bundled() {
    return new ReportCatalog(null);
  }

  /// With the files of a folder, which need not exist.
  public static ReportCatalog with(Path folder) {
    return new ReportCatalog(folder);
  }

  /// With the files of the user's configuration folder.
  public static ReportCatalog ofUser() {
    String configured = System.getenv("XDG_CONFIG_HOME");
    Path root =
        configured == null || configured.isEmpty() || !Path.of(configured).isAbsolute()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(configured);
    return new ReportCatalog(root.resolve("rideau").resolve("reports"));
  }

  /// What a listing found.
  ///
  /// @param reports in the order of groups and names
  /// @param problems one message for each file that cannot be read
  public record Listing(List<Report> reports, List<ReportException> problems) {}

  /// Every report that can be read.
  public Listing all() {
    TreeMap<String, Report> reports = new TreeMap<>();
    List<ReportException> problems = new ArrayList<>();
    for (Report report : bundled("reports")) {
      reports.put(report.name(), report);
    }
    for (Path file : userFiles(problems)) {
      try {
        Report report = read(file);
        reports.put(report.name(), report);
      } catch (ReportException failure) {
        problems.add(failure);
      }
    }
    return new Listing(List.copyOf(reports.values()), List.copyOf(problems));
  }

  /// The report with that name.
  ///
  /// @throws ReportException when there is none or its header is wrong
  public Report named(String name) {
    if (NAME.matcher(name).matches()) {
      Path file = folder == null ? null : folder.resolve(name + SUFFIX);
      if (file != null && Files.isRegularFile(file)) {
        return read(file);
      }
      Report report = bundledNamed(name);
      if (report != null) {
        return report;
      }
    }
    String closest = closest(name);
    throw new ReportException(
        "there is no report '" + name + "'" + (closest == null ? "" : "; did you mean " + closest),
        "'rideau report' lists all" + (folder == null ? "" : "; your own go to " + folder));
  }

  /// The rules of which an explanation is made, in the order of their names.
  public static List<Report> rules() {
    return bundled("rules");
  }

  private static List<Report> bundled(String folder) {
    List<Report> reports = new ArrayList<>();
    try (BundledFiles files = BundledFiles.of(ReportCatalog.class)) {
      for (String name : files.names(BUNDLED + folder)) {
        String file = folder + "/" + name;
        reports.add(ReportParser.parse(nameOf(name), file, files.text(BUNDLED + file)));
      }
    }
    return reports;
  }

  private static @Nullable Report bundledNamed(String name) {
    String file = "reports/" + name + SUFFIX;
    try (BundledFiles files = BundledFiles.of(ReportCatalog.class)) {
      String text = files.find(BUNDLED + file);
      return text == null ? null : ReportParser.parse(name, file, text);
    }
  }

  private static String nameOf(String file) {
    return file.substring(0, file.length() - SUFFIX.length());
  }

  private List<Path> userFiles(List<ReportException> problems) {
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException failure) {
      problems.add(
          new ReportException(folder + ": cannot be read: " + failure.getMessage(), null, failure));
      return List.of();
    }
  }

  private static Report read(Path file) {
    String name = nameOf(file.getFileName().toString());
    if (!NAME.matcher(name).matches()) {
      throw new ReportException(
          file + ": is no name for a report", "use small letters, digits and '-'");
    }
    try {
      return ReportParser.parse(name, file.toString(), Files.readString(file));
    } catch (MalformedInputException failure) {
      throw new ReportException(file + ": is not UTF-8 text", null, failure);
    } catch (IOException failure) {
      throw new ReportException(file + ": cannot be read: " + failure.getMessage(), null, failure);
    }
  }

  private @Nullable String closest(String name) {
    String best = null;
    int fewest = 4;
    for (Report report : all().reports()) {
      int distance = distance(name, report.name());
      if (distance < fewest) {
        fewest = distance;
        best = report.name();
      }
    }
    return best;
  }

  // Levenshtein's distance, two rows at a time.
  private static int distance(String left, String right) {
    int[] above = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[right.length() + 1];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[right.length()];
  }
}
