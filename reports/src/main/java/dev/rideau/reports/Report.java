package dev.rideau.reports;

import dev.rideau.reports.internal.period.PeriodTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A named question: an SQL file with a header.
///
/// @param name what the user types: the name of the file
/// @param group under which heading it is listed
/// @param title what it shows, in few words
/// @param answers the question that it answers
/// @param needs events of the model without which it cannot answer
/// @param uses events of the model without which parts of the answer are missing
/// @param parameters what the user may choose, without begin and end
/// @param columns what each row tells
/// @param plot how to draw it; null when that makes no sense
/// @param prepare a table that the program makes for it before its query runs; null for none
/// @param see other reports that go on from here
/// @param finding how its rows become sentences of an explanation; null for other reports than
///   rules
/// @param sql the query, with `$name` for parameters
/// @param origin the file, for messages
/// @param firstLine number of the line on which the query begins
public record Report(
    String name,
    String group,
    String title,
    String answers,
    List<Need> needs,
    List<Need> uses,
    List<ReportParameter> parameters,
    List<ReportColumn> columns,
    @Nullable PlotHint plot,
    @Nullable String prepare,
    List<String> see,
    @Nullable FindingText finding,
    String sql,
    String origin,
    int firstLine) {

  /// Events of which one must have been recorded.
  ///
  /// @param anyOf names of events of the model
  public record Need(List<String> anyOf) {
    public Need {
      anyOf = List.copyOf(anyOf);
    }

    @Override
    public String toString() {
      return String.join(" or ", anyOf);
    }
  }

  /// Sentences with `{column}` where a value is to stand.
  ///
  /// @param resource what the machine may be short of: `cpu`, `disk`, `memory`, `locks`, `network`
  ///   or `none`
  /// @param summary what is so
  /// @param quiet the same when the score is 0; null for the same sentence
  /// @param advice what to do about it
  /// @param command which command shows more
  public record FindingText(
      String resource, String summary, @Nullable String quiet, String advice, String command) {}

  public Report {
    needs = List.copyOf(needs);
    uses = List.copyOf(uses);
    parameters = List.copyOf(parameters);
    columns = List.copyOf(columns);
    see = List.copyOf(see);
  }

  /// Whether it tells of periods, which must be defined before it is asked.
  public boolean isAboutPeriods() {
    return PeriodTable.NAME.equals(prepare);
  }

  /// The parameter with that name, begin and end included; null when there is none.
  public @Nullable ReportParameter parameter(String wanted) {
    for (ReportParameter each : ReportParameter.RANGE) {
      if (each.name().equals(wanted)) {
        return each;
      }
    }
    for (ReportParameter each : parameters) {
      if (each.name().equals(wanted)) {
        return each;
      }
    }
    return null;
  }

  /// Position of a column; -1 when there is none with that name.
  public int indexOf(String column) {
    for (int index = 0; index < columns.size(); index++) {
      if (columns.get(index).name().equals(column)) {
        return index;
      }
    }
    return -1;
  }
}
