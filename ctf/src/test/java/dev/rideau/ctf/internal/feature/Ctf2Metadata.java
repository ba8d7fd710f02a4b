package dev.rideau.ctf.internal.feature;

import static dev.rideau.ctf.CtfFeature.Reading.REFUSED;
import static dev.rideau.ctf.CtfFeature.Writing.NEVER;

import dev.rideau.ctf.CtfFeature;
import dev.rideau.ctf.CtfFormat;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.Role;
import java.util.List;

/// Metadata of CTF 2.
public final class Ctf2Metadata {
  /// In the order of the page.
  public static final List<CtfFeature> FEATURES =
      new CtfFeature.Builder(CtfFormat.CTF_2)
          .area("Metadata stream")
          .add("text-sequence", "JSON text sequence (RFC 7464)")
          .provedBy("json/accept-empty-elements-of-the-sequence", "json/refuse-json-cut-off")
          .add("preamble", "preamble with version and UUID")
          .provedBy("json/refuse-preamble-missing", "json/refuse-version-3")
          .add("extensions", "extensions: whatever a preamble or object declares", REFUSED, NEVER)
          .provedBy("json/refuse-extension-in-preamble")
          .add("attributes", "attributes of every object, kept and not interpreted")
          .provedBy("json/accept-clocks-and-names")
          .addRead("draft-forms", "forms of the drafts that tools wrote before version 2.0")
          .provedBy("json/accept-draft-forms")
          .addRead("duplicate-properties", "a property given twice is refused")
          .provedBy("json/refuse-duplicate-property")
          .area("Fragments")
          .add("trace-class", "trace class: namespace, name, uid, environment, packet header")
          .provedBy("json/accept-clocks-and-names", "json/refuse-environment-of-reals")
          .add(
              "clock-class", "clock class: id, frequency, offset, precision, accuracy, description")
          .provedBy("json/accept-clocks-and-names", "json/refuse-offset-cycles-not-below-frequency")
          .add("clock-origin", "clock origin: Unix epoch, none, or one of its own")
          .provedBy("json/accept-clocks-and-names", "json/refuse-clock-origin-unknown")
          .is(ClockOrigin.Custom.class)
          .add("data-stream-class", "data stream class, with default clock, contexts and header")
          .provedBy(
              "json/accept-every-field-class", "json/refuse-trace-class-after-data-stream-class")
          .add("event-record-class", "event record class, with namespace, name, uid")
          .provedBy("json/refuse-event-class-twice", "json/refuse-several-event-classes-without-id")
          .addRead("field-class-alias", "field class aliases")
          .provedBy("json/accept-alias-with-relative-location", "json/refuse-aliases-that-double")
          .area("Places and roles")
          .add("field-location", "field locations with an origin")
          .provedBy("json/refuse-length-without-scope", "json/refuse-length-past-scalar")
          .addRead("field-location-relative", "field locations without origin, steps up (`null`)")
          .provedBy("json/accept-path-with-detours", "json/refuse-path-above-root")
          .addRead("field-location-options", "one length or selector in each of several options")
          .provedBy(
              "json/accept-length-in-every-option", "json/refuse-length-missing-in-one-option")
          .add("roles", "all roles, in the scopes where they may stand")
          .provedBy("json/accept-every-field-class", "json/refuse-role-outside-scope")
          .is((Object[]) Role.values())
          .build();

  private Ctf2Metadata() {}
}
