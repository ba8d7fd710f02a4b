package dev.rideau.kernel.internal.track.syscall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is known of a system call: what it does, and which of its arguments tell what.
///
/// @param index position among all kinds
/// @param operation as in `io.operation`; empty when it moves and synchronises nothing
/// @param descriptor what a descriptor that it makes or needs is, as in `io.kind`
/// @param fd argument with the descriptor, or with the first one
/// @param otherFd argument with another descriptor
/// @param length argument with the number of bytes
/// @param offset argument with the position in the file, or with the address
/// @param flags argument with flags, or with the command
/// @param text argument with the path
record CallKind(
    int index,
    String operation,
    Effect effect,
    String descriptor,
    String fd,
    String otherFd,
    String length,
    String offset,
    String flags,
    String text) {
  /// All system calls that are more than a name.
  ///
  /// ```
  /// name operation effect descriptor fd other_fd length offset flags text
  /// ```
  private static final String TABLE =
      """
      read              read    NONE        -        fd      -       count    -      -      -
      pread64           read    NONE        -        fd      -       count    pos    -      -
      readv             read    NONE        -        fd      -       -        -      -      -
      preadv            read    NONE        -        fd      -       -        pos_l  -      -
      preadv2           read    NONE        -        fd      -       -        pos_l  -      -
      write             write   NONE        -        fd      -       count    -      -      -
      pwrite64          write   NONE        -        fd      -       count    pos    -      -
      writev            write   NONE        -        fd      -       -        -      -      -
      pwritev           write   NONE        -        fd      -       -        pos_l  -      -
      pwritev2          write   NONE        -        fd      -       -        pos_l  -      -
      vmsplice          write   NONE        pipe     fd      -       -        -      -      -
      send              send    NONE        socket   fd      -       len      -      -      -
      sendto            send    NONE        socket   fd      -       len      -      -      -
      sendmsg           send    NONE        socket   fd      -       -        -      -      -
      sendmmsg          send    NONE        socket   fd      -       -        -      messages -
      recv              receive NONE        socket   fd      -       size     -      -      -
      recvfrom          receive NONE        socket   fd      -       size     -      -      -
      recvmsg           receive NONE        socket   fd      -       -        -      -      -
      recvmmsg          receive NONE        socket   fd      -       -        -      messages -
      sendfile          copy    NONE        -        in_fd   out_fd  count    -      -      -
      sendfile64        copy    NONE        -        in_fd   out_fd  count    -      -      -
      splice            copy    NONE        -        fd_in   fd_out  len      -      -      -
      tee               copy    NONE        pipe     fdin    fdout   len      -      -      -
      copy_file_range   copy    NONE        file     fd_in   fd_out  len      -      -      -
      fsync             sync    NONE        -        fd      -       -        -      -      -
      fdatasync         sync    NONE        -        fd      -       -        -      -      -
      sync_file_range   sync    NONE        -        fd      -       nbytes   offset -      -
      syncfs            sync    NONE        -        fd      -       -        -      -      -
      msync             sync    NONE        -        -       -       len      -      -      -
      sync              sync    NONE        -        -       -       -        -      -      -
      readahead         other   NONE        file     fd      -       count    offset -      -
      lseek             seek    NONE        -        fd      -       -        -      -      -
      llseek            seek    NONE        -        fd      -       -        -      -      -
      open              open    OPEN        file     -       -       -        -      flags  filename
      openat            open    OPEN        file     -       -       -        -      flags  filename
      openat2           open    OPEN        file     -       -       -        -      -      filename
      creat             open    OPEN        file     -       -       -        -      -      pathname
      open_by_handle_at open    OPEN        file     -       -       -        -      flags  -
      close             close   CLOSE       -        fd      -       -        -      -      -
      accept            accept  ACCEPT      socket   fd      -       -        -      -      -
      accept4           accept  ACCEPT      socket   fd      -       -        -      flags  -
      connect           connect CONNECT     socket   fd      -       -        -      -      -
      socket            -       OPEN        socket   -       -       -        -      type   -
      socketpair        -       PAIR        socket   -       -       -        -      type   -
      pipe              -       PAIR        pipe     -       -       -        -      -      -
      pipe2             -       PAIR        pipe     -       -       -        -      flags  -
      epoll_create      -       OPEN        epoll    -       -       -        -      -      -
      epoll_create1     -       OPEN        epoll    -       -       -        -      flags  -
      eventfd           -       OPEN        eventfd  -       -       -        -      -      -
      eventfd2          -       OPEN        eventfd  -       -       -        -      flags  -
      timerfd_create    -       OPEN        timerfd  -       -       -        -      flags  -
      signalfd          -       REOPEN      signalfd ufd     -       -        -      -      -
      signalfd4         -       REOPEN      signalfd ufd     -       -        -      flags  -
      inotify_init      -       OPEN        inotify  -       -       -        -      -      -
      inotify_init1     -       OPEN        inotify  -       -       -        -      flags  -
      memfd_create      -       OPEN        memfd    -       -       -        -      flags  uname
      fanotify_init     -       OPEN        unknown  -       -       -        -      -      -
      perf_event_open   -       OPEN        unknown  -       -       -        -      -      -
      userfaultfd       -       OPEN        unknown  -       -       -        -      flags  -
      mq_open           -       OPEN        unknown  -       -       -        -      oflag  u_name
      pidfd_open        -       OPEN        unknown  -       -       -        -      -      -
      pidfd_getfd       -       OPEN        unknown  -       -       -        -      -      -
      io_uring_setup    -       OPEN        unknown  -       -       -        -      -      -
      open_tree         -       OPEN        file     -       -       -        -      -      -
      fsopen            -       OPEN        unknown  -       -       -        -      -      -
      fsmount           -       OPEN        unknown  -       -       -        -      -      -
      dup               -       DUP         -        fildes  -       -        -      -      -
      dup2              -       DUP_TO      -        oldfd   newfd   -        -      -      -
      dup3              -       DUP_TO      -        oldfd   newfd   -        -      flags  -
      fcntl             -       FCNTL       -        fd      -       arg      -      cmd    -
      fcntl64           -       FCNTL       -        fd      -       arg      -      cmd    -
      ioctl             -       IOCTL       -        fd      -       -        -      cmd    -
      close_range       -       CLOSE_RANGE -        fd      max_fd  -        -      flags  -
      clone             -       CLONE       -        -       -       -        -      flags  -
      unshare           -       UNSHARE     -        -       -       -        -      unshare_flags -
      mmap              -       MAP         -        fd      -       len      -      -      -
      mmap2             -       MAP         -        fd      -       len      -      -      -
      mmap_pgoff        -       MAP         -        fd      -       len      -      -      -
      mremap            -       MAP         -        -       -       new_len  -      -      -
      munmap            -       CHANGE_MAP  -        -       -       len      addr   -      -
      mprotect          -       CHANGE_MAP  -        -       -       len      start  -      -
      pkey_mprotect     -       CHANGE_MAP  -        -       -       len      start  -      -
      brk               -       BRK         -        -       -       brk      -      -      -
      """;

  /// Stands in the column of flags for calls that return a number of messages.
  private static final String MESSAGES = "messages";

  /// A call of which nothing is known but its name.
  static final CallKind PLAIN = new CallKind(0, "", Effect.NONE, "", "", "", "", "", "", "");

  private static final Map<String, CallKind> BY_NAME = new HashMap<>();
  private static final List<CallKind> ALL = new ArrayList<>(List.of(PLAIN));

  static {
    for (String line : TABLE.strip().split("\n")) {
      String[] words = line.strip().split("\\s+");
      for (int i = 0; i < words.length; i++) {
        words[i] = words[i].equals("-") ? "" : words[i];
      }
      CallKind kind =
          new CallKind(
              ALL.size(),
              words[1],
              Effect.valueOf(words[2]),
              words[3],
              words[4],
              words[5],
              words[6],
              words[7],
              words[8],
              words[9]);
      ALL.add(kind);
      BY_NAME.put(words[0], kind);
    }
  }

  static CallKind of(String name) {
    return BY_NAME.getOrDefault(name, PLAIN);
  }

  static CallKind at(int index) {
    return ALL.get(index);
  }

  static int count() {
    return ALL.size();
  }

  /// Whether what it returns is a number of bytes: not the messages of two calls.
  boolean returnsBytes() {
    return switch (operation) {
      case "read", "write", "send", "receive", "copy" -> !flags.equals(MESSAGES);
      default -> false;
    };
  }
}
