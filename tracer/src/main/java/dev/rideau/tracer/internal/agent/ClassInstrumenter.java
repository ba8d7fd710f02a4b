package dev.rideau.tracer.internal.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes the classes that the options name, while they are loaded. A class that cannot be changed
/// stays as it is.
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
    if (loader == null || name == null || NEVER.stream().anyMatch(name::startsWith)) {
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
      ClassFile classFile =
          ClassFile.of(
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(loader)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      byte[] changed = bytes;
      // Calls first: what the others add is not of the program.
      changed = spans ? new CallChange(type).apply(classFile, changed) : changed;
      changed = monitors ? MonitorChange.apply(classFile, type, changed) : changed;
      return methods ? MethodChange.apply(classFile, type, changed) : changed;
    } catch (RuntimeException | LinkageError failure) {
      System.getLogger("dev.rideau.tracer")
          .log(
              System.Logger.Level.WARNING,
              "a class is not instrumented: class={0}, reason={1}",
              type,
              failure.toString());
      return null;
    }
  }
}
