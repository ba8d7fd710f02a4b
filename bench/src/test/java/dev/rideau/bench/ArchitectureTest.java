package dev.rideau.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The plan of the house: rooms, arrows that go down only, closed `internal` packages.
///
/// It stands in the topmost room, the only one that sees all others.
@Tag("slow")
final class ArchitectureTest {
  /// A room and what its code may use besides itself, java and the null annotations.
  private record Room(String name, List<String> uses, List<String> libraries) {
    String packages() {
      return "dev.rideau." + name + "..";
    }
  }

  private static final List<Room> ROOMS =
      List.of(
          new Room("trace", List.of(), List.of()),
          new Room("ctf", List.of("trace"), List.of("tools.jackson.core..")),
          new Room("ftrace", List.of("trace"), List.of("io.airlift.compress..")),
          new Room("perf", List.of("trace", "ftrace"), List.of("io.airlift.compress..")),
          new Room("record", List.of("trace", "ftrace"), List.of()),
          new Room("kernel", List.of("trace"), List.of()),
          new Room("tables", List.of("trace", "kernel"), List.of("org.duckdb..")),
          new Room("reports", List.of("trace", "kernel", "tables"), List.of()),
          new Room(
              "server",
              List.of("trace", "kernel", "tables", "reports"),
              List.of("io.netty..", "tools.jackson.core..")),
          new Room("tracer", List.of(), List.of("jdk.jfr..", "org.slf4j..")),
          new Room(
              "cli",
              List.of(
                  "trace", "ctf", "ftrace", "perf", "record", "kernel", "tables", "reports",
                  "server", "tracer"),
              List.of("picocli..", "org.jline..")),
          new Room(
              "bench",
              List.of(
                  "trace", "ctf", "ftrace", "perf", "record", "kernel", "tables", "reports",
                  "server", "tracer", "cli"),
              List.of("org.openjdk.jmh..", "jdk.jfr..", "com.sun.management..")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(
              location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
          .importPackages("dev.rideau");

  @Test
  void everyRoomIsKnownAndSeen() {
    TreeSet<String> seen = new TreeSet<>();
    for (JavaPackage room : CLASSES.getPackage("dev.rideau").getSubpackages()) {
      seen.add(room.getRelativeName());
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(ROOMS.stream().map(Room::name).toList());
  }

  @Test
  void arrowsGoDownOnly() {
    for (Room room : ROOMS) {
      List<String> others =
          ROOMS.stream()
              .filter(other -> !other.equals(room) && !room.uses().contains(other.name()))
              .map(Room::packages)
              .toList();
      if (!others.isEmpty()) {
        noClasses()
            .that()
            .resideInAPackage(room.packages())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others.toArray(String[]::new))
            .because("the room '" + room.name() + "' may only use " + room.uses())
            .check(CLASSES);
      }
    }
  }

  @Test
  void roomsUseOnlyTheirOwnLibraries() {
    for (Room room : ROOMS) {
      noClasses()
          .that()
          .resideInAPackage(room.packages())
          .should()
          .dependOnClassesThat(isForeignTo(room))
          .because("the room '" + room.name() + "' may only use " + room.libraries())
          .check(CLASSES);
    }
  }

  @Test
  void internalPackagesAreClosed() {
    for (Room room : ROOMS) {
      noClasses()
          .that()
          .resideOutsideOfPackage(room.packages())
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.rideau." + room.name() + ".internal..")
          .because("what is internal to the room '" + room.name() + "' may change any day")
          .check(CLASSES);
    }
  }

  @Test
  void onlyTheCommandSpeaksToTheTerminalOrEndsTheProcess() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        CLASSES.that(DescribedPredicate.describe("libraries", ArchitectureTest::isLibrary)));
    noClasses()
        .that(DescribedPredicate.describe("libraries", ArchitectureTest::isLibrary))
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    TreeSet<String> unmarked = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      boolean generated = each.getPackageName().endsWith(".jmh_generated");
      if (!generated && !each.getPackage().isAnnotatedWith(NullMarked.class)) {
        unmarked.add(each.getPackageName());
      }
    }
    assertThat(unmarked).as("packages whose package-info.java lacks @NullMarked").isEmpty();
  }

  private static boolean isLibrary(JavaClass each) {
    return each.getPackageName().startsWith("dev.rideau.trace")
        || each.getPackageName().startsWith("dev.rideau.ctf")
        || each.getPackageName().startsWith("dev.rideau.ftrace")
        || each.getPackageName().startsWith("dev.rideau.record");
  }

  private static DescribedPredicate<JavaClass> isForeignTo(Room room) {
    return DescribedPredicate.describe(
        "a library of another room",
        each -> {
          String name = each.getBaseComponentType().getPackageName();
          return !name.isEmpty() // primitive types
              && !name.startsWith("java.")
              && !name.startsWith("jdk.incubator.vector")
              && !name.startsWith("dev.rideau.")
              && !name.equals("org.jspecify.annotations")
              && room.libraries().stream()
                  .noneMatch(library -> name.startsWith(library.replace("..", "")));
        });
  }
}
