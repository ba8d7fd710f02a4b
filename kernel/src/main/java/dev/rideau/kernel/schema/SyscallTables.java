package dev.rideau.kernel.schema;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.kernel.Unit;
import java.util.List;

/// System calls, file descriptors and what went through them.
public final class SyscallTables {
  public static final FactTable SYSCALL =
      FactTable.named("syscall", "A system call.")
          .interval(
              "When it was entered.",
              "Until it returned; 0 when it did return but that was not recorded, as with losses"
                  + " and rt_sigreturn.")
          .nullable("utid", FactType.UTID, "The thread.")
          .nullable("cpu", FactType.INT, "The CPU on which it was entered.")
          .column("name", FactType.NAME, "Its name, without prefix.")
          .nullable(
              "args",
              FactType.TEXT,
              "Arguments as recorded at entry, then at exit, `name = value` with commas between; at"
                  + " most 1 KiB of them, then `…`.")
          .nullable(
              "ret",
              FactType.LONG,
              "What it returned; none when it did not return in the recording.")
          .nullable("error", FactType.NAME, "Name of the error (`ENOENT`) when it failed.")
          .nullable("exit_cpu", FactType.INT, "The CPU on which it returned.")
          .build();

  public static final FactTable FILE_DESCRIPTOR =
      FactTable.named(
              "file_descriptor",
              "A file descriptor of a process referred to a file, socket, pipe or the like.")
          .interval("When it was opened.", "Until it was closed.")
          .column("upid", FactType.UPID, "The process.")
          .column("fd", FactType.INT, "The number.")
          .column(
              "kind",
              FactType.NAME,
              "`file`, `socket`, `pipe`, `epoll`, `eventfd`, `timerfd`, `signalfd`, "
                  + "`inotify`, `memfd` or `unknown`.")
          .nullable(
              "name",
              FactType.TEXT,
              "Path as the program gave it, or address of the peer. What the state dump tells "
                  + "was so from the begin of the recording on, unless it was opened meanwhile.")
          .nullable(
              "opened_by",
              FactType.NAME,
              "How it came to be: name of the system call, `fork`, `unshare`, `statedump`, or"
                  + " none when the trace does not tell.")
          .nullable("utid", FactType.UTID, "The thread that opened it.")
          .build();

  public static final FactTable IO =
      FactTable.named(
              "io",
              "A system call that moved or synchronised data of a file descriptor. What programs "
                  + "ask for by `io_submit` or `io_uring_enter` stands in their memory, of which "
                  + "tracers record the address only: see `block_request` for what it did to disks.")
          .interval("When the call was entered.", "Until it returned.")
          .nullable("utid", FactType.UTID, "The thread.")
          .nullable("upid", FactType.UPID, "Its process.")
          .column("syscall", FactType.NAME, "Name of the system call.")
          .column(
              "operation",
              FactType.NAME,
              "`read`, `write`, `copy` (from one descriptor to another), `send`, `receive`,"
                  + " `open`, `close`, `accept`, `connect`, `sync`, `seek` or `other`.")
          .nullable(
              "fd",
              FactType.INT,
              "The descriptor; for copies from one to another, that read from; for open and accept"
                  + " the new one.")
          .nullable("out_fd", FactType.INT, "For copies from one to another, that written to.")
          .column("kind", FactType.NAME, "What the descriptor is, as in `file_descriptor.kind`.")
          .nullable(
              "name", FactType.TEXT, "What the descriptor refers to, as in `file_descriptor.name`.")
          .nullable("requested", FactType.LONG, Unit.BYTES, "How much was asked for.")
          .nullable(
              "bytes",
              FactType.LONG,
              Unit.BYTES,
              "How much was moved; none when it failed or did not end.")
          .nullable(
              "offset",
              FactType.LONG,
              Unit.BYTES,
              "Position in the file, when the call names one; for seek that which it led to.")
          .nullable("error", FactType.NAME, "Name of the error when it failed.")
          .build();

  /// All of the above.
  public static final List<FactTable> ALL = List.of(SYSCALL, FILE_DESCRIPTOR, IO);

  private SyscallTables() {}
}
