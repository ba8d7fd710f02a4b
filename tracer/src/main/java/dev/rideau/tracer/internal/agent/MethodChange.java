package dev.rideau.tracer.internal.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.jspecify.annotations.Nullable;

/// Puts calls of [MethodHooks] around all methods of a class but constructors.
final class MethodChange implements CodeTransform {
  private static final ClassDesc HOOKS = ClassDesc.of(MethodHooks.class.getName());
  private static final MethodTypeDesc ON_METHOD =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
  private static final MethodTypeDesc ON_THROW =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Throwable, ConstantDescs.CD_String);

  private final String name;
  private @Nullable Label begin;

  private MethodChange(String name) {
    this.name = name;
  }

  /// @return the very bytes where that has been done before
  static byte[] apply(ClassFile classFile, String type, byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    if (callsHooks(model)) {
      return bytes;
    }
    return classFile.transformClass(
        model,
        (builder, element) -> {
          if (element instanceof MethodModel method
              && method.code().isPresent()
              && !method.methodName().stringValue().startsWith("<")
              && !method.methodName().stringValue().startsWith(CallChange.PREFIX)) {
            String name = type + "." + method.methodName().stringValue();
            builder.transformMethod(
                method, MethodTransform.transformingCode(new MethodChange(name)));
          } else {
            builder.with(element);
          }
        });
  }

  private static boolean callsHooks(ClassModel model) {
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry type && type.asSymbol().equals(HOOKS)) {
        return true;
      }
    }
    return false;
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
