package dev.rideau.tracer.internal.emit;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.rideau.tracer.EventWriter;
import dev.rideau.tracer.TracerException;
import dev.rideau.tracer.internal.buffer.StripeBuffer;
import dev.rideau.tracer.internal.buffer.Stripes;
import dev.rideau.tracer.internal.schema.EventShape;
import dev.rideau.tracer.internal.schema.Layout;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Makes the hidden class that turns calls into records.
///
/// For a provider with the event `request(long id, String path)` it is this class:
///
/// ```java
/// final class Shop$$Tracing implements Shop {
///   public void request(long id, String path) {
///     try {
///       if (invokedynamic enabled()) {                  // a constant for the compiler
///         for (Target t = POINT.targets; t != null; t = t.next) {
///           if (t.filter == null || t.filter.invokeExact(id, path)) {
///             if (t.aligned) aligned0(t, id, path); else packed0(t, id, path);
///           }
///         }
///       }
///     } catch (Throwable e) { Tracepoint.failed(); }
///   }
///
///   private static void packed0(Target t, long id, String path) {
///     KnownStrings.Entry known = Utf8.known(path);
///     int pathSize = Utf8.size(known, path, 4096);
///     int size = 8 + (pathSize >> 1) + 1;
///     StripeBuffer buffer = t.stripes.current();
///     long position = buffer.reserve(size, t.eventId);
///     if (position >= 0) {
///       try { /* context, Bytes.put(memory, at, id), Utf8.write(…) */ }
///       catch (Throwable e) { buffer.abandon(position, size); return; }
///       buffer.commit(position, size);
///     }
///   }
/// }
/// ```
public final class SerialiserCompiler {
  private static final int MOST_PARAMETER_SLOTS = 254;
  private static final ClassDesc TRACEPOINT = PayloadCode.desc(Tracepoint.class);
  private static final ClassDesc TARGET = PayloadCode.desc(Target.class);
  private static final ClassDesc STRIPES = PayloadCode.desc(Stripes.class);
  private static final ClassDesc BUFFER = PayloadCode.desc(StripeBuffer.class);
  private static final ClassDesc SEGMENT = PayloadCode.desc(MemorySegment.class);
  private static final ClassDesc CONTEXT = PayloadCode.desc(ContextWriter.class);
  private static final ClassDesc HANDLE = PayloadCode.desc(MethodHandle.class);
  private static final ClassDesc WRITER = PayloadCode.desc(EventWriter.class);

  private static final DirectMethodHandleDesc CLASS_DATA =
      ConstantDescs.ofConstantBootstrap(
          PayloadCode.desc(MethodHandles.class), "classDataAt", ConstantDescs.CD_Object, CD_int);
  private static final DirectMethodHandleDesc ENABLED =
      ConstantDescs.ofCallsiteBootstrap(
          TRACEPOINT, "enabled", PayloadCode.desc(java.lang.invoke.CallSite.class), CD_int);

  private final MethodHandles.Lookup lookup;
  private final List<Tracepoint> points;
  private final ClassDesc self;

  private SerialiserCompiler(MethodHandles.Lookup lookup, List<Tracepoint> points) {
    this.lookup = lookup;
    this.points = points;
    self = ClassDesc.of(lookup.lookupClass().getName() + "$$Tracing");
  }

  /// Makes the implementation of a provider.
  ///
  /// @param events the methods that are events, in the order of `points`
  /// @param questions the methods that ask whether an event is enabled; index of the event in
  ///   `answers`
  public static Object provider(
      MethodHandles.Lookup lookup,
      List<Method> events,
      List<Tracepoint> points,
      List<Method> questions,
      List<Integer> answers) {
    SerialiserCompiler compiler = new SerialiserCompiler(lookup, points);
    return compiler.define(
        PayloadCode.desc(lookup.lookupClass()),
        type -> {
          for (int i = 0; i < events.size(); i++) {
            compiler.event(type, events.get(i), i);
          }
          for (int i = 0; i < questions.size(); i++) {
            compiler.question(type, questions.get(i).getName(), answers.get(i));
          }
        });
  }

  /// Makes the writer of a record.
  public static EventWriter<?> writer(MethodHandles.Lookup lookup, Tracepoint point) {
    SerialiserCompiler compiler = new SerialiserCompiler(lookup, List.of(point));
    return (EventWriter<?>)
        compiler.define(
            WRITER,
            type -> {
              compiler.recordEvent(type);
              compiler.question(type, "isEnabled", 0);
            });
  }

  private Object define(ClassDesc supertype, Consumer<ClassBuilder> methods) {
    byte[] bytes;
    try {
      bytes =
          ClassFile.of(
                  ClassFile.ClassHierarchyResolverOption.of(
                      java.lang.classfile.ClassHierarchyResolver.ofClassLoading(lookup)))
              .build(
                  self,
                  type -> {
                    type.withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC);
                    type.withInterfaceSymbols(supertype);
                    type.withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        0,
                        code ->
                            code.aload(0)
                                .invokespecial(
                                    ConstantDescs.CD_Object,
                                    ConstantDescs.INIT_NAME,
                                    ConstantDescs.MTD_void)
                                .return_());
                    methods.accept(type);
                    for (int i = 0; i < points.size(); i++) {
                      write(type, i, Layout.PACKED);
                      write(type, i, Layout.ALIGNED);
                    }
                  });
      MethodHandles.Lookup hidden =
          lookup.defineHiddenClassWithClassData(
              bytes, List.copyOf(points), true, MethodHandles.Lookup.ClassOption.NESTMATE);
      return hidden
          .findConstructor(hidden.lookupClass(), java.lang.invoke.MethodType.methodType(void.class))
          .invoke();
    } catch (Throwable failure) {
      throw new TracerException(
          lookup.lookupClass().getName() + ": no serialiser can be made: " + failure, failure);
    }
  }

  private void question(ClassBuilder type, String name, int index) {
    type.withMethodBody(
        name,
        MethodTypeDesc.of(CD_boolean),
        ClassFile.ACC_PUBLIC,
        code -> {
          enabled(code, index);
          code.ireturn();
        });
  }

  private static void enabled(CodeBuilder code, int index) {
    code.invokedynamic(
        DynamicCallSiteDesc.of(ENABLED, "enabled", MethodTypeDesc.of(CD_boolean), index));
  }

  private void event(ClassBuilder type, Method method, int index) {
    EventShape shape = points.get(index).shape();
    List<Leaf> leaves = leaves(shape);
    type.withMethodBody(
        method.getName(),
        MethodTypeDesc.of(
            CD_void, shape.fields().stream().map(field -> PayloadCode.desc(field.type())).toList()),
        ClassFile.ACC_PUBLIC,
        code ->
            emit(
                code,
                index,
                leaves,
                (body, slots) -> {
                  LeafCode taken = new LeafCode(body, leaves, slots);
                  for (int i = 0; i < shape.fields().size(); i++) {
                    body.loadLocal(
                        TypeKind.from(shape.fields().get(i).type()), body.parameterSlot(i));
                    taken.value(shape.fields().get(i).shape());
                  }
                }));
  }

  private void recordEvent(ClassBuilder type) {
    EventShape shape = points.getFirst().shape();
    List<Leaf> leaves = leaves(shape);
    Class<?> record = lookup.lookupClass();
    type.withMethodBody(
        "emit",
        MethodTypeDesc.of(CD_void, ConstantDescs.CD_Object),
        ClassFile.ACC_PUBLIC,
        code ->
            emit(
                code,
                0,
                leaves,
                (body, slots) -> {
                  int slot = body.allocateLocal(TypeKind.REFERENCE);
                  body.aload(1).checkcast(PayloadCode.desc(record)).astore(slot);
                  Label present = body.newLabel();
                  body.aload(slot).ifnonnull(present).return_().labelBinding(present);
                  new LeafCode(body, leaves, slots).components(record, shape.fields(), slot, true);
                }));
  }

  private static List<Leaf> leaves(EventShape shape) {
    List<Leaf> leaves = Leaf.of(shape.fields());
    int slots = 1;
    for (Leaf leaf : leaves) {
      slots += TypeKind.from(leaf.type()).slotSize();
    }
    if (slots > MOST_PARAMETER_SLOTS) {
      throw new TracerException(
          shape.name() + ": has too many fields: they take " + slots + " slots of at most 254");
    }
    return leaves;
  }

  private void emit(
      CodeBuilder code, int index, List<Leaf> leaves, BiConsumer<CodeBuilder, int[]> takeApart) {
    int[] slots = new int[leaves.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = code.allocateLocal(TypeKind.from(leaves.get(i).type()));
    }
    Label end = code.newLabel();
    code.trying(
        body -> {
          enabled(body, index);
          body.ifeq(end);
          takeApart.accept(body, slots);
          offer(body, index, leaves, slots, end);
        },
        handlers ->
            handlers.catchingAll(handler ->
                handler
                    .pop()
                    .invokestatic(TRACEPOINT, "failed", ConstantDescs.MTD_void)
                    .return_()));
    code.labelBinding(end);
    code.return_();
  }

  // The loop over the targets.
  private void offer(CodeBuilder code, int index, List<Leaf> leaves, int[] slots, Label end) {
    int target = code.allocateLocal(TypeKind.REFERENCE);
    int filter = code.allocateLocal(TypeKind.REFERENCE);
    Label loop = code.newLabel();
    Label wanted = code.newLabel();
    Label packed = code.newLabel();
    Label next = code.newLabel();
    code.ldc(DynamicConstantDesc.ofNamed(CLASS_DATA, "_", TRACEPOINT, index));
    code.getfield(TRACEPOINT, "targets", TARGET).astore(target);
    code.labelBinding(loop);
    code.aload(target).ifnull(end);
    code.aload(target).getfield(TARGET, "filter", HANDLE).astore(filter);
    code.aload(filter).ifnull(wanted);
    code.aload(filter);
    load(code, leaves, slots);
    code.invokevirtual(HANDLE, "invokeExact", MethodTypeDesc.of(CD_boolean, types(leaves, 0)));
    code.ifeq(next);
    code.labelBinding(wanted);
    code.aload(target);
    load(code, leaves, slots);
    code.aload(target).getfield(TARGET, "aligned", CD_boolean).ifeq(packed);
    code.invokestatic(self, name(index, Layout.ALIGNED), writeType(leaves)).goto_(next);
    code.labelBinding(packed);
    code.invokestatic(self, name(index, Layout.PACKED), writeType(leaves));
    code.labelBinding(next);
    code.aload(target).getfield(TARGET, "next", TARGET).astore(target);
    code.goto_(loop);
  }

  private static void load(CodeBuilder code, List<Leaf> leaves, int[] slots) {
    for (int i = 0; i < slots.length; i++) {
      code.loadLocal(TypeKind.from(leaves.get(i).type()), slots[i]);
    }
  }

  private static ClassDesc[] types(List<Leaf> leaves, int before) {
    ClassDesc[] types = new ClassDesc[leaves.size() + before];
    for (int i = 0; i < leaves.size(); i++) {
      types[i + before] = PayloadCode.desc(leaves.get(i).type());
    }
    return types;
  }

  private static MethodTypeDesc writeType(List<Leaf> leaves) {
    ClassDesc[] types = types(leaves, 1);
    types[0] = TARGET;
    return MethodTypeDesc.of(CD_void, types);
  }

  private static String name(int index, Layout layout) {
    return (layout == Layout.PACKED ? "packed" : "aligned") + index;
  }

  private void write(ClassBuilder type, int index, Layout layout) {
    EventShape shape = points.get(index).shape();
    List<Leaf> leaves = leaves(shape);
    type.withMethodBody(
        name(index, layout),
        writeType(leaves),
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
        code -> write(code, shape, leaves, layout));
  }

  private static void write(CodeBuilder code, EventShape shape, List<Leaf> leaves, Layout layout) {
    int[] leafSlots = new int[leaves.size()];
    int[] sizeSlots = new int[leaves.size()];
    int[] knownSlots = new int[leaves.size()];
    for (int i = 0; i < leafSlots.length; i++) {
      leafSlots[i] = code.parameterSlot(i + 1);
      sizeSlots[i] = code.allocateLocal(TypeKind.INT);
      knownSlots[i] = code.allocateLocal(TypeKind.REFERENCE);
    }
    int size = code.allocateLocal(TypeKind.INT);
    int buffer = code.allocateLocal(TypeKind.REFERENCE);
    int memory = code.allocateLocal(TypeKind.REFERENCE);
    int position = code.allocateLocal(TypeKind.LONG);
    int at = code.allocateLocal(TypeKind.LONG);
    Label reserved = code.newLabel();

    code.iconst_0().istore(size);
    new PayloadCode(
            code,
            layout,
            true,
            new PayloadCode.Slots(leafSlots, sizeSlots, knownSlots, size, memory))
        .walk(shape.fields());
    code.aload(0).getfield(TARGET, "stripes", STRIPES);
    code.invokevirtual(STRIPES, "current", MethodTypeDesc.of(BUFFER)).astore(buffer);
    code.aload(buffer).iload(size).aload(0).getfield(TARGET, "eventId", CD_int);
    code.invokevirtual(BUFFER, "reserve", MethodTypeDesc.of(CD_long, CD_int, CD_int));
    code.dup2().lstore(position).lconst_0().lcmp().ifge(reserved).return_();
    code.labelBinding(reserved);
    code.trying(
        body -> {
          Label written = body.newLabel();
          body.aload(buffer).invokevirtual(BUFFER, "window", MethodTypeDesc.of(SEGMENT));
          body.astore(memory);
          body.aload(0).getfield(TARGET, "context", CONTEXT).ifnull(written);
          body.aload(0).getfield(TARGET, "context", CONTEXT).aload(memory);
          body.aload(buffer).lload(position);
          body.invokevirtual(BUFFER, "contextOffset", MethodTypeDesc.of(CD_long, CD_long));
          body.invokeinterface(CONTEXT, "write", MethodTypeDesc.of(CD_void, SEGMENT, CD_long));
          body.labelBinding(written);
          body.aload(buffer).lload(position);
          body.invokevirtual(BUFFER, "payloadOffset", MethodTypeDesc.of(CD_long, CD_long));
          body.lstore(at);
          new PayloadCode(
                  body,
                  layout,
                  false,
                  new PayloadCode.Slots(leafSlots, sizeSlots, knownSlots, at, memory))
              .walk(shape.fields());
        },
        handlers ->
            handlers.catchingAll(handler -> {
              handler.pop().aload(buffer).lload(position).iload(size);
              handler.invokevirtual(BUFFER, "abandon", MethodTypeDesc.of(CD_void, CD_long, CD_int));
              handler.invokestatic(TRACEPOINT, "failed", ConstantDescs.MTD_void).return_();
            }));
    code.aload(buffer).lload(position).iload(size);
    code.invokevirtual(BUFFER, "commit", MethodTypeDesc.of(CD_void, CD_long, CD_int));
    code.return_();
  }
}
