package dev.rideau.kernel.internal.people;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.people.People.Family;
import dev.rideau.kernel.internal.people.People.Person;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.ThreadRefs;
import dev.rideau.kernel.schema.ThreadTables;
import java.util.HashMap;
import java.util.Map;

/// Writes `thread`, `process` and the last names when the recording ends.
public final class PeopleRows {
  private final Core core;
  private final People people;
  private final long base;

  /// @param base what must be added to positions to get our ids
  public PeopleRows(Core core, People people, long base) {
    this.core = core;
    this.people = people;
    this.base = base;
  }

  /// Writes them all.
  public void write(PeopleTracker tracker, long endNs) {
    Map<Family, Life> lives = new HashMap<>();
    for (Person person : people.persons()) {
      boolean hasEnded = person.endNs != People.UNKNOWN;
      tracker.steps().writeName(person, hasEnded ? person.endNs : endNs, hasEnded ? 0 : 2);
      writeThread(person);
      lives.computeIfAbsent(person.family, _ -> new Life()).add(person);
    }
    for (Family family : people.families()) {
      writeProcess(family, lives.getOrDefault(family, new Life()));
    }
  }

  /// What the threads of a process tell of it.
  private static final class Life {
    private long startNs = Long.MAX_VALUE;
    private long endNs = Long.MIN_VALUE;
    private int kernel = -1;
    private int name = -1;

    void add(Person person) {
      startNs =
          person.startNs == People.UNKNOWN ? People.UNKNOWN : Math.min(startNs, person.startNs);
      endNs = person.endNs == People.UNKNOWN ? Long.MAX_VALUE : Math.max(endNs, person.endNs);
      if (person.kernel >= 0) {
        kernel = person.executed ? 0 : person.kernel;
      }
      if (name < 0) {
        name = person.name;
      }
    }
  }

  private void writeThread(Person person) {
    TableRows rows = core.rows(ThreadTables.THREAD);
    int name = person.name >= 0 ? person.name : core.names().id("");
    FactBatch row = rows.next();
    row.put(person.index).put(person.tid).put(person.index).put(name);
    row.putOrNull(person.startNs, People.UNKNOWN).putOrNull(person.endNs, People.UNKNOWN);
    row.putOrNull(person.executed ? 0 : person.kernel, -1).put(person.isIdle);
    row.putOrNull(person.priority, ThreadRefs.NO_PRIORITY).putOrNull(person.vtid, -1);
    Person parent = person.parent;
    row.put(parent == null ? -1 : parent.index).end();
  }

  private void writeProcess(Family family, Life life) {
    TableRows rows = core.rows(ThreadTables.PROCESS);
    Family parent = family.parent;
    if (parent == null && family.parentPid > 0) {
      parent = people.familyWithPid(family.parentPid);
    }
    Person leader = family.leader;
    int name = leader != null ? leader.name : life.name;
    FactBatch row = rows.next();
    row.put(base + family.index).put(family.pid);
    row.putOrNull(parent == null ? -1 : base + parent.index, -1);
    row.put(name >= 0 ? name : core.names().id(""));
    byte[] path = family.path;
    if (path == null) {
      row.putNull();
    } else {
      row.putText(path, 0, path.length);
    }
    boolean isOlder = life.startNs == People.UNKNOWN || life.startNs == Long.MAX_VALUE;
    row.putOrNull(isOlder ? People.UNKNOWN : life.startNs, People.UNKNOWN);
    boolean isAlive = life.endNs == Long.MAX_VALUE || life.endNs == Long.MIN_VALUE;
    row.putOrNull(isAlive ? People.UNKNOWN : life.endNs, People.UNKNOWN);
    row.putOrNull(life.kernel, -1);
    for (long namespace : family.namespaces) {
      row.putOrNull(namespace, -1);
    }
    row.putOrNull(family.uid, -1).end();
  }
}
