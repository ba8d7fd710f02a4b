package dev.rideau.ftrace;

import dev.rideau.ftrace.internal.format.PrintExpression;
import dev.rideau.ftrace.internal.format.PrintParser;
import dev.rideau.ftrace.internal.format.PrintPlan;
import dev.rideau.ftrace.internal.format.RecordPrinter;
import dev.rideau.trace.Batch;

/// How the kernel wants records of a class to look: the compiled `print fmt`.
///
/// Immutable and shared; each thread prints with a [Printer] of its own. What Rideau cannot
/// evaluate is printed field by field behind `[FAILED TO PARSE]`, as libtraceevent does.
public final class PrintFormat {
  private final EventFormat format;
  private final PrintPlan plan;

  private PrintFormat(EventFormat format) {
    this.format = format;
    PrintExpression expression = PrintParser.parse(format);
    plan = PrintPlan.of(expression, format);
  }

  /// The compiled print format of an event.
  public static PrintFormat of(EventFormat format) {
    return new PrintFormat(format);
  }

  /// Whether the print format can be evaluated.
  public boolean isUnderstood() {
    return plan.isUnderstood();
  }

  /// A printer for one thread.
  public Printer printer(KernelNames names) {
    return new RecordPrinter(format, plan, names);
  }

  /// Prints records. For one thread.
  public interface Printer {
    /// Appends a row of a batch with all columns of [EventFormat#eventClass(int)]'s payload and of
    /// the common context, without a line feed at its end.
    void print(Batch batch, int row, TextBytes out);
  }
}
