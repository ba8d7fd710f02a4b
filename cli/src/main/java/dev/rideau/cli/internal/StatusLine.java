package dev.rideau.cli.internal;

import java.io.IOException;
import java.io.Writer;

/// Standard error with a last line that comes and goes: whatever is written takes it away first.
final class StatusLine extends Writer {
  private static final String ERASE_LINE = "\r\u001b[K";

  private final Writer target;
  private boolean shown;

  StatusLine(Writer target) {
    this.target = target;
  }

  /// Shows `line` in place of the one before it.
  synchronized void show(String line) {
    try {
      target.write(ERASE_LINE + line);
      target.flush();
      shown = true;
    } catch (IOException nobodyReads) {
      // a status that cannot be shown is no loss
    }
  }

  /// Takes the line away.
  synchronized void erase() {
    try {
      eraseShown();
      target.flush();
    } catch (IOException nobodyReads) {
      // nor is one that cannot be taken away
    }
  }

  @Override
  public synchronized void write(char[] text, int offset, int length) throws IOException {
    eraseShown();
    target.write(text, offset, length);
  }

  @Override
  public synchronized void flush() throws IOException {
    target.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    target.close();
  }

  private void eraseShown() throws IOException {
    if (shown) {
      shown = false;
      target.write(ERASE_LINE);
    }
  }
}
