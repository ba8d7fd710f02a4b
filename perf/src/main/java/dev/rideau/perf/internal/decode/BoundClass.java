package dev.rideau.perf.internal.decode;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.RecordDecoder;
import dev.rideau.perf.internal.decode.RecordKind.FieldShape;
import dev.rideau.perf.internal.decode.SampleFormat.Part;
import dev.rideau.perf.internal.file.Words;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.StructColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An event class with the columns of one cursor: how its rows get into its batch.
final class BoundClass {
  final Batch batch;
  final int ordinal;
  final Rows rows;

  private final Filler[] fillers;
  private final @Nullable RecordDecoder tracepoint;
  private final Words words;

  /// First and last byte of tracepoint records, for the decoder.
  private int[] rawStarts = new int[0];

  private int[] rawEnds = new int[0];

  BoundClass(PerfSchema schema, EventClass eventClass, Batch batch, CommTable comms) {
    this.batch = batch;
    ordinal = eventClass.ordinal();
    words = schema.records().words();
    boolean sample = schema.isSample(eventClass);
    rows = new Rows(sample ? schema.records().sample(ordinal).present() : new int[0]);
    List<Filler> made = new ArrayList<>();
    StructColumn common = batch.commonContext();
    if (common != null) {
      addThread(common, comms, made);
    }
    RecordDecoder decoder = null;
    StructColumn payload = batch.payload();
    if (sample) {
      SampleFormat format = schema.records().sample(ordinal);
      StructColumn context = batch.specificContext();
      if (context != null) {
        addParts(context, format, made);
      }
      EventFormat known = schema.tracepoint(ordinal);
      if (payload != null && known != null && format.has(Part.RAW)) {
        decoder = RecordDecoder.ofPayload(known, payload);
      } else if (payload != null && known == null) {
        addBlob(payload, "raw", Part.RAW, made);
      }
    } else if (payload != null) {
      addFields(payload, schema.kindOf(eventClass), made);
    }
    tracepoint = decoder;
    fillers = made.toArray(Filler[]::new);
  }

  private void addThread(StructColumn common, CommTable comms, List<Filler> into) {
    if (common.member(PerfSchema.PID) instanceof LongColumn pid) {
      into.add(Fillers.thread(pid, words, 0));
    }
    if (common.member(PerfSchema.TID) instanceof LongColumn tid) {
      into.add(Fillers.thread(tid, words, 4));
    }
    if (common.member(PerfSchema.COMM) instanceof BytesColumn comm) {
      into.add(Fillers.comm(comm, words, comms));
    }
  }

  private void addFields(StructColumn payload, RecordKind kind, List<Filler> into) {
    List<FieldShape> fields = kind.fields();
    for (int i = 0; i < fields.size(); i++) {
      Column column = payload.member(i);
      FieldShape field = fields.get(i);
      if (column != null) {
        into.add(
            switch (field.shape()) {
              case SIGNED ->
                  Fillers.integer(
                      (LongColumn) column, words, field.at(), field.lengthBytes(), true);
              case UNSIGNED, ADDRESS ->
                  Fillers.integer(
                      (LongColumn) column, words, field.at(), field.lengthBytes(), false);
              case FLAG -> Fillers.flag((LongColumn) column, words, field.at());
              case TEXT -> Fillers.text((BytesColumn) column, field.at());
            });
      }
    }
  }

  private void addParts(StructColumn context, SampleFormat format, List<Filler> into) {
    addFixed(context, "ip", format.ipAt, into);
    addFixed(context, "addr", format.addrAt, into);
    addFixed(context, "period", format.periodAt, into);
    addWord(context, "weight", Part.WEIGHT, into);
    addWord(context, "data_src", Part.DATA_SOURCE, into);
    addWord(context, "transaction", Part.TRANSACTION, into);
    addWord(context, "phys_addr", Part.PHYSICAL_ADDRESS, into);
    addWord(context, "cgroup", Part.CGROUP, into);
    addWord(context, "data_page_size", Part.DATA_PAGE_SIZE, into);
    addWord(context, "code_page_size", Part.CODE_PAGE_SIZE, into);
    addWords(context, PerfSchema.CALL_CHAIN, Part.CALL_CHAIN, 0, into);
    addWords(context, "user_registers", Part.USER_REGISTERS, format.attr().userRegisters(), into);
    addWords(
        context,
        "interrupt_registers",
        Part.INTERRUPT_REGISTERS,
        format.attr().interruptRegisters(),
        into);
    addBlob(context, "user_stack", Part.USER_STACK, into);
    if (context.member(PerfSchema.lengthName("branch_stack")) instanceof LongColumn length) {
      into.add(Fillers.wordCount(length, words, Part.BRANCH_STACK, 0));
    }
    if (context.member("branch_stack") instanceof ListColumn branches) {
      into.add(Fillers.branches(branches, words, format.branchEntriesAt()));
    }
  }

  private void addFixed(StructColumn context, String name, int at, List<Filler> into) {
    if (context.member(name) instanceof LongColumn column) {
      into.add(Fillers.integer(column, words, at, 8, false));
    }
  }

  private void addWord(StructColumn context, String name, Part part, List<Filler> into) {
    if (context.member(name) instanceof LongColumn column) {
      into.add(Fillers.word(column, words, part));
    }
  }

  private void addWords(
      StructColumn context, String name, Part part, long registers, List<Filler> into) {
    if (context.member(PerfSchema.lengthName(name)) instanceof LongColumn length) {
      into.add(Fillers.wordCount(length, words, part, registers));
    }
    if (context.member(name) instanceof ListColumn list) {
      into.add(Fillers.words(list, words, part, registers));
    }
  }

  private void addBlob(StructColumn columns, String name, Part part, List<Filler> into) {
    if (columns.member(PerfSchema.lengthName(name)) instanceof LongColumn length) {
      into.add(Fillers.blobLength(length, words, part));
    }
    if (columns.member(name) instanceof BytesColumn blob) {
      into.add(Fillers.blob(blob, words, part));
    }
  }

  /// Fills the columns with the rows that were collected.
  ///
  /// @return how many values of tracepoints lie outside their records
  int finish(byte[] bytes) {
    rows.bytes = bytes;
    batch.ensureCapacity(rows.count);
    batch.resize(rows.count);
    for (Filler filler : fillers) {
      filler.fill(rows);
    }
    return tracepoint == null ? 0 : decodeTracepoints(tracepoint, bytes);
  }

  private int decodeTracepoints(RecordDecoder decoder, byte[] bytes) {
    if (rawStarts.length < rows.count) {
      rawStarts = new int[rows.starts.length];
      rawEnds = new int[rows.starts.length];
    }
    int[] places = rows.parts[Part.RAW.ordinal()];
    for (int row = 0; row < rows.count; row++) {
      rawStarts[row] = places[row] + 4;
      rawEnds[row] = places[row] + 4 + words.i32(bytes, places[row]);
    }
    return decoder.decode(bytes, rawStarts, rawEnds, rows.count);
  }
}
