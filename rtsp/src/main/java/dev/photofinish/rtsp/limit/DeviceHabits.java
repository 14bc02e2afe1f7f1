package dev.photofinish.rtsp.limit;

import dev.photofinish.clientlimit.LimitMemory;
import dev.photofinish.rtsp.dialogue.KnownDevice;
import dev.photofinish.rtsp.dialogue.Trait;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The habits of devices, beyond how many clients they take: which requests end their connections,
 * which save time, how long their first answer takes, and by which transport their media come. Of
 * more than {@code capacity} devices, the one that was longest not used is forgotten. Not safe for
 * use by several threads.
 */
final class DeviceHabits {
  /** What a device ended connections at is its own choice, and not kept without bound. */
  static final int MOST_REQUESTS = 64;

  /** Ends at one request that tell it apart from chance. */
  private static final int FATAL = 2;

  private static final class Habits {
    final Map<String, Integer> ends = new HashMap<>();
    final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    Duration racingTimeout = Duration.ZERO;
    boolean overUdp;
    int unansweredSetups;
  }

  private final int capacity;
  private final Map<LimitMemory.Key, Habits> devices = new LinkedHashMap<>(16, 0.75f, true);

  DeviceHabits(int capacity) {
    this.capacity = capacity;
  }

  /** The connection ended at {@code request}; true if that makes it twice. */
  boolean endedAt(LimitMemory.Key key, String request) {
    Map<String, Integer> ends = habits(key).ends;
    boolean room = ends.size() < MOST_REQUESTS || ends.containsKey(request);
    return room && ends.merge(request, 1, Integer::sum) == FATAL;
  }

  /** The device showed a trait; true if that is news. */
  boolean learnt(LimitMemory.Key key, Trait trait) {
    Set<Trait> traits = habits(key).traits;
    traits.removeIf(trait::contradicts);
    return traits.add(trait);
  }

  /** What its dialogues should know of the device. */
  KnownDevice known(LimitMemory.Key key) {
    Habits known = devices.get(key);
    if (known == null) {
      return KnownDevice.NEW;
    }
    Set<String> fatal = new HashSet<>();
    known.ends.forEach(
        (request, ends) -> {
          if (ends >= FATAL) {
            fatal.add(request);
          }
        });
    return new KnownDevice(fatal, known.traits);
  }

  /** How long a race of the device may take at least; zero if nothing is known. */
  Duration racingTimeout(LimitMemory.Key key) {
    Habits known = devices.get(key);
    return known == null ? Duration.ZERO : known.racingTimeout;
  }

  void racingTimeout(LimitMemory.Key key, Duration timeout) {
    habits(key).racingTimeout = timeout;
  }

  /** Whether the last media of the device came over UDP. */
  boolean overUdp(LimitMemory.Key key) {
    Habits known = devices.get(key);
    return known != null && known.overUdp;
  }

  void overUdp(LimitMemory.Key key, boolean is) {
    if (is || devices.containsKey(key)) {
      Habits known = habits(key);
      known.overUdp = is;
      known.unansweredSetups = 0;
    }
  }

  /** A SETUP was not answered: the second time, the other transport has its turn. */
  void setUpUnanswered(LimitMemory.Key key) {
    Habits known = habits(key);
    known.unansweredSetups++;
    if (known.unansweredSetups == FATAL) {
      known.overUdp = !known.overUdp;
      known.unansweredSetups = 0;
    }
  }

  void forget() {
    devices.clear();
  }

  private Habits habits(LimitMemory.Key key) {
    Habits known = devices.computeIfAbsent(key, k -> new Habits());
    if (devices.size() > capacity) {
      devices.remove(devices.keySet().iterator().next());
    }
    return known;
  }
}
