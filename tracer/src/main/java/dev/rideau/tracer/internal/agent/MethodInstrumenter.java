package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.internal.filter.Glob;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts calls of [MethodHooks] around the methods of classes whose name matches a pattern. A class
/// that cannot be changed stays as it is.
final class MethodInstrumenter implements ClassFileTransformer {
  private static final ClassDesc HOOKS = ClassDesc.of(MethodHooks.class.getName());
  private static final ClassDesc THROWABLE = ClassDesc.of("java.lang.Throwable");
  private static final MethodTypeDesc ON_METHOD =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
  private static final MethodTypeDesc ON_THROW =
      MethodTypeDesc.of(ConstantDescs.CD_void, THROWABLE, ConstantDescs.CD_String);

  // Their classes are needed to emit an event.
  private static final List<String> NEVER =
      List.of("java/", "javax/", "jdk/", "sun/", "com/sun/", "dev/rideau/tracer/");

  private final List<String> patterns;

  /// @param patterns of names of classes, as in `shop.*`
  MethodInstrumenter(List<String> patterns) {
    this.patterns = patterns;
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
    if (patterns.stream().noneMatch(pattern -> Glob.matches(pattern, type))) {
      return null;
    }
    try {
      return instrumented(loader, type, bytes);
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

  private static byte[] instrumented(ClassLoader loader, String type, byte[] bytes) {
    ClassFile classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    ClassModel model = classFile.parse(bytes);
    return classFile.transformClass(
        model,
        (builder, element) -> {
          if (element instanceof MethodModel method
              && method.code().isPresent()
              && !method.methodName().stringValue().startsWith("<")) {
            String name = type + "." + method.methodName().stringValue();
            builder.transformMethod(
                method,
                (methodBuilder, part) -> {
                  if (part instanceof CodeModel code) {
                    methodBuilder.transformCode(code, new Around(name));
                  } else {
                    methodBuilder.with(part);
                  }
                });
          } else {
            builder.with(element);
          }
        });
  }

  /// The change of one method.
  private static final class Around implements CodeTransform {
    private final String name;
    private @Nullable Label begin;

    Around(String name) {
      this.name = name;
    }

    @Override
    public void atStart(CodeBuilder code) {
      code.ldc(name).invokestatic(HOOKS, "enter", ON_METHOD);
      begin = code.newBoundLabel();
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (element instanceof ReturnInstruction) {
        code.ldc(name).invokestatic(HOOKS, "exit", ON_METHOD);
      }
      code.with(element);
    }

    @Override
    public void atEnd(CodeBuilder code) {
      Label first = begin;
      if (first == null) {
        return;
      }
      Label handler = code.newBoundLabel();
      code.exceptionCatchAll(first, handler, handler);
      code.dup().ldc(name).invokestatic(HOOKS, "thrown", ON_THROW).athrow();
    }
  }
}
