package dev.rideau.ctf.internal.feature;

import static dev.rideau.ctf.CtfFeature.Reading.NO_EFFECT;
import static dev.rideau.ctf.CtfFeature.Reading.REFUSED;
import static dev.rideau.ctf.CtfFeature.Reading.WARNED;
import static dev.rideau.ctf.CtfFeature.Writing.NEVER;
import static dev.rideau.ctf.CtfFeature.Writing.OTHER_FORM;

import dev.rideau.ctf.CtfFeature;
import dev.rideau.ctf.CtfFormat;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.TextEncoding;
import java.util.List;

/// Metadata of CTF 1.8.
public final class Ctf1Metadata {
  /// In the order of the page.
  public static final List<CtfFeature> FEATURES =
      new CtfFeature.Builder(CtfFormat.CTF_1_8)
          .area("Metadata stream")
          .add("plain-text", "plain text, with or without the comment `/* CTF 1.8 */` first")
          .provedBy("suite/metadata-stream/pass-text", "suite/metadata-stream/pass-with-signature")
          .add(
              "packetised",
              "packets around the text, in both byte orders",
              CtfFeature.Reading.FULL,
              NEVER)
          .provedBy("PacketisedMetadataSuiteTest", "suite/metadata-stream/pass-23-pkts")
          .addRead("packetised-checks", "magic, UUID, version and lengths of these packets")
          .provedBy("suite/metadata-stream/fail-wrong-major", "PacketisedMetadataSuiteTest")
          .add(
              "packetised-schemes",
              "compression, encryption and checksum schemes (the specification defines none)",
              REFUSED,
              NEVER)
          .provedBy(
              "suite/metadata-stream/fail-unsupported-compression-scheme",
              "suite/metadata-stream/fail-unsupported-checksum-scheme")
          .area("Language")
          .addRead("comments", "comments `/* … */` and `// …`")
          .provedBy("tsdl/comments", "tsdl/error-comment-not-closed")
          .add("literals", "integers in base 8, 10, 16; characters; strings with escapes")
          .provedBy("tsdl/error-octal", "tsdl/error-escape", "tsdl/error-integer-too-large")
          .addRead("blocks-in-any-order", "blocks in any order, extra semicolons")
          .provedBy("tsdl/blocks-in-any-order")
          .add("leading-underscore", "one leading underscore of names is not part of them")
          .provedBy("tsdl/names-without-underscore")
          .add(
              "unknown-attributes",
              "attributes that the specification does not know",
              WARNED,
              NEVER)
          .provedBy("tsdl/lenient-unknown-attributes", "tsdl/error-unknown-attribute")
          .area("Blocks")
          .add("trace-block", "`trace`: version, UUID, native byte order, packet header")
          .provedBy("tsdl/error-no-trace-block", "tsdl/error-version", "tsdl/error-uuid")
          .add("env-block", "`env`: strings and integers")
          .provedBy("tsdl/environment")
          .add(
              "clock-block",
              "`clock`: name, UUID, description, frequency, precision, offset, offset in seconds, "
                  + "absolute")
          .provedBy("tsdl/clock-attributes", "tsdl/error-frequency", "tsdl/error-clock-offset")
          .is(ClockOrigin.UnixEpoch.class, ClockOrigin.Unknown.class)
          .addRead("clock-implied", "no `clock` block, but fields called `timestamp`: 1 GHz")
          .provedBy("tsdl/clock-implied")
          .add("stream-block", "`stream`: id, packet context, event header, event context")
          .provedBy("tsdl/error-stream-twice", "tsdl/error-no-stream-id")
          .addRead("stream-implied", "no `stream` block")
          .provedBy("tsdl/stream-implied", "tsdl/lenient-event-of-only-stream")
          .add(
              "event-block",
              "`event`: id, name, stream, log level, `model.emf.uri`, context, fields")
          .provedBy("tsdl/error-event-twice", "tsdl/error-event-without-stream")
          .add("callsite-block", "`callsite`", NO_EFFECT, NEVER)
          .provedBy("tsdl/callsite")
          .area("Types")
          .add(
              "integer",
              "`integer`: size 1 to 64, alignment, sign, byte order, base, encoding, `map` to a "
                  + "clock")
          .provedBy(
              "tsdl/integer-attributes", "tsdl/error-size-too-large", "tsdl/error-clock-unknown")
          .is(FieldClass.Int.class)
          .add("floating-point", "`floating_point` of 32 and 64 bits, any alignment and byte order")
          .provedBy("tsdl/floating-point-attributes", "tsdl/error-floating-point-digits")
          .is(FieldClass.Floating.class)
          .add("string", "`string` in UTF-8 or ASCII")
          .provedBy("tsdl/error-encoding", "suite/data-stream/ctf-1/pass-nt-str-align")
          .is(FieldClass.NullTerminatedString.class, TextEncoding.UTF_8)
          .add(
              "enum",
              "`enum`: any integer as container, ranges, values that count on, overlapping labels")
          .provedBy("tsdl/enumeration-values", "tsdl/lenient-enumerators")
          .add("struct", "`struct`: with and without name, nested, `align()`, empty")
          .provedBy("tsdl/structure-alignment", "tsdl/error-field-twice")
          .is(FieldClass.Structure.class)
          .add("variant", "`variant`: with and without name or tag, nested")
          .provedBy("tsdl/variant-options", "tsdl/error-selector-lacks-option")
          .is(FieldClass.Variant.class)
          .add("array", "arrays, also of arrays; length a number or an `env` entry")
          .provedBy("tsdl/array-nesting", "tsdl/error-length-environment-missing")
          .is(FieldClass.StaticLengthArray.class)
          .add("sequence", "sequences, also of sequences")
          .provedBy("tsdl/locations-relative", "tsdl/error-length-later")
          .is(FieldClass.DynamicLengthArray.class)
          .add("text-array", "arrays and sequences of 8-bit characters as text")
          .provedBy("tsdl/text-arrays", "suite/data-stream/ctf-1/pass-dl-strs")
          .is(FieldClass.StaticLengthString.class, FieldClass.DynamicLengthString.class)
          .area("Names and places")
          .add(
              "typealias",
              "`typealias` and `typedef` in every scope, pointers, names of several words",
              CtfFeature.Reading.FULL,
              OTHER_FORM)
          .provedBy("tsdl/aliases-by-name", "tsdl/error-alias-twice")
          .add(
              "location-absolute", "absolute places: `stream.event.header.id`, `event.fields.n`, …")
          .provedBy("tsdl/locations-absolute")
          .addRead("location-relative", "relative places, from the innermost scope outwards")
          .provedBy("tsdl/locations-relative", "tsdl/lenient-location-crosses-alias")
          .addRead("location-through-variants", "places inside the option that is in use")
          .provedBy("tsdl/locations-through-variants", "tsdl/error-length-of-option-missing")
          .build();

  private Ctf1Metadata() {}
}
