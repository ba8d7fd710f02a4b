package dev.rideau.tracer.internal.agent;

import java.lang.classfile.ClassFile;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives method events to classes that a program has loaded before the agent came.
///
/// The JVM lets nobody add methods to such a class or change what a method is, so there are no
/// spans and no waits for monitors of them.
final class LoadedClasses implements ClassFileTransformer {
  private final AgentOptions options;

  private LoadedClasses(AgentOptions options) {
    this.options = options;
  }

  /// Changes those of the classes whose methods the options want. Each one that cannot be changed
  /// stays as it is.
  static void change(Instrumentation instrumentation, List<Class<?>> loaded, AgentOptions options) {
    List<Class<?>> wanted = new ArrayList<>();
    int without = 0;
    for (Class<?> each : loaded) {
      if (ClassInstrumenter.isNever(each.getClassLoader(), each.getName().replace('.', '/'))
          || !instrumentation.isModifiableClass(each)) {
        continue;
      }
      if (AgentOptions.matches(options.methods(), each.getName())) {
        wanted.add(each);
      }
      if (AgentOptions.matches(options.spans(), each.getName())
          || AgentOptions.matches(options.monitors(), each.getName())) {
        without++;
      }
    }
    if (!wanted.isEmpty()) {
      instrumentation.addTransformer(new LoadedClasses(options), true);
    }
    for (Class<?> each : wanted) {
      try {
        instrumentation.retransformClasses(each);
      } catch (UnmodifiableClassException | RuntimeException | LinkageError failure) {
        ClassInstrumenter.unchanged(each.getName(), failure);
      }
    }
    if (without > 0) {
      System.getLogger("dev.rideau.tracer")
          .log(
              System.Logger.Level.WARNING,
              "classes that were loaded before the agent have neither spans nor waits for"
                  + " monitors, start the program with the agent for them: classes={0}",
              without);
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (redefined == null
        || name == null
        || ClassInstrumenter.isNever(loader, name)
        || !AgentOptions.matches(options.methods(), name.replace('/', '.'))) {
      return null;
    }
    try {
      ClassFile classFile = ClassInstrumenter.classFile(redefined.getClassLoader());
      return MethodChange.apply(classFile, name.replace('/', '.'), bytes);
    } catch (RuntimeException | LinkageError failure) {
      ClassInstrumenter.unchanged(redefined.getName(), failure);
      return null;
    }
  }
}
