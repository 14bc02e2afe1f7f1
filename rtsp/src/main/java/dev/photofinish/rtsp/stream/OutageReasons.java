package dev.photofinish.rtsp.stream;

import java.util.HashSet;
import java.util.Set;

/** The reasons for the retries of one outage: each is news once, and then counted. */
final class OutageReasons {
  /** There are fewer kinds of failure than this. */
  private static final int MOST = 32;

  private final Set<String> said = new HashSet<>();
  private int retries;

  /**
   * Counts a retry; true if its reason was not said in this outage, and with the 10th, 100th,
   * 1000th retry and so on.
   */
  boolean isNews(String reason) {
    retries = retries == Integer.MAX_VALUE ? retries : retries + 1;
    boolean isNew = said.size() < MOST && said.add(reason);
    return isNew || isPowerOfTen(retries);
  }

  private static boolean isPowerOfTen(int count) {
    int power = 10;
    while (power < count && power <= Integer.MAX_VALUE / 10) {
      power *= 10;
    }
    return power == count;
  }

  /** Media came: the outage is over. */
  void end() {
    said.clear();
    retries = 0;
  }
}
