package dev.rideau.tracer.internal.agent;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import org.jspecify.annotations.Nullable;

/// Measures how long a class waits for monitors.
///
/// The clock is read before and after each `synchronized` block is entered. A synchronized method
/// becomes one with such a block around all of it.
final class MonitorChange implements CodeTransform {
  private static final ClassDesc HOOKS = ClassDesc.of(MonitorHooks.class.getName());
  private static final MethodTypeDesc AFTER =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_long,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_String);

  private final String name;
  private final boolean isSynchronized;
  private final @Nullable ClassDesc staticOwner;
  private int lock = -1;
  private @Nullable Label begin;

  /// @param isSynchronized whether the method takes the monitor of its object
  /// @param staticOwner or of this class, when it is static
  private MonitorChange(String name, boolean isSynchronized, @Nullable ClassDesc staticOwner) {
    this.name = name;
    this.isSynchronized = isSynchronized;
    this.staticOwner = staticOwner;
  }

  static byte[] apply(ClassFile classFile, String type, byte[] bytes) {
    return classFile.transformClass(
        classFile.parse(bytes),
        (builder, element) -> {
          if (element instanceof MethodModel method && method.code().isPresent()) {
            String name = type + "." + method.methodName().stringValue();
            boolean isSynchronized = method.flags().has(AccessFlag.SYNCHRONIZED);
            ClassDesc owner = method.flags().has(AccessFlag.STATIC) ? ClassDesc.of(type) : null;
            builder.transformMethod(
                method,
                (methodBuilder, part) -> {
                  switch (part) {
                    case CodeModel code ->
                        methodBuilder.transformCode(
                            code, new MonitorChange(name, isSynchronized, owner));
                    case AccessFlags flags ->
                        methodBuilder.withFlags(flags.flagsMask() & ~ClassFile.ACC_SYNCHRONIZED);
                    default -> methodBuilder.with(part);
                  }
                });
          } else {
            builder.with(element);
          }
        });
  }

  @Override
  public void atStart(CodeBuilder code) {
    if (!isSynchronized) {
      return;
    }
    ClassDesc owner = staticOwner;
    if (owner == null) {
      code.aload(0);
    } else {
      code.loadConstant(owner);
    }
    lock = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(lock).aload(lock);
    enter(code);
    begin = code.newBoundLabel();
  }

  @Override
  public void accept(CodeBuilder code, CodeElement element) {
    if (element instanceof MonitorInstruction monitor && monitor.opcode() == Opcode.MONITORENTER) {
      enter(code);
      return;
    }
    if (isSynchronized && element instanceof ReturnInstruction) {
      code.aload(lock).monitorexit();
    }
    code.with(element);
  }

  // Takes the monitor of the object on the stack.
  private void enter(CodeBuilder code) {
    int object = code.allocateLocal(TypeKind.REFERENCE);
    int before = code.allocateLocal(TypeKind.LONG);
    code.dup().astore(object);
    code.invokestatic(HOOKS, "before", MethodTypeDesc.of(ConstantDescs.CD_long)).lstore(before);
    code.monitorenter();
    code.lload(before).aload(object).ldc(name).invokestatic(HOOKS, "after", AFTER);
  }

  @Override
  public void atEnd(CodeBuilder code) {
    Label first = begin;
    if (first == null) {
      return;
    }
    Label handler = code.newBoundLabel();
    code.exceptionCatchAll(first, handler, handler);
    code.aload(lock).monitorexit().athrow();
  }
}
