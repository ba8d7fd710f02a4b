import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Gives classes ordinary methods in place of calls that the JVM links when they first run.
///
/// javac leaves two things to the JDK's own bootstrap methods: which pattern of a `switch` matches,
/// and `equals` and `hashCode` of a record. Each such place makes classes at run time, a millisecond
/// or two at every start, and an AOT cache does not keep them (it does keep lambdas). What stands
/// here instead does the same in plain instructions.
///
/// One object transforms one class.
final class PlainCalls implements ClassTransform {
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

  private static final MethodTypeDesc EQUALS =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object);

  private final ClassModel model;
  private final ClassDesc owner;
  private final boolean isInterface;
  private final List<Consumer<ClassBuilder>> additions = new ArrayList<>();

  PlainCalls(ClassModel model) {
    this.model = model;
    owner = model.thisClass().asSymbol();
    isInterface = model.flags().has(AccessFlag.INTERFACE);
  }

  /// Whether a class holds calls to replace.
  static boolean isNeeded(ClassModel model) {
    return model.methods().stream().anyMatch(PlainCalls::isNeeded);
  }

  private static boolean isNeeded(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .anyMatch(element -> element instanceof InvokeDynamicInstruction call && isReplaced(call));
  }

  private static boolean isReplaced(InvokeDynamicInstruction call) {
    DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
    return switch (bootstrap.owner().descriptorString() + bootstrap.methodName()) {
      // Enum constants and numbers among the labels are rare and stay as they are.
      case "Ljava/lang/runtime/SwitchBootstraps;typeSwitch" ->
          call.bootstrapArgs().stream()
              .allMatch(label -> label instanceof ClassDesc || label instanceof String);
      case "Ljava/lang/runtime/ObjectMethods;bootstrap" ->
          !call.name().equalsString("toString");
      default -> false;
    };
  }

  @Override
  public void accept(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel method && isNeeded(method)) {
      builder.transformMethod(method, MethodTransform.transformingCode(this::replace));
    } else {
      builder.with(element);
    }
  }

  @Override
  public void atEnd(ClassBuilder builder) {
    additions.forEach(addition -> addition.accept(builder));
  }

  private void replace(CodeBuilder code, CodeElement element) {
    if (!(element instanceof InvokeDynamicInstruction call && isReplaced(call))) {
      code.with(element);
      return;
    }
    String name = "plain$" + call.name().stringValue() + "$" + additions.size();
    MethodTypeDesc type = call.typeSymbol();
    List<ConstantDesc> arguments = call.bootstrapArgs();
    Consumer<CodeBuilder> body =
        switch (call.name().stringValue()) {
          case "typeSwitch" -> into -> typeSwitch(into, arguments);
          case "equals" -> into -> equalComponents(into, components(arguments));
          case "hashCode" -> into -> hashComponents(into, components(arguments));
          default -> throw new IllegalStateException(model.thisClass() + ": " + call);
        };
    int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
    additions.add(builder -> builder.withMethodBody(name, type, flags, body));
    code.invokestatic(owner, name, type, isInterface);
  }

  /// `(target, from)`: the number of the first label from `from` on that `target` is an instance of
  /// or equal to, the number of labels when there is none, -1 for null.
  private static void typeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
    Label present = code.newLabel();
    code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      if (labels.get(i) instanceof ClassDesc type) {
        code.aload(0).instanceOf(type).ifeq(next);
      } else {
        code.loadConstant(labels.get(i)).aload(0).invokevirtual(ConstantDescs.CD_Object, "equals", EQUALS);
        code.ifeq(next);
      }
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }

  // The arguments of the bootstrap method: the record, its components' names, then their getters.
  private static List<DirectMethodHandleDesc> components(List<ConstantDesc> arguments) {
    return arguments.stream().skip(2).map(getter -> (DirectMethodHandleDesc) getter).toList();
  }

  private void equalComponents(CodeBuilder code, List<DirectMethodHandleDesc> components) {
    Label differ = code.newLabel();
    Label other = code.newLabel();
    code.aload(0).aload(1).if_acmpne(other).iconst_1().ireturn().labelBinding(other);
    code.aload(1).instanceOf(owner).ifeq(differ);
    for (DirectMethodHandleDesc component : components) {
      ClassDesc type = component.invocationType().returnType();
      code.aload(0).getfield(owner, component.methodName(), type);
      code.aload(1).checkcast(owner).getfield(owner, component.methodName(), type);
      switch (TypeKind.from(type)) {
        case REFERENCE ->
            code.invokestatic(
                    OBJECTS,
                    "equals",
                    MethodTypeDesc.of(
                        ConstantDescs.CD_boolean,
                        ConstantDescs.CD_Object,
                        ConstantDescs.CD_Object))
                .ifeq(differ);
        case LONG -> code.lcmp().ifne(differ);
        case FLOAT, DOUBLE ->
            code.invokestatic(
                    box(type),
                    "compare",
                    MethodTypeDesc.of(ConstantDescs.CD_int, type, type))
                .ifne(differ);
        default -> code.if_icmpne(differ);
      }
    }
    code.iconst_1().ireturn().labelBinding(differ).iconst_0().ireturn();
  }

  private void hashComponents(CodeBuilder code, List<DirectMethodHandleDesc> components) {
    code.iconst_0();
    for (DirectMethodHandleDesc component : components) {
      ClassDesc type = component.invocationType().returnType();
      ClassDesc hashed = type.isPrimitive() ? type : ConstantDescs.CD_Object;
      code.bipush(31).imul().aload(0).getfield(owner, component.methodName(), type);
      code.invokestatic(
          type.isPrimitive() ? box(type) : OBJECTS,
          "hashCode",
          MethodTypeDesc.of(ConstantDescs.CD_int, hashed));
      code.iadd();
    }
    code.ireturn();
  }

  private static ClassDesc box(ClassDesc primitive) {
    return switch (primitive.displayName()) {
      case "int" -> ConstantDescs.CD_Integer;
      case "char" -> ConstantDescs.CD_Character;
      default -> {
        String name = primitive.displayName();
        yield ClassDesc.of("java.lang." + name.substring(0, 1).toUpperCase() + name.substring(1));
      }
    };
  }
}
