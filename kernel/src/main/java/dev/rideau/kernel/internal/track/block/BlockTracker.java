package dev.rideau.kernel.internal.track.block;

import dev.rideau.kernel.RequestFlags;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TextField;
import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.Tracker;
import org.jspecify.annotations.Nullable;

/// Reads records about disks: the tables `block_request` and `block_device`.
///
/// Requests are few and depend on one another (merges, depth of queues, distances), so they are
/// tracked in the join.
public final class BlockTracker implements Tracker {
  private static final String[] BIO_FIELDS = {"dev", "sector", "nr_sector", "rwbs"};
  private static final String[] REQUEST_FIELDS = {"dev", "sector", "nr_sector", "rwbs", "bytes"};

  private final Core core;
  private final Requests requests;

  /// @param people in the join: all threads
  public BlockTracker(Core core, @Nullable People people) {
    this.core = core;
    requests = new Requests(core, people);
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(ModelEvent.STATEDUMP_BLOCK_DEVICE, this::device, "dev", "diskname");
    handlers.on(ModelEvent.BLOCK_BIO_QUEUE, fields -> reader(fields, Requests.QUEUE), BIO_FIELDS);
    handlers.on(ModelEvent.BLOCK_GETRQ, fields -> reader(fields, Requests.GET), BIO_FIELDS);
    handlers.on(
        ModelEvent.BLOCK_BIO_BACKMERGE, fields -> reader(fields, Requests.MERGE_BACK), BIO_FIELDS);
    handlers.on(
        ModelEvent.BLOCK_BIO_FRONTMERGE,
        fields -> reader(fields, Requests.MERGE_FRONT),
        BIO_FIELDS);
    handlers.on(
        ModelEvent.BLOCK_RQ_MERGE,
        fields -> reader(fields, Requests.MERGE_REQUESTS),
        REQUEST_FIELDS);
    handlers.on(
        ModelEvent.BLOCK_RQ_INSERT, fields -> reader(fields, Requests.INSERT), REQUEST_FIELDS);
    handlers.on(
        ModelEvent.BLOCK_RQ_ISSUE, fields -> reader(fields, Requests.ISSUE), REQUEST_FIELDS);
    handlers.on(
        ModelEvent.BLOCK_RQ_REQUEUE, fields -> reader(fields, Requests.REQUEUE), BIO_FIELDS);
    handlers.on(
        ModelEvent.BLOCK_RQ_COMPLETE,
        fields -> reader(fields, Requests.COMPLETE),
        "dev",
        "sector",
        "nr_sector",
        "rwbs",
        "error");
  }

  private RecordHandler reader(RecordFields fields, int kind) {
    NumberField device = fields.number("dev", 0);
    NumberField sector = fields.number("sector", 0);
    NumberField sectors = fields.number("nr_sector", 0);
    NumberField flags = fields.number("rwbs", 0);
    TextField flagLetters = fields.text("rwbs");
    NumberField extra = fields.number(kind == Requests.COMPLETE ? "error" : "bytes", -1);
    return (row, ts, cpu) -> {
      Step step = core.step(kind, ts, cpu);
      step.thread = core.cpus().thread(cpu);
      step.a = device.at(row);
      step.b = sector.at(row);
      long bits =
          flagLetters.isRecorded()
              ? RequestFlags.of(flagLetters.bytes(), flagLetters.from(row), flagLetters.to(row))
              : flags.at(row);
      step.c = sectors.at(row) & 0xffff_ffffL | bits << 32;
      step.d = extra.at(row);
      requests.feed(step);
    };
  }

  private RecordHandler device(RecordFields fields) {
    NumberField device = fields.number("dev", 0);
    TextField name = fields.text("diskname");
    return (row, ts, cpu) -> {
      Step step = core.step(Requests.DEVICE, ts, cpu);
      step.a = device.at(row);
      step.b = core.names().id(name.bytes(), name.from(row), name.to(row));
      requests.feed(step);
    };
  }
}
