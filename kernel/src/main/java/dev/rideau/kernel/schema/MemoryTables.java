package dev.rideau.kernel.schema;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.kernel.Unit;
import java.util.List;

/// Pages, faults and mappings.
public final class MemoryTables {
  public static final FactTable PAGE_ALLOCATION =
      FactTable.named(
              "page_allocation", "Pages were allocated or freed by the kernel's page allocator.")
          .point("When it happened.")
          .nullable("utid", FactType.UTID, "The thread that ran there.")
          .column("cpu", FactType.INT, "The CPU.")
          .column("order", FactType.INT, "2^order pages.")
          .column("pages", FactType.LONG, Unit.PAGES, "Number of pages, negative when freed.")
          .nullable("pfn", FactType.LONG, "Number of the first page.")
          .build();

  public static final FactTable PAGE_FAULT =
      FactTable.named("page_fault", "A page fault.")
          .point("When it happened.")
          .nullable("utid", FactType.UTID, "The thread.")
          .column("cpu", FactType.INT, "The CPU.")
          .nullable("address", FactType.LONG, "The address that was touched.")
          .nullable("ip", FactType.LONG, "The instruction that touched it.")
          .column("is_user", FactType.BOOLEAN, "Whether it happened in user mode.")
          .nullable("is_write", FactType.BOOLEAN, "Whether it was a write.")
          .build();

  public static final FactTable MEMORY_MAPPING =
      FactTable.named(
              "memory_mapping",
              "A successful change of a process's address space by mmap, munmap, mremap, brk or mprotect.")
          .interval("When the call was entered.", "Until it returned.")
          .nullable("utid", FactType.UTID, "The thread.")
          .column("syscall", FactType.NAME, "Which call.")
          .nullable(
              "address",
              FactType.LONG,
              "Begin of the range; what the call returned where it chose; for brk the end of the"
                  + " data segment.")
          .nullable("bytes", FactType.LONG, Unit.BYTES, "Length of the range; for brk the growth.")
          .nullable("fd", FactType.INT, "The file that was mapped, if any.")
          .build();

  public static final FactTable PAGE_CACHE =
      FactTable.named("page_cache", "A page was added to the page cache or removed from it.")
          .point("When it happened.")
          .nullable("utid", FactType.UTID, "The thread that ran there.")
          .column("is_added", FactType.BOOLEAN, "Whether it was added.")
          .column("device", FactType.LONG, "The device of the file system.")
          .column("inode", FactType.LONG, "The file.")
          .column("offset", FactType.LONG, Unit.BYTES, "Position in the file.")
          .build();

  public static final FactTable RECLAIM =
      FactTable.named(
              "reclaim",
              "A thread that wanted memory had to free some itself first, of the machine or of its"
                  + " control group.")
          .interval("When it began.", "Until it went on.")
          .nullable("utid", FactType.UTID, "The thread.")
          .column("cpu", FactType.INT, "The CPU on which it began.")
          .nullable("order", FactType.INT, "It wanted 2^order pages.")
          .nullable("pages", FactType.LONG, Unit.PAGES, "How many it freed.")
          .build();

  /// All of the above.
  public static final List<FactTable> ALL =
      List.of(PAGE_ALLOCATION, PAGE_FAULT, MEMORY_MAPPING, PAGE_CACHE, RECLAIM);

  private MemoryTables() {}
}
