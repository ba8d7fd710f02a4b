package dev.rideau.tracer.internal.schema;

import dev.rideau.tracer.Field;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;
import dev.rideau.tracer.TracerException;
import dev.rideau.tracer.internal.schema.FieldShape.Enumeration;
import dev.rideau.tracer.internal.schema.FieldShape.Maybe;
import dev.rideau.tracer.internal.schema.FieldShape.NamedField;
import dev.rideau.tracer.internal.schema.FieldShape.Nested;
import dev.rideau.tracer.internal.schema.FieldShape.Scalar;
import dev.rideau.tracer.internal.schema.FieldShape.Sequence;
import dev.rideau.tracer.internal.schema.FieldShape.Text;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the shape of events from annotated types, and says what is wrong with them.
public final class ShapeReader {
  private static final int MOST_DEPTH = 16;
  private static final int MOST_LIMIT = 1 << 24;
  private static final String OWN_PACKAGE = "dev.rideau.tracer.internal.";

  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          Boolean.class, boolean.class,
          Byte.class, byte.class,
          Short.class, short.class,
          Character.class, char.class,
          Integer.class, int.class,
          Long.class, long.class,
          Float.class, float.class,
          Double.class, double.class);

  private static final Map<Class<?>, Class<?>> OPTIONALS =
      Map.of(
          OptionalInt.class, int.class,
          OptionalLong.class, long.class,
          OptionalDouble.class, double.class);

  private final Set<Class<?>> open = new HashSet<>();

  private ShapeReader() {}

  /// The primitive in a box, or null.
  public static @Nullable Class<?> unboxed(Class<?> type) {
    return BOXES.get(type);
  }

  /// Reads a record.
  public static EventShape record(Class<?> type) {
    String where = type.getName();
    if (!type.isRecord()) {
      throw new TracerException(where + ": is not a record");
    }
    TraceEvent event = type.getAnnotation(TraceEvent.class);
    if (event == null) {
      throw new TracerException(where + ": has no @TraceEvent(\"provider:event\")");
    }
    int colon = event.value().indexOf(':');
    if (colon < 0) {
      throw new TracerException(
          where + ": the name '" + event.value() + "' must be 'provider:event'");
    }
    String name =
        Names.event(
            event.value().substring(0, colon),
            event.value().substring(colon + 1),
            where,
            isOwn(type));
    return new EventShape(name, event.level(), new ShapeReader().components(type, where));
  }

  /// Reads a method of a provider.
  public static EventShape method(Class<?> provider, Method method) {
    String where = provider.getName() + "." + method.getName();
    TraceProvider annotation = provider.getAnnotation(TraceProvider.class);
    if (annotation == null) {
      throw new TracerException(provider.getName() + ": has no @TraceProvider(\"name\")");
    }
    TraceEvent event = method.getAnnotation(TraceEvent.class);
    if (event == null) {
      throw new TracerException(
          where + ": has no @TraceEvent, and is not the question '<event>Enabled()'");
    }
    if (method.getReturnType() != void.class) {
      throw new TracerException(where + ": an event returns void");
    }
    String name =
        Names.event(
            annotation.value(),
            event.value().isEmpty() ? method.getName() : event.value(),
            where,
            isOwn(provider));
    return new EventShape(name, event.level(), new ShapeReader().parameters(method, where));
  }

  private static boolean isOwn(Class<?> type) {
    return type.getName().startsWith(OWN_PACKAGE)
        && Objects.equals(type.getClassLoader(), ShapeReader.class.getClassLoader());
  }

  private List<NamedField> parameters(Method method, String where) {
    List<NamedField> fields = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      Field field = parameter.getAnnotation(Field.class);
      if (!parameter.isNamePresent() && (field == null || field.value().isEmpty())) {
        throw new TracerException(
            where
                + ": the names of its parameters are unknown; compile with -parameters or write"
                + " @Field(\"name\")");
      }
      fields.add(
          field(
              parameter.getName(),
              "",
              parameter.getType(),
              parameter.getParameterizedType(),
              parameter,
              where));
    }
    return checked(fields, where);
  }

  private List<NamedField> components(Class<?> type, String where) {
    if (!open.add(type) || open.size() > MOST_DEPTH) {
      throw new TracerException(where + ": the record " + type.getName() + " contains itself");
    }
    List<NamedField> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      fields.add(
          field(
              component.getName(),
              component.getName(),
              component.getType(),
              component.getGenericType(),
              component,
              where));
    }
    open.remove(type);
    return checked(fields, where);
  }

  private static List<NamedField> checked(List<NamedField> fields, String where) {
    Set<String> names = new HashSet<>();
    for (NamedField field : fields) {
      if (!names.add(field.name())) {
        throw new TracerException(where + ": two fields are called '" + field.name() + "'");
      }
      if (names.contains("_" + field.name())) {
        throw new TracerException(
            where
                + ": the field '"
                + field.name()
                + "' cannot come behind '_"
                + field.name()
                + "', since babeltrace2 takes the two for one; turn them round, or rename one");
      }
    }
    return List.copyOf(fields);
  }

  private NamedField field(
      String declared,
      String accessor,
      Class<?> type,
      Type generic,
      AnnotatedElement annotated,
      String where) {
    Field field = annotated.getAnnotation(Field.class);
    String name =
        Names.field(field == null || field.value().isEmpty() ? declared : field.value(), where);
    String place = where + "." + name;
    Options options = Options.of(field, place);
    return new NamedField(name, accessor, type, shape(type, generic, options, place));
  }

  private record Options(int limit, boolean unsigned, int base) {
    static Options of(@Nullable Field field, String where) {
      if (field == null) {
        return new Options(4096, false, 10);
      }
      int base = field.base();
      if (base != 2 && base != 8 && base != 10 && base != 16) {
        throw new TracerException(where + ": the base is " + base + ", but must be 2, 8, 10 or 16");
      }
      if (field.limit() < 0 || field.limit() > MOST_LIMIT) {
        throw new TracerException(
            where + ": the limit is " + field.limit() + ", but must be from 0 to " + MOST_LIMIT);
      }
      return new Options(field.limit(), field.unsigned(), base);
    }
  }

  private FieldShape shape(Class<?> type, Type generic, Options options, String where) {
    if (type.isPrimitive()) {
      return scalar(type, options);
    }
    if (type == String.class) {
      return new Text(options.limit());
    }
    if (type.isEnum()) {
      return enumeration(type);
    }
    if (type.isArray() && type.componentType().isPrimitive()) {
      return new Sequence(scalar(type.componentType(), options), options.limit());
    }
    if (type.isRecord()) {
      return new Nested(type, components(type, where));
    }
    Class<?> primitive = unboxed(type) != null ? unboxed(type) : OPTIONALS.get(type);
    if (primitive != null) {
      return new Maybe(type, scalar(primitive, options));
    }
    if (type == Optional.class) {
      return optional(generic, options, where);
    }
    throw new TracerException(
        where
            + ": a field cannot be a "
            + type.getTypeName()
            + "; it can be a primitive, its box, String, an enum, an array of primitives, a record,"
            + " or an optional of these");
  }

  private FieldShape optional(Type generic, Options options, String where) {
    if (generic instanceof ParameterizedType parameterized
        && parameterized.getActualTypeArguments()[0] instanceof Class<?> type) {
      Class<?> primitive = unboxed(type);
      FieldShape value =
          primitive != null ? scalar(primitive, options) : shape(type, type, options, where);
      if (value instanceof Maybe) {
        throw new TracerException(where + ": an optional of an optional is not a field");
      }
      return new Maybe(Optional.class, value);
    }
    throw new TracerException(where + ": an Optional must say of what, as in Optional<String>");
  }

  private static Scalar scalar(Class<?> type, Options options) {
    boolean unsigned = options.unsigned() || type == boolean.class || type == char.class;
    return new Scalar(type, unsigned, options.base());
  }

  private static Enumeration enumeration(Class<?> type) {
    List<String> labels = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      labels.add(((Enum<?>) constant).name());
    }
    return new Enumeration(type, List.copyOf(labels));
  }
}
