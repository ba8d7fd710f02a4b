package dev.rideau.ctf.internal.feature;

import dev.rideau.ctf.CtfFeature;
import dev.rideau.ctf.CtfFormat;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.TextEncoding;
import java.util.List;

/// Field classes of CTF 2. Packets, records and folders are those of CTF 1.8.
public final class Ctf2Streams {
  /// In the order of the page.
  public static final List<CtfFeature> FEATURES =
      new CtfFeature.Builder(CtfFormat.CTF_2)
          .area("Field classes")
          .add("bit-array", "fixed-length bit array of 1 to 64 bits")
          .provedBy(
              "suite/data-stream/ctf-2/pass-odd-fl-bit-arrays", "json/accept-every-field-class")
          .is(FieldClass.BitArray.class)
          .add("bit-map", "fixed-length bit map with flags")
          .provedBy("suite/data-stream/ctf-2/pass-fl-bit-map")
          .is(FieldClass.BitMap.class)
          .add("boolean", "fixed-length boolean")
          .provedBy("suite/data-stream/ctf-2/pass-std-fl-bools")
          .is(FieldClass.Bool.class)
          .add("fixed-integer", "fixed-length integers, signed and unsigned, of 1 to 64 bits")
          .provedBy("suite/data-stream/ctf-2/translated-pass-std-fl-ints")
          .is(FieldClass.Int.class)
          .add("float", "floating point numbers of 16, 32, 64 and 128 bits (values are held in 64)")
          .provedBy(
              "suite/data-stream/ctf-2/translated-pass-fl-floats", "json/refuse-float-of-48-bits")
          .is(FieldClass.Floating.class)
          .add("variable-integer", "variable-length integers, signed and unsigned, up to 64 bits")
          .provedBy(
              "suite/data-stream/ctf-2/pass-vl-ints",
              "suite/data-stream/ctf-2/fail-vl-uint-oversized-gt-64-bits")
          .is(FieldClass.VariableLengthInt.class)
          .add("null-terminated-string", "null-terminated string")
          .provedBy("suite/data-stream/ctf-2/pass-nt-str-utf-16le")
          .is(FieldClass.NullTerminatedString.class)
          .add("static-string", "static-length string")
          .provedBy("suite/data-stream/ctf-2/translated-pass-sl-strs")
          .is(FieldClass.StaticLengthString.class)
          .add("dynamic-string", "dynamic-length string")
          .provedBy("suite/data-stream/ctf-2/translated-fail-dl-str-beyond-data")
          .is(FieldClass.DynamicLengthString.class)
          .add("static-blob", "static-length BLOB with media type")
          .provedBy("json/refuse-uuid-of-15-bytes")
          .is(FieldClass.StaticLengthBlob.class)
          .add("dynamic-blob", "dynamic-length BLOB with media type")
          .provedBy("suite/data-stream/ctf-2/pass-dl-blob")
          .is(FieldClass.DynamicLengthBlob.class)
          .add("structure", "structure, minimum alignment")
          .provedBy("suite/data-stream/ctf-2/translated-pass-all-basic-features-be")
          .is(FieldClass.Structure.class)
          .add("static-array", "static-length array, minimum alignment")
          .provedBy("suite/data-stream/ctf-2/translated-pass-complex-sl-arrays")
          .is(FieldClass.StaticLengthArray.class)
          .add("dynamic-array", "dynamic-length array, minimum alignment")
          .provedBy("suite/data-stream/ctf-2/translated-pass-dl-arrays")
          .is(FieldClass.DynamicLengthArray.class)
          .add("optional", "optional with boolean or integer selector")
          .provedBy(
              "suite/data-stream/ctf-2/pass-opts", "json/refuse-optional-without-ranges-on-integer")
          .is(FieldClass.Optional.class)
          .add("variant", "variant with signed or unsigned selector")
          .provedBy("json/refuse-selector-ranges-overlap", "json/refuse-selector-signs-differ")
          .is(FieldClass.Variant.class)
          .area("Properties of field classes")
          .add("encodings", "strings in UTF-8, UTF-16 and UTF-32, both byte orders")
          .provedBy("suite/data-stream/ctf-2/pass-nt-str-utf-32le")
          .is((Object[]) TextEncoding.values())
          .add("mappings", "mappings of integers, with ranges")
          .provedBy("suite/data-stream/ctf-2/translated-pass-std-fl-enums")
          .add("display-base", "preferred display base 2, 8, 10, 16")
          .provedBy("json/accept-every-field-class")
          .add("bit-order", "bit order that is not the natural one of the byte order")
          .provedBy("suite/data-stream/ctf-2/pass-fl-sint-64-le-rev")
          .add("alignment", "alignment of every field class")
          .provedBy("suite/data-stream/ctf-2/translated-fail-align-beyond-content")
          .build();

  private Ctf2Streams() {}
}
