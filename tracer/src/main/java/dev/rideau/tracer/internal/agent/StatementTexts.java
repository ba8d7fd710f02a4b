package dev.rideau.tracer.internal.agent;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The texts of statements that were prepared, for as long as the program holds the statements.
/// Statements are told apart by identity: what drivers make of `equals` is not asked.
final class StatementTexts {
  private final ConcurrentMap<Key, String> texts = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object statement, @Nullable ReferenceQueue<Object> gone) {
      super(statement, gone);
      hash = System.identityHashCode(statement);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object statement = get();
      return statement != null && other instanceof Key key && key.refersTo(statement);
    }
  }

  /// Keeps the text of a statement.
  void put(Object statement, String text) {
    Reference<?> each;
    while ((each = gone.poll()) != null) {
      texts.remove(each);
    }
    texts.put(new Key(statement, gone), text);
  }

  /// The text of a statement; null when nobody has told it.
  @Nullable String of(Object statement) {
    return texts.get(new Key(statement, null));
  }
}
