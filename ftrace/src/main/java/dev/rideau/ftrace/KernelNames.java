package dev.rideau.ftrace;

import org.jspecify.annotations.Nullable;

/// What numbers in records stand for. Thread-safe.
public interface KernelNames {
  /// Nothing is known.
  KernelNames NONE =
      new KernelNames() {
        @Override
        public @Nullable String comm(long tid) {
          return null;
        }

        @Override
        public @Nullable String symbol(long address) {
          return null;
        }

        @Override
        public @Nullable String literal(long address) {
          return null;
        }
      };

  /// The name of a task, or null.
  @Nullable String comm(long tid);

  /// The function that an address lies in, or null; an offset behind a plus sign unless it is the
  /// function's start.
  @Nullable String symbol(long address);

  /// The literal that lies at an address of the kernel, or null.
  @Nullable String literal(long address);
}
