package dev.rideau.ctf;

import dev.rideau.ctf.internal.feature.Ctf1Metadata;
import dev.rideau.ctf.internal.feature.Ctf1Streams;
import dev.rideau.ctf.internal.feature.Ctf2Metadata;
import dev.rideau.ctf.internal.feature.Ctf2Streams;
import java.util.ArrayList;
import java.util.List;

/// Something that the Common Trace Format has, and what Rideau does with it.
///
/// The list of all is the source of `docs/ctf-coverage.md`; a test compares the two, and looks up
/// every proof.
///
/// @param id short stable name
/// @param format which version of the format has it
/// @param area heading under which it is listed
/// @param what what it is, a phrase in Markdown
/// @param reading what the reader does with it
/// @param writing what the writer does with it
/// @param proofs where it is tested, see [Builder#provedBy(String...)]
/// @param parts constants and types of Rideau's own that stand for it: enum constants and classes
public record CtfFeature(
    String id,
    CtfFormat format,
    String area,
    String what,
    Reading reading,
    Writing writing,
    List<String> proofs,
    List<Object> parts) {

  public CtfFeature {
    proofs = List.copyOf(proofs);
    parts = List.copyOf(parts);
  }

  /// What the reader does with a feature.
  public enum Reading {
    /// Understood.
    FULL("yes"),
    /// Accepted; it has no effect on what is read.
    NO_EFFECT("accepted, no effect"),
    /// Accepted with a warning; it has no effect on what is read.
    WARNED("warning, no effect"),
    /// Refused with a message that says where and why, as the specification asks.
    REFUSED("refused");

    private final String label;

    Reading(String label) {
      this.label = label;
    }

    /// How the page says it.
    public String label() {
      return label;
    }
  }

  /// What the writer does with a feature.
  public enum Writing {
    /// Written.
    FULL("yes"),
    /// Written in another way that means the same to a reader.
    OTHER_FORM("in another form"),
    /// Not written.
    NEVER("no"),
    /// A matter of readers only.
    NOTHING_TO_WRITE("");

    private final String label;

    Writing(String label) {
      this.label = label;
    }

    /// How the page says it.
    public String label() {
      return label;
    }
  }

  /// Every feature, in the order of the page.
  public static List<CtfFeature> all() {
    List<CtfFeature> all = new ArrayList<>();
    all.addAll(Ctf1Metadata.FEATURES);
    all.addAll(Ctf1Streams.FEATURES);
    all.addAll(Ctf2Metadata.FEATURES);
    all.addAll(Ctf2Streams.FEATURES);
    return List.copyOf(all);
  }

  /// Collects the features of one area. Used by one thread.
  public static final class Builder {
    private final CtfFormat format;
    private final List<CtfFeature> features = new ArrayList<>();
    private String area = "";

    /// No features yet.
    public Builder(CtfFormat format) {
      this.format = format;
    }

    /// Starts an area.
    public Builder area(String title) {
      area = title;
      return this;
    }

    /// Adds a feature that is read and written.
    public Builder add(String id, String what) {
      return add(id, what, Reading.FULL, Writing.FULL);
    }

    /// Adds a feature that only readers know.
    public Builder addRead(String id, String what) {
      return add(id, what, Reading.FULL, Writing.NOTHING_TO_WRITE);
    }

    /// Adds a feature.
    public Builder add(String id, String what, Reading reading, Writing writing) {
      features.add(new CtfFeature(id, format, area, what, reading, writing, List.of(), List.of()));
      return this;
    }

    /// Says where the feature added last is tested.
    ///
    /// @param proofs a test class (`DecoderTwinsTest`), one of its methods (`XTest#name`), a named
    ///   case (`tsdl/comments`, `json/refuse-version-3`, `open/rotated-files-are-one-stream`: a
    ///   text file in that resource folder), or a case of the public conformance suite
    ///   (`suite/data-stream/ctf-2/pass-opts`)
    public Builder provedBy(String... proofs) {
      CtfFeature last = features.removeLast();
      features.add(last.with(List.of(proofs), last.parts));
      return this;
    }

    /// Says which constants and types stand for the feature added last.
    public Builder is(Object... parts) {
      CtfFeature last = features.removeLast();
      features.add(last.with(last.proofs, List.of(parts)));
      return this;
    }

    /// The features.
    public List<CtfFeature> build() {
      return List.copyOf(features);
    }
  }

  private CtfFeature with(List<String> newProofs, List<Object> newParts) {
    return new CtfFeature(id, format, area, what, reading, writing, newProofs, newParts);
  }
}
