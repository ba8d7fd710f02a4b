package dev.rideau.ctf.internal.feature;

import static dev.rideau.ctf.CtfFeature.Reading.FULL;
import static dev.rideau.ctf.CtfFeature.Reading.NO_EFFECT;
import static dev.rideau.ctf.CtfFeature.Reading.REFUSED;
import static dev.rideau.ctf.CtfFeature.Writing.NEVER;

import dev.rideau.ctf.CtfFeature;
import dev.rideau.ctf.CtfFormat;
import dev.rideau.trace.BitOrder;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import java.util.List;

/// Data streams and folders of CTF 1.8.
public final class Ctf1Streams {
  /// In the order of the page.
  public static final List<CtfFeature> FEATURES =
      new CtfFeature.Builder(CtfFormat.CTF_1_8)
          .area("Packets")
          .add("packet-header", "packet header: `magic`, `uuid`, `stream_id`, `stream_instance_id`")
          .provedBy("tsdl/roles", "open/unknown-data-stream-class")
          .is(
              Scope.PACKET_HEADER,
              Role.PACKET_MAGIC_NUMBER,
              Role.METADATA_STREAM_UUID,
              Role.DATA_STREAM_CLASS_ID,
              Role.DATA_STREAM_ID)
          .add("packet-lengths", "`packet_size`, `content_size`; one of them or both may be absent")
          .provedBy("open/no-lengths", "open/only-content-length", "open/content-exceeds-total")
          .is(Scope.PACKET_CONTEXT, Role.PACKET_TOTAL_LENGTH, Role.PACKET_CONTENT_LENGTH)
          .add("packet-times", "`timestamp_begin`, `timestamp_end`")
          .provedBy("open/packet-ends-before-it-begins", "open/timestamps-of-32-bits-wrap")
          .is(Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP)
          .add("discarded-events", "`events_discarded`: how many events were lost, and when")
          .provedBy("open/discarded-events", "LossFinderTest#countersWrapWhereTheirFieldsEnd")
          .is(Role.DISCARDED_EVENT_COUNTER_SNAPSHOT)
          .add("packet-sequence", "`packet_seq_num`: how many packets were lost, and when")
          .provedBy("open/discarded-packets")
          .is(Role.PACKET_SEQUENCE_NUMBER)
          .add("other-context", "any other fields in packet header and context")
          .provedBy("suite/data-stream/ctf-1/pass-all-basic-features-le")
          .add(
              "packet-checksum",
              "`checksum`, `compression_scheme`, `encryption_scheme`: read as plain fields",
              NO_EFFECT,
              NEVER)
          .provedBy("suite/data-stream/ctf-1/pass-all-basic-features-le")
          .area("Event records")
          .add("event-id", "class id in the event header; none when there is one class only")
          .provedBy("suite/data-stream/ctf-1/fail-unknown-ert-id", "tsdl/error-no-event-id")
          .is(Scope.EVENT_HEADER, Role.EVENT_CLASS_ID)
          .add("compact-header", "LTTng's compact and large event headers, short and extended form")
          .provedBy("suite/metadata-text/ctf-1/pass-lttng-modules-2.7.0", "FastPathSuiteTest")
          .addRead("any-header", "any other structure as event header")
          .provedBy("suite/data-stream/ctf-1/pass-multiple-ert-id-fl-ints")
          .add("clock-wrap", "timestamps of 1 to 64 bits that go on from the one before")
          .provedBy("suite/data-stream/ctf-1/pass-implicit-def-clk-ts-role")
          .is(Role.DEFAULT_CLOCK_TIMESTAMP)
          .add("common-context", "`stream.event.context`")
          .provedBy("suite/data-stream/ctf-1/pass-all-basic-features-le")
          .is(Scope.COMMON_CONTEXT)
          .add("specific-context", "`context` of an event")
          .provedBy("suite/data-stream/ctf-1/pass-all-basic-features-le")
          .is(Scope.SPECIFIC_CONTEXT)
          .add("payload", "`fields`")
          .provedBy("suite/data-stream/ctf-1/pass-all-basic-features-le")
          .is(Scope.PAYLOAD)
          .area("Bits")
          .add("any-length", "integers of 1 to 64 bits at any bit, both byte orders")
          .provedBy("suite/data-stream/ctf-1/pass-std-fl-ints", "FastPathSuiteTest")
          .is(BitOrder.LEAST_SIGNIFICANT_FIRST, BitOrder.MOST_SIGNIFICANT_FIRST)
          .add("any-alignment", "any alignment that is a power of two")
          .provedBy("suite/data-stream/ctf-1/fail-align-beyond-content", "tsdl/error-alignment")
          .add("byte-order-inside-byte", "byte order that changes inside a byte", REFUSED, NEVER)
          .provedBy("suite/data-stream/ctf-1/fail-be-to-le-change-in-byte")
          .area("Folders")
          .addRead("several-traces", "several traces below a folder, each with its `metadata`")
          .provedBy("open/traces-are-ordered-by-uid-then-name", "open/links-in-a-circle")
          .addRead("session-chunks", "chunks of a rotated session: one trace")
          .provedBy("open/chunks-of-a-session-are-one-trace")
          .addRead("rotated-files", "rotated files of a stream (`channel0_0_1`): one stream")
          .provedBy("open/rotated-files-are-one-stream")
          .addRead("overlapping-snapshots", "snapshots that share packets: each packet once")
          .provedBy("open/overlapping-snapshots-share-packets", "PacketOrderTest")
          .addRead("lttng-index", "LTTng's index files 1.0 and 1.1, used when they are right")
          .provedBy("open/index-file", "open/index-file-of-another-time", "Babeltrace2PacketsTest")
          .addRead("empty-streams", "empty and hidden files, folders inside a trace: left out")
          .provedBy("open/hidden-empty-and-nested-files-are-left-out")
          .addRead("crashed-buffers", "buffers of a crashed machine, as `lttng-crash` leaves them")
          .provedBy("open/lttng-crash")
          .addRead("truncated-files", "files that were cut off: everything before is read")
          .provedBy("open/truncated-last-packet", "open/truncated-in-a-packet-header")
          .addRead("tracer-quirks", "wrong packet times of certain LTTng and barectf versions")
          .provedBy(
              "open/lttng-records-after-their-packet", "open/barectf-records-before-their-packet")
          .addRead("time-goes-back", "time that goes back inside a stream: a warning")
          .provedBy("open/time-goes-back")
          .add("foreign-files", "files of another trace in the folder: a warning", FULL, NEVER)
          .provedBy("open/foreign-file-in-a-trace")
          .build();

  private Ctf1Streams() {}
}
