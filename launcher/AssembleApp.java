import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Collects the jars of the program in one folder and prints its class path.
///
/// Maven has left our own jars in `ROOMS`, and in the manifest of the cli jar where its libraries
/// lie in the local repository (see the profile `app` in the root pom). They are copied to `LIB`:
///
/// - Entries are stored, not compressed: the jars are read at every start.
/// - Classes older than version 50 are raised to one that an AOT cache accepts. The JVM keeps only
///   classes that the type-checking verifier has accepted, which needs stack maps. picocli is compiled
///   for Java 5 (version 49): each start would parse and verify it anew, which doubles its time. The
///   code itself stays as it is.
/// - Our own classes lose the calls that an AOT cache does not keep, see [PlainCalls].
/// - DuckDB's native library for this platform becomes a file beside its jar; those for other platforms
///   are left out. Within the jar it would be unpacked into /tmp, 70 MB of it, by every start. The
///   driver looks there last, after it has opened all jars, and is made to look there first.
/// - DuckDB's driver starts the JVM's flight recorder for an event that nobody here records, which
///   takes 0.1 s; the class that does it is made to do nothing.
///
/// Run by `build-app` as a source file: `java AssembleApp.java ROOMS LIB`.
final class AssembleApp {
  private static final int OLDEST_ACCEPTED = 50;

  /// How the names of DuckDB's native libraries begin; system and processor follow.
  private static final String NATIVE_LIBRARY = "libduckdb_java.so_";

  private static final String FLIGHT_RECORDER_EVENTS = "org/duckdb/JfrMemoryMonitor.class";

  private static final String NATIVE_CALLS = "org/duckdb/DuckDBNative.class";

  private AssembleApp() {}

  public static void main(String[] arguments) throws IOException {
    Path rooms = Path.of(arguments[0]);
    Path lib = Path.of(arguments[1]);
    Files.createDirectories(lib);
    List<String> classPath = new ArrayList<>();
    List<Path> jars = jars(rooms);
    ClassFile classFile = classFile(jars);
    for (Path jar : jars) {
      Path copy = lib.resolve(jar.getFileName());
      copy(classFile, jar, copy);
      classPath.add(copy.toString());
    }
    System.out.println(String.join(":", classPath));
  }

  private static List<Path> jars(Path rooms) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(rooms)) {
      files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
    }
    Path cli =
        jars.stream()
            .filter(jar -> jar.getFileName().toString().startsWith("rideau-cli-"))
            .findFirst()
            .orElseThrow(() -> new IOException("no rideau-cli jar in " + rooms));
    try (JarFile jar = new JarFile(cli.toFile())) {
      Attributes attributes = jar.getManifest().getMainAttributes();
      Path repository = Path.of(attributes.getValue("Rideau-Repository"));
      for (String library : attributes.getValue(Attributes.Name.CLASS_PATH).split(" ")) {
        // Our own rooms are listed too, but lie beside this jar; annotations are not needed to run.
        if (!library.startsWith("dev/rideau/") && !library.startsWith("org/jspecify/")) {
          jars.add(repository.resolve(library));
        }
      }
    }
    return jars;
  }

  // To describe what new code leaves on the stack, it must know how the classes of all jars relate.
  private static ClassFile classFile(List<Path> jars) throws IOException {
    Map<String, byte[]> classes = new HashMap<>();
    for (Path jar : jars) {
      try (ZipFile in = new ZipFile(jar.toFile())) {
        for (ZipEntry entry : in.stream().filter(AssembleApp::isClass).toList()) {
          classes.put(entry.getName(), in.getInputStream(entry).readAllBytes());
        }
      }
    }
    ClassHierarchyResolver hierarchy =
        ClassHierarchyResolver.ofResourceParsing(
                described -> {
                  byte[] bytes = classes.get(internalName(described.descriptorString()));
                  return bytes == null ? null : new ByteArrayInputStream(bytes);
                })
            .orElse(ClassHierarchyResolver.defaultResolver())
            .cached();
    return ClassFile.of(
        StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
  }

  private static void copy(ClassFile classFile, Path jar, Path copy) throws IOException {
    try (ZipFile in = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
      out.setMethod(ZipOutputStream.STORED);
      for (ZipEntry entry : in.stream().filter(entry -> !entry.isDirectory()).toList()) {
        if (entry.getName().startsWith(NATIVE_LIBRARY)) {
          if (entry.getName().equals(NATIVE_LIBRARY + platform())) {
            Files.copy(in.getInputStream(entry), copy.resolveSibling(entry.getName()));
          }
          continue;
        }
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        if (entry.getName().equals(FLIGHT_RECORDER_EVENTS)) {
          bytes = idle(classFile, bytes);
        } else if (entry.getName().equals(NATIVE_CALLS)) {
          bytes = loadsFromBeside(classFile, bytes);
        }
        store(out, entry, isClass(entry) ? prepare(classFile, bytes) : bytes);
      }
    }
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class");
  }

  private static byte[] prepare(ClassFile classFile, byte[] bytes) {
    if (majorVersion(bytes) < OLDEST_ACCEPTED) {
      return modernize(classFile, bytes);
    }
    ClassModel model = classFile.parse(bytes);
    return PlainCalls.isNeeded(model)
        ? classFile.transformClass(model, new PlainCalls(model))
        : bytes;
  }

  // The names that DuckDB's driver looks for (DuckDBNative.nativeLibName). Rideau runs on Linux.
  private static String platform() {
    String processor = System.getProperty("os.arch");
    return "linux_" + (processor.equals("aarch64") ? "arm64" : processor);
  }

  // Every method without result, the static initialiser included, does nothing.
  private static byte[] idle(ClassFile classFile, byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    ClassTransform nothing =
        (builder, element) -> {
          if (element instanceof MethodModel method
              && method.methodTypeSymbol().returnType().equals(ConstantDescs.CD_void)
              && !method.methodName().equalsString("<init>")) {
            builder.withMethodBody(
                method.methodName(), method.methodType(), method.flags().flagsMask(), code -> code.return_());
          } else {
            builder.with(element);
          }
        };
    return classFile.transformClass(model, nothing);
  }

  // The method that loads the library consists of what it does otherwise when all else has failed.
  private static byte[] loadsFromBeside(ClassFile classFile, byte[] bytes) throws IOException {
    ClassModel model = classFile.parse(bytes);
    MethodTypeDesc load = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
    boolean isKnown =
        Stream.of("loadNativeLibrary", "nativeLibName", "loadFromCurrentJarDir")
            .allMatch(
                name ->
                    model.methods().stream().anyMatch(method -> method.methodName().equalsString(name)));
    if (!isKnown) {
      throw new IOException("DuckDB's driver loads its library in another way than it did");
    }
    ClassDesc driver = model.thisClass().asSymbol();
    ClassTransform direct =
        (builder, element) -> {
          if (element instanceof MethodModel method
              && method.methodName().equalsString("loadNativeLibrary")) {
            builder.withMethodBody(
                method.methodName(),
                method.methodType(),
                method.flags().flagsMask(),
                code ->
                    code.invokestatic(
                            driver, "nativeLibName", MethodTypeDesc.of(ConstantDescs.CD_String))
                        .invokestatic(driver, "loadFromCurrentJarDir", load)
                        .return_());
          } else {
            builder.with(element);
          }
        };
    return classFile.transformClass(model, direct);
  }

  private static String internalName(String descriptor) {
    return descriptor.substring(1, descriptor.length() - 1) + ".class"; // Lpicocli/X; -> picocli/X
  }

  // Bytes 6 and 7 of a class file: the major version, big endian.
  private static int majorVersion(byte[] bytes) {
    return (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
  }

  private static byte[] modernize(ClassFile classFile, byte[] bytes) {
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
          } else {
            builder.with(element);
          }
        };
    ClassTransform rebuild = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    return classFile.transformClass(classFile.parse(bytes), version.andThen(rebuild));
  }

  private static void store(ZipOutputStream out, ZipEntry entry, byte[] bytes) throws IOException {
    ZipEntry copy = new ZipEntry(entry.getName());
    copy.setTime(entry.getTime());
    copy.setSize(bytes.length);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    copy.setCrc(sum.getValue());
    out.putNextEntry(copy);
    out.write(bytes);
  }
}
