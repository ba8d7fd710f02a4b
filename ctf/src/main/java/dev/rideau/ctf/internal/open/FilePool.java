package dev.rideau.ctf.internal.open;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps the files of many data streams open, but never more than a limit: a file that was not read
/// for longest is closed when another one is needed, and opened again when somebody reads it.
///
/// Shared by all threads. The lock is held to look a file up, never while reading.
public final class FilePool {
  /// Well below the 1024 that a process may usually have.
  private static final int MOST_OPEN = 256;

  private final int mostOpen;

  /// In the order of last use.
  private final Map<Path, OpenFile> files = new LinkedHashMap<>(16, 0.75f, true);

  FilePool() {
    this(MOST_OPEN);
  }

  FilePool(int mostOpen) {
    this.mostOpen = mostOpen;
  }

  /// Reads from `positionBytes` on until `target` is full or the file ends.
  ///
  /// @return how many bytes were read, 0 at or behind the end of the file
  public int read(Path path, long positionBytes, ByteBuffer target) throws IOException {
    OpenFile file = acquire(path);
    try {
      return readFully(file.channel, positionBytes, target);
    } finally {
      release(file);
    }
  }

  static int readFully(FileChannel channel, long positionBytes, ByteBuffer target)
      throws IOException {
    int sum = 0;
    while (target.hasRemaining()) {
      int count = channel.read(target, positionBytes + sum);
      if (count < 0) {
        break;
      }
      sum += count;
    }
    return sum;
  }

  /// Closes these files as soon as nobody reads them.
  void closeAll(Collection<Path> paths) throws IOException {
    for (Path path : paths) {
      OpenFile file;
      synchronized (files) {
        file = files.remove(path);
      }
      if (file != null) {
        retire(file);
      }
    }
  }

  /// How many files are open.
  int openCount() {
    synchronized (files) {
      return files.size();
    }
  }

  private OpenFile acquire(Path path) throws IOException {
    List<OpenFile> retired = new ArrayList<>();
    OpenFile file;
    synchronized (files) {
      file = files.get(path);
      if (file == null || !file.channel.isOpen()) {
        // An interrupted thread closes the channel that it reads from; others open it again.
        file = new OpenFile(FileChannel.open(path, StandardOpenOption.READ));
        files.put(path, file);
        evictInto(retired);
      }
      file.readers++;
    }
    for (OpenFile old : retired) {
      old.channel.close();
    }
    return file;
  }

  private void evictInto(List<OpenFile> retired) {
    var all = files.values().iterator();
    while (files.size() > mostOpen && all.hasNext()) {
      OpenFile oldest = all.next();
      if (oldest.readers == 0 && files.size() > 1) {
        all.remove();
        retired.add(oldest);
      }
    }
  }

  private void release(OpenFile file) throws IOException {
    boolean last;
    synchronized (files) {
      last = --file.readers == 0 && file.retired;
    }
    if (last) {
      file.channel.close();
    }
  }

  private void retire(OpenFile file) throws IOException {
    boolean idle;
    synchronized (files) {
      file.retired = true;
      idle = file.readers == 0;
    }
    if (idle) {
      file.channel.close();
    }
  }

  private static final class OpenFile {
    final FileChannel channel;
    int readers;
    boolean retired;

    OpenFile(FileChannel channel) {
      this.channel = channel;
    }
  }
}
