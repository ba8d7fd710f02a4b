package dev.rideau.tracer.internal.emit;

import dev.rideau.tracer.internal.schema.FieldShape;
import dev.rideau.tracer.internal.schema.FieldShape.Enumeration;
import dev.rideau.tracer.internal.schema.FieldShape.Maybe;
import dev.rideau.tracer.internal.schema.FieldShape.NamedField;
import dev.rideau.tracer.internal.schema.FieldShape.Nested;
import dev.rideau.tracer.internal.schema.FieldShape.Scalar;
import dev.rideau.tracer.internal.schema.FieldShape.Sequence;
import dev.rideau.tracer.internal.schema.FieldShape.Text;
import dev.rideau.tracer.internal.schema.ShapeReader;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;

/// Generates code that takes values apart into leaves. All code of the program (accessors) runs
/// here, before any room is reserved, so it may emit events itself.
final class LeafCode {
  private static final ClassDesc VALUES = PayloadCode.desc(Values.class);
  private static final MethodTypeDesc TO_BOOLEAN = MethodTypeDesc.of(ConstantDescs.CD_boolean);

  private final CodeBuilder code;
  private final List<Leaf> leaves;
  private final int[] slots;
  private int next;

  /// @param slots of the leaves
  LeafCode(CodeBuilder code, List<Leaf> leaves, int[] slots) {
    this.code = code;
    this.leaves = leaves;
    this.slots = slots;
  }

  /// Takes the components of the record in a slot.
  ///
  /// @param isNestmate whether private fields are within reach
  void components(Class<?> type, List<NamedField> fields, int slot, boolean isNestmate) {
    for (NamedField field : fields) {
      code.aload(slot);
      if (isNestmate) {
        code.getfield(PayloadCode.desc(type), field.accessor(), PayloadCode.desc(field.type()));
      } else {
        code.invokevirtual(
            PayloadCode.desc(type),
            field.accessor(),
            MethodTypeDesc.of(PayloadCode.desc(field.type())));
      }
      value(field.shape());
    }
  }

  /// Takes the value on the stack.
  void value(FieldShape shape) {
    switch (shape) {
      case Scalar scalar -> code.storeLocal(TypeKind.from(scalar.type()), slots[next++]);
      case Text _, Sequence _ -> code.astore(slots[next++]);
      case Enumeration enumeration -> {
        code.loadConstant(enumeration.nullCode());
        code.invokestatic(
            VALUES,
            "ordinal",
            MethodTypeDesc.of(
                ConstantDescs.CD_int, PayloadCode.desc(Enum.class), ConstantDescs.CD_int));
        code.istore(slots[next++]);
      }
      case Nested nested -> nested(nested);
      case Maybe maybe -> maybe(maybe);
    }
  }

  private void nested(Nested nested) {
    int slot = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(slot);
    clear(nested);
    Label end = code.newLabel();
    code.aload(slot).ifnull(end);
    int before = next;
    components(nested.type(), nested.fields(), slot, false);
    code.labelBinding(end);
    next = before + count(nested);
  }

  private void maybe(Maybe maybe) {
    int slot = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(slot);
    clear(maybe);
    Label end = code.newLabel();
    code.aload(slot).ifnull(end);
    ClassDesc wrapper = PayloadCode.desc(maybe.wrapper());
    boolean isBox = ShapeReader.unboxed(maybe.wrapper()) != null;
    if (!isBox) {
      code.aload(slot).invokevirtual(wrapper, "isPresent", TO_BOOLEAN).ifeq(end);
    }
    int before = next;
    code.iconst_1().istore(slots[next++]);
    code.aload(slot);
    if (isBox) {
      unbox(maybe.wrapper());
    } else if (maybe.wrapper() == Optional.class) {
      code.invokevirtual(wrapper, "get", MethodTypeDesc.of(ConstantDescs.CD_Object));
      castTo(maybe.value());
    } else {
      Class<?> primitive = ((Scalar) maybe.value()).type();
      String name = primitive.getName();
      code.invokevirtual(
          wrapper,
          "getAs" + Character.toUpperCase(name.charAt(0)) + name.substring(1),
          MethodTypeDesc.of(PayloadCode.desc(primitive)));
    }
    value(maybe.value());
    code.labelBinding(end);
    next = before + count(maybe);
  }

  private void castTo(FieldShape value) {
    switch (value) {
      case Scalar scalar -> {
        Class<?> box = MethodType.methodType(scalar.type()).wrap().returnType();
        code.checkcast(PayloadCode.desc(box));
        unbox(box);
      }
      case Enumeration _ -> code.checkcast(PayloadCode.desc(Enum.class));
      case Text _ -> code.checkcast(ConstantDescs.CD_String);
      case Sequence sequence ->
          code.checkcast(PayloadCode.desc(sequence.element().type()).arrayType());
      case Nested nested -> code.checkcast(PayloadCode.desc(nested.type()));
      case Maybe _ -> throw new AssertionError(value);
    }
  }

  private void unbox(Class<?> box) {
    Class<?> primitive = MethodType.methodType(box).unwrap().returnType();
    code.invokevirtual(
        PayloadCode.desc(box),
        primitive.getName() + "Value",
        MethodTypeDesc.of(PayloadCode.desc(primitive)));
  }

  // The values of leaves that are not there, so that every path leaves them set.
  private void clear(FieldShape shape) {
    int count = count(shape);
    for (int i = next; i < next + count; i++) {
      TypeKind kind = TypeKind.from(leaves.get(i).type()).asLoadable();
      switch (kind) {
        case LONG -> code.lconst_0();
        case FLOAT -> code.fconst_0();
        case DOUBLE -> code.dconst_0();
        case REFERENCE -> code.aconst_null();
        default -> code.iconst_0();
      }
      code.storeLocal(kind, slots[i]);
    }
  }

  private static int count(FieldShape shape) {
    return Leaf.of(List.of(new NamedField("", "", Object.class, shape))).size();
  }
}
