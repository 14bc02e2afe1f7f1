package dev.photofinish.rtsp.limit;

import dev.photofinish.clientlimit.LimitMemory;
import dev.photofinish.rtsp.dialogue.KnownDevice;
import dev.photofinish.rtsp.dialogue.Trait;
import dev.photofinish.rtsp.message.Method;
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

  /**
   * For how long a request that comes before media does is avoided: a device that ended connections
   * while it started would otherwise be without a media for as long as we run.
   */
  static final Duration REMEMBERED = Duration.ofMinutes(10);

  /**
   * The connections that ended at one request.
   *
   * @param count without one that played between, where the request comes before media does
   * @param last when the last of them ended
   */
  private record Ends(int count, long last) {
    boolean areFatal() {
      return count >= FATAL;
    }

    boolean areOld(long now) {
      return now - last > REMEMBERED.toNanos();
    }
  }

  private static final class Habits {
    final Map<String, Ends> ends = new HashMap<>();
    final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    Duration racingTimeout = Duration.ZERO;
    boolean overUdp;
    boolean playedOverTcp;
    int moves;
    int unansweredSetups;
  }

  private final int capacity;
  private final Map<LimitMemory.Key, Habits> devices = new LinkedHashMap<>(16, 0.75f, true);

  DeviceHabits(int capacity) {
    this.capacity = capacity;
  }

  /** The connection ended at {@code request}; true if that makes it twice. */
  boolean endedAt(LimitMemory.Key key, String request, long now) {
    Map<String, Ends> all = habits(key).ends;
    Ends before = all.getOrDefault(request, new Ends(0, now));
    if (all.size() < MOST_REQUESTS || all.containsKey(request)) {
      all.put(request, new Ends(before.count + 1, now));
    }
    return before.count + 1 == FATAL;
  }

  /** The device showed a trait; true if that is news. */
  boolean learnt(LimitMemory.Key key, Trait trait) {
    Set<Trait> traits = habits(key).traits;
    traits.removeIf(trait::contradicts);
    return traits.add(trait);
  }

  /** What its dialogues should know of the device. */
  KnownDevice known(LimitMemory.Key key, long now) {
    Habits known = devices.get(key);
    if (known == null) {
      return KnownDevice.NEW;
    }
    Set<String> fatal = new HashSet<>();
    known.ends.forEach(
        (request, ends) -> {
          boolean kept = isAboutPlaying(request) || !ends.areOld(now);
          if (ends.areFatal() && kept) {
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

  /** Media came by a connection: what had ended one before it, and was asked for, was chance. */
  void playing(LimitMemory.Key key, boolean overUdp, long now) {
    overUdp(key, overUdp);
    Habits known = habits(key);
    known.playedOverTcp |= !overUdp;
    known.moves = 0;
    known.ends.entrySet().removeIf(end -> wasChance(end.getKey(), end.getValue(), now));
  }

  /** Notes a move to another transport; true of the first there and the first back. */
  boolean isNewsThatItMoved(LimitMemory.Key key) {
    Habits known = habits(key);
    boolean news = known.moves < 2;
    known.moves += news ? 1 : 0;
    return news;
  }

  /** Whether media of the device have ever come over the RTSP connection. */
  boolean hasPlayedOverTcp(LimitMemory.Key key) {
    Habits known = devices.get(key);
    return known != null && known.playedOverTcp;
  }

  private static boolean wasChance(String request, Ends ends, long now) {
    return !isAboutPlaying(request) && (!ends.areFatal() || ends.areOld(now));
  }

  /** Keep-alives come while media does, so that media says nothing of them. */
  static boolean isAboutPlaying(String request) {
    return !request.startsWith(Method.SETUP.name()) && !request.startsWith(Method.DESCRIBE.name());
  }

  void overUdp(LimitMemory.Key key, boolean is) {
    if (is || devices.containsKey(key)) {
      Habits known = habits(key);
      known.overUdp = is;
      known.unansweredSetups = 0;
    }
  }

  /**
   * A SETUP was not answered: the second time, the other transport has its turn. True if that is
   * now.
   */
  boolean setUpUnanswered(LimitMemory.Key key) {
    Habits known = habits(key);
    known.unansweredSetups++;
    boolean moves = known.unansweredSetups == FATAL;
    if (moves) {
      known.overUdp = !known.overUdp;
      known.unansweredSetups = 0;
    }
    return moves;
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
