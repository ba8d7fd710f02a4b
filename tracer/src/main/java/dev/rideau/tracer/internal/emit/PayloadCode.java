package dev.rideau.tracer.internal.emit;

import dev.rideau.tracer.internal.buffer.Bytes;
import dev.rideau.tracer.internal.schema.FieldShape;
import dev.rideau.tracer.internal.schema.FieldShape.Enumeration;
import dev.rideau.tracer.internal.schema.FieldShape.Maybe;
import dev.rideau.tracer.internal.schema.FieldShape.NamedField;
import dev.rideau.tracer.internal.schema.FieldShape.Nested;
import dev.rideau.tracer.internal.schema.FieldShape.Scalar;
import dev.rideau.tracer.internal.schema.FieldShape.Sequence;
import dev.rideau.tracer.internal.schema.FieldShape.Text;
import dev.rideau.tracer.internal.schema.Layout;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Generates code that walks over the fields of a payload: once to add up its size, once to write
/// it.
///
/// The position is a local variable plus a number known now. Up to the first field of variable
/// length everything is known, so the code is a row of stores at constant offsets.
final class PayloadCode {
  private static final ClassDesc SEGMENT = desc(MemorySegment.class);
  private static final ClassDesc BYTES = desc(Bytes.class);
  private static final ClassDesc VALUES = desc(Values.class);
  private static final ClassDesc UTF8 = desc(Utf8.class);
  private static final ClassDesc KNOWN = desc(KnownStrings.Entry.class);

  /// The local variables of a serialiser.
  ///
  /// @param leaf slots of the leaves
  /// @param size slots that keep sizes of strings and arrays from the first walk to the second
  /// @param known the same for what is known of strings
  /// @param position int when sizing, long when writing
  /// @param memory of the buffer
  record Slots(int[] leaf, int[] size, int[] known, int position, int memory) {}

  private final CodeBuilder code;
  private final Layout layout;
  private final boolean sizing;
  private final Slots slots;
  private int nextLeaf;
  private int known;
  private boolean variable;

  PayloadCode(CodeBuilder code, Layout layout, boolean sizing, Slots slots) {
    this.code = code;
    this.layout = layout;
    this.sizing = sizing;
    this.slots = slots;
  }

  /// Walks over all fields. When sizing, the position is the size afterwards.
  void walk(List<NamedField> fields) {
    fields.forEach(field -> walk(field.shape()));
    if (sizing) {
      flush();
    }
  }

  private void walk(FieldShape shape) {
    align(layout.beginning(shape));
    switch (shape) {
      case Scalar scalar -> scalar(scalar);
      case Enumeration enumeration -> enumeration(enumeration);
      case Text text -> text(text);
      case Sequence sequence -> sequence(sequence);
      case Nested nested -> nested.fields().forEach(field -> walk(field.shape()));
      case Maybe maybe -> maybe(maybe);
    }
  }

  private void scalar(Scalar scalar) {
    int leaf = nextLeaf++;
    if (!sizing) {
      loadAddress();
      code.loadLocal(TypeKind.from(scalar.type()), slots.leaf()[leaf]);
      put(desc(scalar.type()));
    }
    known += scalar.bytes();
  }

  private void enumeration(Enumeration enumeration) {
    int leaf = nextLeaf++;
    if (!sizing) {
      loadAddress();
      code.iload(slots.leaf()[leaf]);
      switch (enumeration.bytes()) {
        case 1 -> code.i2b();
        case 2 -> code.i2s();
        default -> {}
      }
      put(
          enumeration.bytes() == 1
              ? ConstantDescs.CD_byte
              : enumeration.bytes() == 2 ? ConstantDescs.CD_short : ConstantDescs.CD_int);
    }
    known += enumeration.bytes();
  }

  private void text(Text text) {
    int leaf = nextLeaf++;
    flush();
    if (sizing) {
      code.aload(slots.leaf()[leaf]);
      code.invokestatic(UTF8, "known", MethodTypeDesc.of(KNOWN, ConstantDescs.CD_String));
      code.dup();
      code.astore(slots.known()[leaf]);
      code.aload(slots.leaf()[leaf]);
      code.loadConstant(text.limit());
      code.invokestatic(
          UTF8,
          "size",
          MethodTypeDesc.of(
              ConstantDescs.CD_int, KNOWN, ConstantDescs.CD_String, ConstantDescs.CD_int));
      code.dup();
      code.istore(slots.size()[leaf]);
      code.iconst_1().ishr().iconst_1().iadd();
      code.iload(slots.position()).iadd().istore(slots.position());
    } else {
      code.aload(slots.memory());
      code.lload(slots.position());
      code.aload(slots.known()[leaf]);
      code.aload(slots.leaf()[leaf]);
      code.iload(slots.size()[leaf]);
      code.invokestatic(
          UTF8,
          "write",
          MethodTypeDesc.of(
              ConstantDescs.CD_long,
              SEGMENT,
              ConstantDescs.CD_long,
              KNOWN,
              ConstantDescs.CD_String,
              ConstantDescs.CD_int));
      code.lstore(slots.position());
    }
    variable = true;
  }

  private void sequence(Sequence sequence) {
    int leaf = nextLeaf++;
    ClassDesc array = desc(sequence.element().type()).arrayType();
    if (sizing) {
      code.aload(slots.leaf()[leaf]);
      code.loadConstant(sequence.limit());
      code.invokestatic(
          VALUES, "count", MethodTypeDesc.of(ConstantDescs.CD_int, array, ConstantDescs.CD_int));
      code.istore(slots.size()[leaf]);
    } else {
      loadAddress();
      code.iload(slots.size()[leaf]);
      put(ConstantDescs.CD_int);
    }
    known += Integer.BYTES;
    align(layout.alignment(sequence.element().bytes()));
    flush();
    if (!sizing) {
      code.aload(slots.memory());
      code.lload(slots.position());
      code.aload(slots.leaf()[leaf]);
      code.iload(slots.size()[leaf]);
      code.invokestatic(
          VALUES,
          "write",
          MethodTypeDesc.of(
              ConstantDescs.CD_void, SEGMENT, ConstantDescs.CD_long, array, ConstantDescs.CD_int));
    }
    code.iload(slots.size()[leaf]);
    code.loadConstant(sequence.element().bytes());
    code.imul();
    addToPosition();
    variable = true;
  }

  private void maybe(Maybe maybe) {
    int present = nextLeaf++;
    if (!sizing) {
      loadAddress();
      code.iload(slots.leaf()[present]);
      put(ConstantDescs.CD_boolean);
    }
    known += 1;
    flush();
    variable = true;
    Label end = code.newLabel();
    if (sizing) {
      // The second walk reads sizes that the first one may not have come to.
      int leaves = leaves(maybe.value());
      for (int i = 0; i < leaves; i++) {
        code.iconst_0().istore(slots.size()[nextLeaf + i]);
        code.aconst_null().astore(slots.known()[nextLeaf + i]);
      }
    }
    code.iload(slots.leaf()[present]);
    code.ifeq(end);
    walk(maybe.value());
    flush();
    code.labelBinding(end);
  }

  private static int leaves(FieldShape shape) {
    return Leaf.of(List.of(new NamedField("", "", Object.class, shape))).size();
  }

  private void align(int alignment) {
    if (alignment == 1) {
      return;
    }
    if (!variable) {
      known = known + alignment - 1 & -alignment;
      return;
    }
    flush();
    if (sizing) {
      code.iload(slots.position()).loadConstant(alignment - 1).iadd();
      code.loadConstant(-alignment).iand().istore(slots.position());
    } else {
      code.lload(slots.position()).loadConstant((long) alignment - 1).ladd();
      code.loadConstant((long) -alignment).land().lstore(slots.position());
    }
  }

  private void flush() {
    if (known != 0) {
      code.loadConstant(known);
      addToPosition();
      known = 0;
    }
  }

  // Adds the int on the stack.
  private void addToPosition() {
    if (sizing) {
      code.iload(slots.position()).iadd().istore(slots.position());
    } else {
      code.i2l().lload(slots.position()).ladd().lstore(slots.position());
    }
  }

  private void loadAddress() {
    code.aload(slots.memory());
    code.lload(slots.position());
    if (known != 0) {
      code.loadConstant((long) known).ladd();
    }
  }

  private void put(ClassDesc value) {
    code.invokestatic(
        BYTES,
        "put",
        MethodTypeDesc.of(ConstantDescs.CD_void, SEGMENT, ConstantDescs.CD_long, value));
  }

  static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }
}
