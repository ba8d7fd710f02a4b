package dev.rideau.kernel.internal.people;

import dev.rideau.kernel.internal.track.LongMap;
import dev.rideau.kernel.internal.track.ThreadRefs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All threads and processes of the recording. Owned by the join.
public final class People {
  /// Stands for a time that is not known.
  public static final long UNKNOWN = Long.MIN_VALUE;

  /// The tid of the thread that forks those of the kernel.
  public static final int KTHREADD = 2;

  /// A thread.
  public static final class Person {
    final int index;
    final int tid;
    final Family family;

    /// 1 kernel thread, 0 not, -1 not known; never changes, for rows depend on it.
    final int kernel;

    final boolean isIdle;
    long startNs = UNKNOWN;
    long endNs = UNKNOWN;
    @Nullable Person parent;
    int name = -1;
    long nameNs = UNKNOWN;
    boolean isNameOlder;
    int priority = ThreadRefs.NO_PRIORITY;
    int vtid = -1;
    boolean executed;

    private Person(int index, int tid, Family family, int kernel, boolean isIdle) {
      this.index = index;
      this.tid = tid;
      this.family = family;
      this.kernel = kernel;
      this.isIdle = isIdle;
    }

    /// Position among the threads.
    public int index() {
      return index;
    }

    /// Its process.
    public Family family() {
      return family;
    }

    /// Whether it is a kernel thread: 1, 0, or -1 when that is not known.
    public int kernel() {
      return kernel;
    }

    public boolean isIdle() {
      return isIdle;
    }

    /// Whether it was there before the recording began.
    public boolean isOlder() {
      return startNs == UNKNOWN;
    }

    /// Whether it was there before that time.
    public boolean isOlderThan(long ts) {
      return startNs == UNKNOWN || startNs < ts;
    }

    /// Whether it is the first thread of its process.
    public boolean isLeader() {
      return tid == family.pid;
    }
  }

  /// A process.
  public static final class Family {
    final int index;
    final int pid;
    @Nullable Family parent;
    int parentPid = -1;
    @Nullable Person leader;
    byte @Nullable [] path;
    final long[] namespaces = {-1, -1, -1, -1, -1};
    long uid = -1;

    private Family(int index, int pid) {
      this.index = index;
      this.pid = pid;
    }

    /// The kernel's id.
    public int pid() {
      return pid;
    }

    /// Position among the processes.
    public int index() {
      return index;
    }
  }

  private final Map<Integer, PersonHint> hints;
  private final @Nullable Set<Long> recordedTids;
  private final boolean withChildren;
  private final List<Person> persons = new ArrayList<>();
  private final List<Family> families = new ArrayList<>();
  private final LongMap byTid = new LongMap();
  private final LongMap familyByPid = new LongMap();

  /// Tids of which the next fork makes another thread of the process that forks.
  private final LongMap announced = new LongMap();

  /// @param hints by tid
  /// @param recordedTids the recording is restricted to these; null when it is not
  /// @param withChildren whether the children they get are recorded as well
  public People(
      Map<Integer, PersonHint> hints, @Nullable Set<Long> recordedTids, boolean withChildren) {
    this.hints = hints;
    this.recordedTids = recordedTids;
    this.withChildren = withChildren;
  }

  /// Whether all of a thread was recorded. Forks are only recorded of those who are, too.
  public boolean isRecorded(Person person) {
    return recordedTids == null
        || withChildren && !person.isOlder()
        || !person.isIdle && recordedTids.contains((long) person.tid);
  }

  /// Whether it is so of all threads.
  public boolean areAllRecorded() {
    return recordedTids == null;
  }

  public List<Person> persons() {
    return persons;
  }

  List<Family> families() {
    return families;
  }

  public Person person(int index) {
    return persons.get(index);
  }

  /// The thread that has the tid now; made up if there is none. `key` as [ThreadRefs#key].
  public Person withTid(long key) {
    int found = byTid.find(key);
    if (found != LongMap.NONE) {
      return persons.get(found);
    }
    return key < 0 ? newIdle(key) : newcomer(key);
  }

  private Person newIdle(long key) {
    Person person = add(0, newFamily(0), 1, true);
    byTid.put(key, person.index);
    return person;
  }

  /// A thread that is mentioned first though it was not seen to be forked.
  public Person newcomer(long tid) {
    PersonHint hint = hints.get((int) tid);
    int pid = hint == null ? (int) tid : hint.pid();
    Family family = pid == tid ? newFamily(pid) : familyOf(pid);
    Person person = add((int) tid, family, hint == null ? -1 : hint.kernel(), false);
    byTid.put(tid, person.index);
    return person;
  }

  /// The thread that is forked next with the tid belongs to the process that forks, or does not.
  public void announce(long tid, boolean isSameProcess) {
    if (isSameProcess) {
      announced.put(tid, 1);
    } else {
      announced.remove(tid);
    }
  }

  /// A thread that is forked now.
  ///
  /// @param pid of its process, negative when the record does not tell
  public Person fork(@Nullable Person parent, long tid, int pid, long ts) {
    boolean isSameProcess = announced.find(tid) != LongMap.NONE;
    announced.remove(tid);
    boolean isThread = pid >= 0 && pid != tid;
    Family family;
    if (pid < 0 && isSameProcess && parent != null) {
      family = parent.family;
    } else if (isThread) {
      family = parent != null && parent.family.pid == pid ? parent.family : familyOf(pid);
    } else {
      family = freshFamily((int) tid);
      family.parent = parent == null ? null : parent.family;
    }
    int kernel = -1;
    if (parent != null) {
      kernel = parent.tid == KTHREADD || parent.isIdle ? 1 : parent.kernel;
    }
    Person person = add((int) tid, family, kernel, false);
    person.startNs = ts;
    person.parent = parent;
    byTid.put(tid, person.index);
    return person;
  }

  /// Notes the kernel's priority of a thread.
  public void priority(int index, int priority) {
    persons.get(index).priority = priority;
  }

  /// The tid is free again, if it is still that of the thread.
  public void release(int index) {
    Person person = persons.get(index);
    if (byTid.find(person.tid) == index) {
      byTid.remove(person.tid);
    }
  }

  /// The process that got the pid last, or null.
  @Nullable Family familyWithPid(int pid) {
    int found = familyByPid.find(pid);
    return found == LongMap.NONE ? null : families.get(found);
  }

  private Family familyOf(int pid) {
    Family family = familyWithPid(pid);
    return family == null ? newFamily(pid) : family;
  }

  private Family newFamily(int pid) {
    Family existing = pid == 0 ? null : familyWithPid(pid);
    if (existing != null && existing.leader == null) {
      return existing;
    }
    return freshFamily(pid);
  }

  private Family freshFamily(int pid) {
    Family family = new Family(families.size(), pid);
    families.add(family);
    if (pid != 0) {
      familyByPid.put(pid, family.index);
    }
    return family;
  }

  private Person add(int tid, Family family, int kernel, boolean isIdle) {
    Person person = new Person(persons.size(), tid, family, kernel, isIdle);
    persons.add(person);
    if (tid == family.pid) {
      family.leader = person;
    }
    return person;
  }
}
