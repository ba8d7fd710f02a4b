package dev.rideau.ftrace.internal.file;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// The algorithms that trace-cmd compresses with.
public enum Codec {
  ZLIB {
    @Override
    public boolean unpack(byte[] from, int length, byte[] to) {
      Inflater inflater = new Inflater();
      try {
        inflater.setInput(from, 0, length);
        int done = 0;
        while (done < to.length) {
          int count = inflater.inflate(to, done, to.length - done);
          if (count == 0) {
            return false;
          }
          done += count;
        }
        return true;
      } catch (DataFormatException broken) {
        return false;
      } finally {
        inflater.end();
      }
    }
  },
  ZSTD {
    @Override
    public boolean unpack(byte[] from, int length, byte[] to) {
      try {
        return new ZstdJavaDecompressor().decompress(from, 0, length, to, 0, to.length)
            == to.length;
      } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException _) {
        return false;
      }
    }
  };

  /// The codec with that name, or null.
  public static @Nullable Codec named(String name) {
    return switch (name) {
      case "zlib" -> ZLIB;
      case "zstd" -> ZSTD;
      default -> null;
    };
  }

  /// Unpacks the first `length` bytes of `from` so that they fill `to`.
  ///
  /// @return false when they are broken or do not fill it
  public abstract boolean unpack(byte[] from, int length, byte[] to);
}
