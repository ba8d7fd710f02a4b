package dev.rideau.tracer;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// An interface with one event of random fields, made by the Java compiler, and random values for
/// it together with what a reader must find.
public final class RandomProvider {
  /// A kind of field.
  ///
  /// @param source the type as it stands in Java
  /// @param value a random argument
  /// @param expected what the reader finds for an argument
  private record Kind(
      String source,
      Function<Random, @Nullable Object> value,
      Function<@Nullable Object, @Nullable Object> expected) {}

  public enum Letter {
    ALPHA,
    BETA,
    GAMMA
  }

  public record Pair(int left, String right) {}

  public record Deep(byte[] bytes, Optional<Pair> pair, long last) {}

  private static final String OUTER = RandomProvider.class.getName();
  private static final int LIMIT = 12;
  private final List<Kind> kinds = new ArrayList<>();
  private final Object implementation;
  private final Method event;
  final String source;

  RandomProvider(Random random, String name) throws Exception {
    List<Kind> all = kinds();
    StringBuilder parameters = new StringBuilder();
    int count = random.nextInt(9);
    for (int i = 0; i < count; i++) {
      Kind kind = all.get(random.nextInt(all.size()));
      kinds.add(kind);
      parameters.append(i == 0 ? "" : ", ");
      parameters.append("@Field(value = \"f").append(i).append("\", limit = ").append(LIMIT);
      parameters.append(") ").append(kind.source()).append(" f").append(i);
    }
    source =
        "package random; import dev.rideau.tracer.*; import java.util.*;"
            + " @TraceProvider(\"random\") public interface "
            + name
            + " { @TraceEvent(\""
            + name
            + "\") void emit("
            + parameters
            + "); }";
    Class<?> type = compile("random." + name, source);
    implementation = Tracer.provider(type);
    event =
        IntStream.range(0, type.getMethods().length)
            .mapToObj(i -> type.getMethods()[i])
            .filter(method -> method.getName().equals("emit"))
            .findFirst()
            .orElseThrow();
  }

  /// Emits an event with random values.
  ///
  /// @return what the reader must find
  Map<String, Object> emit(Random random) throws Exception {
    Object[] arguments = new Object[kinds.size()];
    Map<String, Object> expected = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = kinds.get(i).value().apply(random);
      expected.put("f" + i, kinds.get(i).expected().apply(arguments[i]));
    }
    event.invoke(implementation, arguments);
    return expected;
  }

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(
        new Kind("boolean", Random::nextBoolean, value -> Boolean.TRUE.equals(value) ? 1L : 0L));
    kinds.add(new Kind("byte", random -> (byte) random.nextInt(), RandomProvider::number));
    kinds.add(new Kind("short", random -> (short) random.nextInt(), RandomProvider::number));
    kinds.add(
        new Kind(
            "char",
            random -> (char) random.nextInt(),
            value -> value instanceof Character letter ? (long) letter : null));
    kinds.add(new Kind("int", Random::nextInt, RandomProvider::number));
    kinds.add(new Kind("long", Random::nextLong, RandomProvider::number));
    kinds.add(new Kind("float", Random::nextFloat, RandomProvider::real));
    kinds.add(new Kind("double", Random::nextGaussian, RandomProvider::real));
    kinds.add(new Kind("String", RandomProvider::text, RandomProvider::cut));
    kinds.add(new Kind("byte[]", random -> array(byte.class, random), RandomProvider::list));
    kinds.add(new Kind("short[]", random -> array(short.class, random), RandomProvider::list));
    kinds.add(new Kind("int[]", random -> array(int.class, random), RandomProvider::list));
    kinds.add(new Kind("long[]", random -> array(long.class, random), RandomProvider::list));
    kinds.add(new Kind("double[]", random -> array(double.class, random), RandomProvider::list));
    kinds.add(
        new Kind(
            OUTER + ".Letter",
            random -> random.nextInt(5) == 0 ? null : Letter.values()[random.nextInt(3)],
            value -> value == null ? 3L : (long) ((Letter) value).ordinal()));
    kinds.add(new Kind(OUTER + ".Pair", RandomProvider::pair, RandomProvider::pairFields));
    kinds.add(new Kind(OUTER + ".Deep", RandomProvider::deep, RandomProvider::deepFields));
    kinds.add(
        new Kind(
            "OptionalInt",
            random -> random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty(),
            value ->
                value instanceof OptionalInt some && some.isPresent()
                    ? (long) some.getAsInt()
                    : null));
    kinds.add(
        new Kind(
            "OptionalLong",
            random ->
                random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
            value ->
                value instanceof OptionalLong some && some.isPresent() ? some.getAsLong() : null));
    kinds.add(
        new Kind(
            "OptionalDouble",
            random ->
                random.nextBoolean()
                    ? OptionalDouble.of(random.nextDouble())
                    : OptionalDouble.empty(),
            value ->
                value instanceof OptionalDouble some && some.isPresent()
                    ? some.getAsDouble()
                    : null));
    kinds.add(
        new Kind(
            "Short",
            random -> random.nextBoolean() ? (short) random.nextInt() : null,
            value -> value == null ? null : number(value)));
    kinds.add(
        new Kind(
            "Optional<String>",
            random -> Optional.ofNullable(random.nextBoolean() ? text(random) : null),
            value ->
                value instanceof Optional<?> some && some.isPresent() ? cut(some.get()) : null));
    kinds.add(
        new Kind(
            "Optional<" + OUTER + ".Pair>",
            random -> Optional.ofNullable(random.nextBoolean() ? pair(random) : null),
            value ->
                value instanceof Optional<?> some && some.isPresent()
                    ? pairFields(some.get())
                    : null));
    return kinds;
  }

  private static Object number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0L;
  }

  private static Object real(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : 0.0;
  }

  private static @Nullable Object array(Class<?> type, Random random) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    Object array = Array.newInstance(type, random.nextInt(LIMIT * 2));
    for (int i = 0; i < Array.getLength(array); i++) {
      if (type == double.class) {
        Array.setDouble(array, i, random.nextDouble());
      } else {
        // Widening, so small numbers fit all types.
        byte value = (byte) random.nextInt();
        switch (type.getName()) {
          case "byte" -> Array.setByte(array, i, value);
          case "short" -> Array.setShort(array, i, value);
          case "int" -> Array.setInt(array, i, random.nextInt());
          default -> Array.setLong(array, i, random.nextLong());
        }
      }
    }
    return array;
  }

  private static Object list(@Nullable Object array) {
    List<Object> values = new ArrayList<>();
    if (array != null) {
      for (int i = 0; i < Math.min(LIMIT, Array.getLength(array)); i++) {
        Object element = Array.get(array, i);
        values.add(element instanceof Double ? element : number(element));
      }
    }
    return values;
  }

  private static @Nullable String text(Random random) {
    int length = random.nextInt(LIMIT * 2);
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 ->
          IntStream.range(0, length)
              .mapToObj(_ -> Character.toString(random.nextInt(0x11000)))
              .collect(Collectors.joining());
      default ->
          IntStream.range(0, length)
              .mapToObj(_ -> Character.toString(' ' + random.nextInt(95)))
              .collect(Collectors.joining());
    };
  }

  // The plain twin of the serialiser's UTF-8.
  private static Object cut(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    StringBuilder result = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      String one = point == 0 ? "\u2400" : Character.toString(point);
      byte[] encoded = one.getBytes(StandardCharsets.UTF_8); // half a pair becomes '?'
      bytes += encoded.length;
      if (bytes > LIMIT) {
        break;
      }
      result.append(new String(encoded, StandardCharsets.UTF_8));
    }
    return result.toString();
  }

  private static @Nullable Pair pair(Random random) {
    return random.nextInt(6) == 0 ? null : new Pair(random.nextInt(), "r" + random.nextInt(1000));
  }

  private static Object pairFields(@Nullable Object value) {
    return value instanceof Pair(int left, String right)
        ? Map.of("left", (long) left, "right", right)
        : Map.of("left", 0L, "right", "");
  }

  private static @Nullable Deep deep(Random random) {
    return random.nextInt(6) == 0
        ? null
        : new Deep(
            new byte[random.nextInt(4)], Optional.ofNullable(pair(random)), random.nextLong());
  }

  private static Object deepFields(@Nullable Object value) {
    Map<String, Object> fields = new HashMap<>();
    if (value instanceof Deep(byte[] bytes, Optional<Pair> pair, long last)) {
      fields.put("bytes", list(bytes));
      fields.put("pair", pair.isPresent() ? pairFields(pair.get()) : null);
      fields.put("last", last);
    } else {
      fields.put("bytes", List.of());
      fields.put("pair", null);
      fields.put("last", 0L);
    }
    return fields;
  }

  private static Class<?> compile(String name, String source) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JavaFileObject input =
        new SimpleJavaFileObject(
            URI.create("string:///" + name.replace('.', '/') + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    try (JavaFileManager manager =
        new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location,
              String className,
              JavaFileObject.Kind kind,
              javax.tools.FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
              @Override
              public OutputStream openOutputStream() {
                return bytes;
              }
            };
          }
        }) {
      List<String> options =
          List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
      if (!compiler.getTask(null, manager, null, options, null, List.of(input)).call()) {
        throw new AssertionError(source);
      }
    }
    ClassLoader loader =
        new ClassLoader(RandomProvider.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String wanted) {
            return defineClass(wanted, bytes.toByteArray(), 0, bytes.size());
          }
        };
    return loader.loadClass(name);
  }
}
