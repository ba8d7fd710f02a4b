package dev.rideau.perf.internal.demangle;

import dev.rideau.perf.internal.demangle.Part.Special;
import org.jspecify.annotations.Nullable;

/// Turns the names that compilers of C++ and Rust make into names that people wrote. What is not
/// understood stays as it is.
///
/// A name of C++ is parsed into [parts][Part] by [Parsing], by the grammar of the Itanium C++ ABI,
/// and these are printed in one of two styles.
public final class Demangler {
  /// Longer names of C++ perf leaves as they are.
  private static final int MOST_LENGTH = 1024;

  private Demangler() {}

  /// The name as `perf script` shows it: without the parameters of the function itself, with all
  /// arguments of templates.
  public static String whole(String name) {
    String rust = rust(name);
    if (rust != null) {
      return rust;
    }
    try {
      Part parsed = name.length() > MOST_LENGTH ? null : parse(name);
      return parsed == null ? name : WholePrinter.print(parsed);
    } catch (NotUnderstood failure) {
      return name;
    }
  }

  /// The name as flame graphs want it: without parameters, arguments of templates as `<..>`.
  public static String brief(String name) {
    String rust = rust(name);
    if (rust != null) {
      return rust;
    }
    try {
      Part parsed = name.length() > 4 * MOST_LENGTH ? null : parse(name);
      return parsed == null ? name : BriefPrinter.print(parsed);
    } catch (NotUnderstood failure) {
      return name;
    }
  }

  private static @Nullable String rust(String name) {
    return name.startsWith("_R") ? RustPrinter.print(name) : RustNames.print(name);
  }

  private static @Nullable Part parse(String name) {
    if (name.startsWith("_Z")) {
      return new Parsing(new MangledText(name, 2)).names.topName();
    }
    boolean isGlobal =
        name.length() > 10
            && name.startsWith("_GLOBAL_")
            && "._$".indexOf(name.charAt(8)) >= 0
            && (name.charAt(9) == 'I' || name.charAt(9) == 'D')
            && name.charAt(10) == '_';
    if (!isGlobal) {
      return null;
    }
    MangledText rest = new MangledText(name, 11);
    return new Special(
        name.charAt(9) == 'I' ? SpecialName.GLOBAL_CONSTRUCTORS : SpecialName.GLOBAL_DESTRUCTORS,
        rest.take("_Z") ? new Parsing(rest).names.encoding() : new Part.Name(rest.rest()));
  }
}
