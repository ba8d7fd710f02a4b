package dev.rideau.ctf.internal.write;

import dev.rideau.ctf.CtfFormat;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Knows what lengths and selectors of the source become: the field in the target that they stand
/// for, or nothing, where one must be made up.
final class SourceReferences {
  private final boolean isTsdl;

  /// Where the planner stands; it changes them.
  private final Deque<TargetFrame> frames;

  private final List<String> sourcePath;
  private final List<String> targetPath;

  /// What was planned so far, by its location in the source; the last one of a location counts.
  private final Map<FieldLocation, FieldClass> planned = new HashMap<>();

  private final Map<FieldLocation, List<String>> targetPaths = new HashMap<>();
  private final Map<Scope, Structure> roots = new HashMap<>();
  private Scope scope = Scope.PACKET_HEADER;

  SourceReferences(
      CtfFormat format,
      Deque<TargetFrame> frames,
      List<String> sourcePath,
      List<String> targetPath) {
    isTsdl = format == CtfFormat.CTF_1_8;
    this.frames = frames;
    this.sourcePath = sourcePath;
    this.targetPath = targetPath;
  }

  /// Goes to the next scope.
  void enter(Scope newScope, Structure root) {
    scope = newScope;
    roots.put(newScope, root);
  }

  /// Takes note of the field where the planner stands.
  void remember(FieldClass source) {
    if (source instanceof FieldClass.Integral || source instanceof FieldClass.Bool) {
      if (!sourcePath.isEmpty()) {
        FieldLocation here = new FieldLocation(scope, sourcePath);
        planned.put(here, source);
        targetPaths.put(here, List.copyOf(targetPath));
      }
    }
  }

  /// Where the target has what the source has at a location.
  FieldLocation target(FieldLocation source) {
    List<String> path = targetPaths.get(source);
    return path == null ? source : new FieldLocation(source.origin(), path);
  }

  /// Whether the field needs a length or selector that is made up.
  boolean needsKey(FieldClass source) {
    return switch (source) {
      case FieldClass.DynamicLengthString string ->
          !(isTsdl && string.encoding() != TextEncoding.UTF_8) && !isReachable(string.length());
      case FieldClass.DynamicLength other -> !isReachable(other.length());
      case FieldClass.Optional optional -> isTsdl || !isReachable(optional.selector());
      case FieldClass.Variant variant ->
          !isReachable(variant.selector()) || (isTsdl && !hasLabels(variant));
      case FieldClass.FixedLength _,
          FieldClass.VariableLengthInt _,
          FieldClass.NullTerminatedString _,
          FieldClass.StaticLengthString _,
          FieldClass.StaticLengthBlob _,
          FieldClass.StaticLengthArray _,
          FieldClass.Structure _ ->
          false;
    };
  }

  /// Whether each option is called like the label of just its values.
  private boolean hasLabels(FieldClass.Variant variant) {
    if (!(planned.get(variant.selector()) instanceof FieldClass.Integral selector)) {
      return false;
    }
    for (FieldClass.Option option : variant.options()) {
      if (TsdlReferences.label(selector, option) == null) {
        return false;
      }
    }
    return true;
  }

  /// Whether the target can refer to the field, and the field has its old value there.
  private boolean isReachable(FieldLocation location) {
    if (location.origin() == Scope.EVENT_HEADER
        && scope != Scope.EVENT_HEADER
        && !(planned.get(location) instanceof FieldClass.Integral header
            && header.roles().contains(Role.EVENT_CLASS_ID))) {
      return false;
    }
    if (!isTsdl) {
      return true;
    }
    if (location.origin() == scope) {
      for (TargetFrame frame : frames) {
        if (frame.source != null
            && isUnder(location, frame.depth)
            && TsdlReferences.follow(
                    frame.source, location.path().subList(frame.depth, location.path().size()))
                != null) {
          return true;
        }
      }
      return false;
    }
    Structure root = roots.get(location.origin());
    return root != null && TsdlReferences.follow(root, location.path()) != null;
  }

  private boolean isUnder(FieldLocation location, int depth) {
    return depth < location.path().size()
        && location.path().subList(0, depth).equals(sourcePath.subList(0, depth));
  }
}
