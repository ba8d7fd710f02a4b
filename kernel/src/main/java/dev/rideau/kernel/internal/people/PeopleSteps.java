package dev.rideau.kernel.internal.people;

import dev.rideau.kernel.internal.people.People.Person;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Sequence;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.schema.ThreadTables;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What happens to threads and processes, in the order of time.
final class PeopleSteps extends Sequence {
  /// `thread` has the name `a`.
  static final int NAME = 0;

  /// `thread` executes the file in the text.
  static final int EXEC = 1;

  static final int EXIT = 2;
  static final int FREE = 3;

  /// `thread` has the parent process `a`.
  static final int PARENT = 4;

  /// The process of `thread` is in the namespace `b` of kind `a`.
  static final int NAMESPACE = 5;

  /// `thread` is called `a` in its own namespace.
  static final int VTID = 6;

  /// The process of `thread` belongs to the user `a`.
  static final int USER = 7;

  private final @Nullable People people;
  private final TableRows names;
  private final TableRows execs;

  PeopleSteps(Core core, @Nullable People people) {
    super(core);
    this.people = people;
    names = core.rows(ThreadTables.THREAD_NAME);
    execs = core.rows(ThreadTables.PROCESS_EXEC);
  }

  @Override
  protected void step(Step step) {
    if (people == null || step.thread < 0) {
      return;
    }
    Person person = people.person(step.thread);
    switch (step.kind) {
      case NAME -> rename(person, (int) step.a, step.ts);
      case EXEC -> {
        person.executed = true;
        person.family.path = Arrays.copyOfRange(step.textBytes, step.textFrom, step.textTo);
        execs
            .next()
            .put(step.ts)
            .put(person.index)
            .put(person.index)
            .putText(step.textBytes, step.textFrom, step.textTo)
            .end();
      }
      case EXIT -> person.endNs = step.ts;
      case FREE -> {
        if (person.endNs == People.UNKNOWN) {
          person.endNs = step.ts;
        }
      }
      case PARENT -> person.family.parentPid = (int) step.a;
      case NAMESPACE -> person.family.namespaces[(int) step.a] = step.b;
      case VTID -> person.vtid = (int) step.a;
      default -> person.family.uid = step.a;
    }
  }

  private void rename(Person person, int name, long ts) {
    if (person.name == name) {
      return;
    }
    if (person.name < 0) {
      // The first name that is told held since the thread is known.
      person.isNameOlder = person.startNs == People.UNKNOWN;
      person.nameNs = person.isNameOlder ? core.recordings().begin(ts) : person.startNs;
    } else {
      writeName(person, ts, 0);
      person.isNameOlder = false;
      person.nameNs = ts;
    }
    person.name = name;
  }

  /// Writes the name that a thread has now as holding until `ts`.
  void writeName(Person person, long ts, int clippedEnd) {
    long begin = person.nameNs;
    if (person.name >= 0 && ts > begin) {
      names
          .next()
          .put(begin)
          .put(ts - begin)
          .put((person.isNameOlder ? 1 : 0) | clippedEnd)
          .put(person.index)
          .put(person.name)
          .end();
    }
  }
}
