package dev.rideau.tracer.internal.agent;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes spans of calls that a class makes to databases and over HTTP, and of requests that it
/// serves.
///
/// A call is replaced by one of a method that is added to the class, which takes the receiver and
/// the arguments, tells [SpanHooks] when it begins and how it ends, and calls what was meant.
final class CallChange implements ClassTransform {
  /// How the names of added methods begin.
  static final String PREFIX = "rideau$call";

  private static final ClassDesc HOOKS = ClassDesc.of(SpanHooks.class.getName());
  private static final MethodTypeDesc BEGIN_CALL =
      MethodTypeDesc.of(
          ConstantDescs.CD_long,
          ConstantDescs.CD_int,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_Object);
  private static final MethodTypeDesc END_CALL =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_long,
          ConstantDescs.CD_int,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_Throwable);
  private static final MethodTypeDesc BEGIN_SERVE =
      MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_Object);
  private static final MethodTypeDesc END_SERVE =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long, ConstantDescs.CD_Throwable);
  private static final ClassDesc EXCHANGE = ClassDesc.of("com.sun.net.httpserver.HttpExchange");

  private record Call(Opcode opcode, ClassDesc owner, String name, MethodTypeDesc type) {}

  private final ClassDesc self;
  private final Map<Call, String> added = new LinkedHashMap<>();
  private boolean isInterface;

  CallChange(String type) {
    self = ClassDesc.of(type);
  }

  byte[] apply(ClassFile classFile, byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    isInterface = model.flags().has(AccessFlag.INTERFACE);
    return classFile.transformClass(model, this);
  }

  @Override
  public void accept(ClassBuilder builder, ClassElement element) {
    if (!(element instanceof MethodModel method) || method.code().isEmpty()) {
      builder.with(element);
      return;
    }
    CodeTransform calls = this::replace;
    boolean serves =
        !method.methodName().stringValue().startsWith("<")
            && CallKind.serves(method.methodType().stringValue());
    builder.transformMethod(
        method,
        MethodTransform.transformingCode(serves ? calls.andThen(new Serving(method)) : calls));
  }

  private void replace(CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeInstruction invoke
        && (invoke.opcode() == Opcode.INVOKEVIRTUAL || invoke.opcode() == Opcode.INVOKEINTERFACE)
        && CallKind.of(invoke.owner().asInternalName(), invoke.name().stringValue()) != null) {
      Call call =
          new Call(
              invoke.opcode(),
              invoke.owner().asSymbol(),
              invoke.name().stringValue(),
              invoke.typeSymbol());
      String bridge = added.computeIfAbsent(call, _ -> PREFIX + added.size());
      code.invokestatic(
          self, bridge, call.type().insertParameterTypes(0, call.owner()), isInterface);
    } else {
      code.with(element);
    }
  }

  @Override
  public void atEnd(ClassBuilder builder) {
    added.forEach((call, name) ->
        builder.withMethodBody(
            name,
            call.type().insertParameterTypes(0, call.owner()),
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
            code -> bridge(code, call)));
  }

  private static void bridge(CodeBuilder code, Call call) {
    String owner = call.owner().descriptorString();
    CallKind kind = CallKind.of(owner.substring(1, owner.length() - 1), call.name());
    int number = kind == null ? 0 : kind.ordinal();
    int span = code.allocateLocal(TypeKind.LONG);
    code.loadConstant(number);
    subject(code, call);
    code.invokestatic(HOOKS, "begin", BEGIN_CALL).lstore(span);
    code.trying(
        body -> {
          body.aload(body.parameterSlot(0));
          for (int i = 0; i < call.type().parameterCount(); i++) {
            body.loadLocal(TypeKind.from(call.type().parameterType(i)), body.parameterSlot(i + 1));
          }
          if (call.opcode() == Opcode.INVOKEINTERFACE) {
            body.invokeinterface(call.owner(), call.name(), call.type());
          } else {
            body.invokevirtual(call.owner(), call.name(), call.type());
          }
          TypeKind returned = TypeKind.from(call.type().returnType());
          int result = -1;
          if (returned != TypeKind.VOID) {
            result = body.allocateLocal(returned);
            body.storeLocal(returned, result);
          }
          body.lload(span).loadConstant(number);
          subject(body, call);
          if (returned == TypeKind.REFERENCE) {
            body.aload(result);
          } else {
            body.aconst_null();
          }
          body.aconst_null().invokestatic(HOOKS, "end", END_CALL);
          if (returned != TypeKind.VOID) {
            body.loadLocal(returned, result);
          }
          body.return_(returned);
        },
        handlers ->
            handlers.catchingAll(handler -> {
              int thrown = handler.allocateLocal(TypeKind.REFERENCE);
              handler.astore(thrown).lload(span).loadConstant(number);
              subject(handler, call);
              handler.aconst_null().aload(thrown).invokestatic(HOOKS, "end", END_CALL);
              handler.aload(thrown).athrow();
            }));
  }

  // The receiver, and the first argument if it is an object.
  private static void subject(CodeBuilder code, Call call) {
    code.aload(code.parameterSlot(0));
    boolean hasObject =
        call.type().parameterCount() > 0 && !call.type().parameterType(0).isPrimitive();
    if (hasObject) {
      code.aload(code.parameterSlot(1));
    } else {
      code.aconst_null();
    }
  }

  /// The change of a method that serves a request.
  private static final class Serving implements CodeTransform {
    private final int request;
    private final ClassDesc type;
    private int span;
    private @Nullable Label begin;

    Serving(MethodModel method) {
      request = method.flags().has(AccessFlag.STATIC) ? 0 : 1;
      type = method.methodTypeSymbol().parameterType(0);
    }

    @Override
    public void atStart(CodeBuilder code) {
      code.aload(request);
      if (type.equals(EXCHANGE)) {
        code.invokevirtual(
            EXCHANGE, "getRequestURI", MethodTypeDesc.of(ClassDesc.of("java.net.URI")));
      } else {
        code.invokeinterface(type, "getRequestURI", MethodTypeDesc.of(ConstantDescs.CD_String));
      }
      span = code.allocateLocal(TypeKind.LONG);
      code.invokestatic(HOOKS, "beginServing", BEGIN_SERVE).lstore(span);
      begin = code.newBoundLabel();
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (element instanceof ReturnInstruction) {
        code.lload(span).aconst_null().invokestatic(HOOKS, "endServing", END_SERVE);
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
      int thrown = code.allocateLocal(TypeKind.REFERENCE);
      code.astore(thrown).lload(span).aload(thrown);
      code.invokestatic(HOOKS, "endServing", END_SERVE).aload(thrown).athrow();
    }
  }
}
