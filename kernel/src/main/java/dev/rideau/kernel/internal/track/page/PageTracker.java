package dev.rideau.kernel.internal.track.page;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.schema.MemoryTables;

/// Pages that are allocated, freed, faulted in and cached: the tables `page_allocation`,
/// `page_fault` and `page_cache`. All are points.
///
/// Pages that are freed in batches are told twice by the kernel, by `mm_page_free_batched` and, as
/// each goes back, by `mm_page_free`: only the latter counts where it is recorded.
public final class PageTracker implements Tracker {
  private static final long NO_NUMBER = Long.MIN_VALUE;

  /// The bit of x86's error code that tells a write.
  private static final int ERROR_WRITE = 2;

  private static final int PAGE_BITS = 12;
  private static final int MOST_ORDER = 40;

  private final Core core;
  private final TableRows allocations;
  private final TableRows faults;
  private final TableRows cache;

  public PageTracker(Core core) {
    this.core = core;
    allocations = core.rows(MemoryTables.PAGE_ALLOCATION);
    faults = core.rows(MemoryTables.PAGE_FAULT);
    cache = core.rows(MemoryTables.PAGE_CACHE);
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(ModelEvent.PAGE_ALLOC, fields -> allocation(fields, 1), "order", "pfn");
    if (core.isRecorded(ModelEvent.PAGE_FREE)) {
      handlers.on(ModelEvent.PAGE_FREE, fields -> allocation(fields, -1), "order", "pfn");
    } else {
      handlers.on(ModelEvent.PAGE_FREE_BATCHED, fields -> allocation(fields, -1), "order", "pfn");
    }
    handlers.on(
        ModelEvent.PAGE_FAULT_USER, fields -> fault(fields, true), "address", "ip", "error_code");
    handlers.on(
        ModelEvent.PAGE_FAULT_KERNEL,
        fields -> fault(fields, false),
        "address",
        "ip",
        "error_code");
    handlers.on(ModelEvent.PAGE_CACHE_ADD, fields -> cached(fields, true), CACHE_FIELDS);
    handlers.on(ModelEvent.PAGE_CACHE_DELETE, fields -> cached(fields, false), CACHE_FIELDS);
  }

  private static final String[] CACHE_FIELDS = {"s_dev", "i_ino", "index"};

  private RecordHandler allocation(RecordFields fields, int sign) {
    NumberField orderField = fields.number("order", 0);
    NumberField pfn = fields.number("pfn", NO_NUMBER);
    return (row, ts, cpu) -> {
      long order = orderField.at(row);
      if (order < 0 || order > MOST_ORDER) {
        return;
      }
      FactBatch next = allocations.next();
      next.put(ts).put(core.cpus().thread(cpu)).put(cpu).put(order);
      next.put(sign * (1L << order)).putOrNull(pfn.at(row), NO_NUMBER).end();
    };
  }

  private RecordHandler fault(RecordFields fields, boolean user) {
    NumberField address = fields.number("address", NO_NUMBER);
    NumberField ip = fields.number("ip", NO_NUMBER);
    NumberField error = fields.number("error_code", NO_NUMBER);
    return (row, ts, cpu) -> {
      FactBatch next = faults.next();
      next.put(ts).put(core.cpus().thread(cpu)).put(cpu);
      next.putOrNull(address.at(row), NO_NUMBER).putOrNull(ip.at(row), NO_NUMBER).put(user);
      if (error.isRecorded()) {
        next.put((error.at(row) & ERROR_WRITE) != 0);
      } else {
        next.putNull();
      }
      next.end();
    };
  }

  private RecordHandler cached(RecordFields fields, boolean added) {
    NumberField device = fields.number("s_dev", 0);
    NumberField inode = fields.number("i_ino", 0);
    NumberField index = fields.number("index", 0);
    return (row, ts, cpu) -> {
      FactBatch next = cache.next();
      next.put(ts).put(core.cpus().thread(cpu)).put(added);
      next.put(device.at(row)).put(inode.at(row)).put(index.at(row) << PAGE_BITS).end();
    };
  }
}
