package dev.rideau.ctf.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilePoolTest {
  @TempDir Path folder;

  @Test
  void neverHoldsMoreFilesOpenThanItMay() throws IOException {
    FilePool pool = new FilePool(3);
    List<Path> files = files(10);
    for (int round = 0; round < 3; round++) {
      for (Path file : files) {
        assertThat(read(pool, file, 0, 64)).isEqualTo("content of " + file.getFileName());
        assertThat(pool.openCount()).isLessThanOrEqualTo(3);
      }
    }
    pool.closeAll(files);
    assertThat(pool.openCount()).isZero();
  }

  @Test
  void readsUpToTheEndOfTheFile() throws IOException {
    FilePool pool = new FilePool(1);
    Path file = files(1).getFirst();
    assertThat(read(pool, file, 11, 2)).isEqualTo("f0");
    assertThat(read(pool, file, 12, 100)).isEqualTo("0");
    assertThat(read(pool, file, 13, 100)).isEmpty();
    assertThat(read(pool, file, 5000, 100)).isEmpty();
  }

  @Test
  void opensAgainWhatAnInterruptionClosed() throws Exception {
    FilePool pool = new FilePool(2);
    Path file = files(1).getFirst();
    Thread interrupted =
        Thread.ofPlatform()
            .start(() -> {
              Thread.currentThread().interrupt();
              try {
                read(pool, file, 0, 10);
              } catch (IOException expected) {
                // The channel is closed now.
              }
            });
    interrupted.join();
    assertThat(read(pool, file, 0, 7)).isEqualTo("content");
  }

  private List<Path> files(int count) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(Files.writeString(folder.resolve("f" + i), "content of f" + i));
    }
    return files;
  }

  private static String read(FilePool pool, Path file, long position, int length)
      throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    int count = pool.read(file, position, target);
    return new String(target.array(), 0, count, StandardCharsets.UTF_8);
  }
}
