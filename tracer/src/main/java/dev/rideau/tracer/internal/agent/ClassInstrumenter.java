package dev.rideau.tracer.internal.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes the classes that the options name, while they are loaded or replaced. A class that
/// cannot be changed stays as it is.
final class ClassInstrumenter implements ClassFileTransformer {
  // Their classes are needed to emit an event.
  private static final List<String> NEVER =
      List.of("java/", "javax/", "jdk/", "sun/", "com/sun/", "dev/rideau/tracer/");

  private final AgentOptions options;

  ClassInstrumenter(AgentOptions options) {
    this.options = options;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (name == null || isNever(loader, name)) {
      return null;
    }
    String type = name.replace('/', '.');
    boolean methods = AgentOptions.matches(options.methods(), type);
    boolean monitors = AgentOptions.matches(options.monitors(), type);
    boolean spans = AgentOptions.matches(options.spans(), type);
    if (!methods && !monitors && !spans) {
      return null;
    }
    try {
      ClassFile classFile = classFile(loader);
      byte[] changed = bytes;
      // Calls first: what the others add is not of the program.
      changed = spans ? new CallChange(type).apply(classFile, changed) : changed;
      changed = monitors ? MonitorChange.apply(classFile, type, changed) : changed;
      return methods ? MethodChange.apply(classFile, type, changed) : changed;
    } catch (RuntimeException | LinkageError failure) {
      unchanged(type, failure);
      return null;
    }
  }

  /// Whether a class is never changed.
  ///
  /// @param name with slashes
  static boolean isNever(@Nullable ClassLoader loader, String name) {
    return loader == null || NEVER.stream().anyMatch(name::startsWith);
  }

  /// How classes of a loader are read and written.
  static ClassFile classFile(@Nullable ClassLoader loader) {
    return ClassFile.of(
        ClassFile.ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(loader)
                .orElse(ClassHierarchyResolver.defaultResolver())));
  }

  /// Tells of a class that stays as it is.
  static void unchanged(String type, Throwable reason) {
    System.getLogger("dev.rideau.tracer")
        .log(
            System.Logger.Level.WARNING,
            "a class is not instrumented: class={0}, reason={1}",
            type,
            reason.toString());
  }
}
