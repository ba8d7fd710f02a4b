package dev.rideau.tracer.internal.session;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;

/// Gets a lookup with full privileges in the package of a type.
///
/// Classes of another loader are in another (unnamed) module, and a lookup loses the right to
/// define hidden classes on its way there. It keeps the right to define a class, so one class in
/// the package gives out its own lookup.
final class PackageDoor {
  private static final String NAME = "RideauDoor$$";
  private static final ClassDesc LOOKUP = ClassDesc.of("java.lang.invoke.MethodHandles$Lookup");

  private PackageDoor() {}

  static MethodHandles.Lookup open(MethodHandles.Lookup caller, Class<?> type)
      throws IllegalAccessException {
    MethodHandles.Lookup direct = MethodHandles.privateLookupIn(type, caller);
    return direct.hasFullPrivilegeAccess()
        ? direct
        : MethodHandles.privateLookupIn(type, through(direct));
  }

  private static MethodHandles.Lookup through(MethodHandles.Lookup lookup)
      throws IllegalAccessException {
    String folder = lookup.lookupClass().getPackageName();
    String name = folder.isEmpty() ? NAME : folder + "." + NAME;
    Class<?> door;
    try {
      door = lookup.findClass(name);
    } catch (ClassNotFoundException | NoClassDefFoundError absent) {
      door = lookup.defineClass(bytes(ClassDesc.of(name)));
    }
    try {
      return (MethodHandles.Lookup)
          lookup
              .findStatic(door, "lookup", MethodType.methodType(MethodHandles.Lookup.class))
              .invokeExact();
    } catch (IllegalAccessException | RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static byte[] bytes(ClassDesc name) {
    return ClassFile.of()
        .build(
            name,
            type -> {
              type.withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC);
              type.withMethodBody(
                  "lookup",
                  MethodTypeDesc.of(LOOKUP),
                  ClassFile.ACC_STATIC,
                  code ->
                      code.invokestatic(
                              ClassDesc.of("java.lang.invoke.MethodHandles"),
                              "lookup",
                              MethodTypeDesc.of(LOOKUP))
                          .areturn());
            });
  }
}
