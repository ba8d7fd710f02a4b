package dev.rideau.ctf.internal.open;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds tiny trace folders from a text, one statement a line:
///
/// ```
/// metadata FOLDER OPTION=VALUE...   writes FOLDER/metadata, see TinyMetadata
/// file FOLDER/NAME                  starts an empty data stream file
/// packet FIELD=VALUE...             appends a packet: class id begin end lost seq; ticks=TIME,...
///                                   for its records; bytes=N to pad it to N bytes; total, content
///                                   (bits) and magic to overrule what is right
/// raw HEX                           appends bytes
/// cut N                             cuts the file after N bytes
/// index MINOR                       writes the LTTng index of the file
/// entry N WORD VALUE                overwrites a word of an entry of that index
/// link PATH TARGET                  makes a symbolic link
/// folder PATH                       makes an empty folder
/// text PATH WORDS...                writes a file with that text
/// open PATH...                      says what to open
/// ```
final class TinyTrace {
  private final Path root;
  private final Map<Path, TinyMetadata> metadata = new LinkedHashMap<>();
  private final StringBuilder entries = new StringBuilder();
  private @Nullable Path file;
  private String[] opened = {"."};

  TinyTrace(Path root) {
    this.root = root;
  }

  /// The arguments of `open`.
  String[] opened() {
    return opened;
  }

  void run(String statement) throws IOException {
    String[] words = statement.strip().split("\\s+");
    switch (words[0]) {
      case "metadata" -> writeMetadata(root.resolve(words[1]).normalize(), options(words, 2));
      case "file" -> startFile(root.resolve(words[1]));
      case "packet" -> append(packet(options(words, 1)));
      case "raw" -> append(HexFormat.of().parseHex(words[1]));
      case "cut" -> cut(Integer.parseInt(words[1]));
      case "index" -> writeIndex(Integer.parseInt(words[1]));
      case "entry" ->
          patchIndex(
              Integer.parseInt(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]));
      case "link" -> {
        Files.createDirectories(root.resolve(words[1]).getParent());
        Files.createSymbolicLink(root.resolve(words[1]), Path.of(words[2]));
      }
      case "folder" -> Files.createDirectories(root.resolve(words[1]));
      case "text" -> {
        Files.createDirectories(root.resolve(words[1]).getParent());
        Files.writeString(root.resolve(words[1]), statement.substring(statement.indexOf(words[2])));
      }
      case "open" -> opened = statement.strip().substring(5).strip().split("\\s+");
      default -> throw new IllegalArgumentException("unknown statement: " + statement);
    }
  }

  private static Map<String, String> options(String[] words, int from) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = from; i < words.length; i++) {
      String[] parts = words[i].split("=", 2);
      options.put(parts[0], parts[1]);
    }
    return options;
  }

  private void writeMetadata(Path folder, Map<String, String> options) throws IOException {
    Files.createDirectories(folder);
    TinyMetadata made = new TinyMetadata(options);
    metadata.put(folder, made);
    Files.writeString(folder.resolve("metadata"), made.text());
  }

  private void startFile(Path path) throws IOException {
    file = path;
    entries.setLength(0);
    Files.write(path, new byte[0]);
  }

  private Path file() {
    Path current = file;
    if (current == null) {
      throw new IllegalStateException("no file yet");
    }
    return current;
  }

  private TinyMetadata layout() {
    TinyMetadata layout = metadata.get(file().getParent());
    if (layout == null) {
      throw new IllegalStateException("no metadata for " + file);
    }
    return layout;
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(file(), bytes, StandardOpenOption.APPEND);
  }

  private void cut(int length) throws IOException {
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(bytes, length));
  }

  private byte[] packet(Map<String, String> said) throws IOException {
    TinyMetadata layout = layout();
    ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = 4 + layout.blobBytes();
    for (String field : TinyMetadata.fields()) {
      headerBytes += layout.bits(field) / 8;
    }
    bytes.position(headerBytes);
    if (said.containsKey("ticks")) {
      for (String tick : said.get("ticks").split(",", -1)) {
        put(bytes, Long.parseUnsignedLong(tick), layout.bits("ts"));
        bytes.put((byte) 7);
      }
    }
    int contentBytes = bytes.position();
    int totalBytes = Integer.parseInt(said.getOrDefault("bytes", "" + contentBytes));
    said.putIfAbsent("total", Long.toString(totalBytes * 8L));
    said.putIfAbsent("content", Long.toString(contentBytes * 8L));
    bytes.position(0);
    bytes.putInt((int) Long.parseLong(said.getOrDefault("magic", "c1fc1fc1"), 16));
    for (String field : TinyMetadata.fields()) {
      if (field.equals("begin")) {
        bytes.position(bytes.position() + layout.blobBytes());
      }
      put(bytes, Long.parseUnsignedLong(said.getOrDefault(field, "0")), layout.bits(field));
    }
    for (String field :
        new String[] {"offset", "total", "content", "begin", "end", "lost", "class", "id", "seq"}) {
      String value = field.equals("offset") ? "" + Files.size(file()) : said.get(field);
      entries.append(value == null ? "0" : value).append(' ');
    }
    entries.append('\n');
    byte[] result = new byte[totalBytes];
    bytes.get(0, result, 0, Math.min(totalBytes, 4096));
    return result;
  }

  private static void put(ByteBuffer bytes, long value, int lengthBits) {
    for (int bit = 0; bit < lengthBits; bit += 8) {
      bytes.put((byte) (value >>> bit));
    }
  }

  private Path indexPath() {
    return file().resolveSibling("index").resolve(file().getFileName() + ".idx");
  }

  private void writeIndex(int minor) throws IOException {
    int words = minor == 0 ? 7 : 9;
    String[] lines = entries.toString().strip().split("\n", -1);
    ByteBuffer bytes = ByteBuffer.allocate(16 + lines.length * words * 8);
    bytes.putInt(0xC1F1DCC1).putInt(1).putInt(minor).putInt(words * 8);
    for (String line : lines) {
      String[] values = line.strip().split(" ", -1);
      for (int word = 0; word < words; word++) {
        bytes.putLong(Long.parseUnsignedLong(values[word]));
      }
    }
    Files.createDirectories(indexPath().getParent());
    Files.write(indexPath(), bytes.array());
  }

  private void patchIndex(int entry, int word, long value) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(indexPath()));
    int entryBytes = bytes.getInt(12);
    bytes.putLong(16 + entry * entryBytes + word * 8, value);
    Files.write(indexPath(), bytes.array());
  }
}
