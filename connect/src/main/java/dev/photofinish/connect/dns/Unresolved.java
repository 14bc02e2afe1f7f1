package dev.photofinish.connect.dns;

import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.address.Family;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names without an address, and why: for the error of a race that is lost. */
public final class Unresolved {
  private final List<String> details = new ArrayList<>(0);

  /** Without answers yet. */
  public Unresolved() {}

  /**
   * Notes an answer.
   *
   * @param detail null for a positive one
   */
  public void add(@Nullable String detail) {
    if (detail != null && !details.contains(detail)) {
      details.add(detail);
    }
  }

  /** Negative answers in the order they came, then what was not answered at all. */
  public List<String> details(Target target, RaceReport report) {
    List<String> all = new ArrayList<>(details);
    for (int i = 0; i < target.endpoints().size(); i++) {
      for (Family family : Family.values()) {
        if (!isAnswered(report, i, family)) {
          all.add(question(target.endpoints().get(i).host(), family) + ": not answered");
        }
      }
    }
    return all;
  }

  private static boolean isAnswered(RaceReport report, int endpoint, Family family) {
    return report.answers().stream()
        .anyMatch(answer -> answer.endpoint() == endpoint && answer.family() == family);
  }

  /** Such as {@code camera.example AAAA}. */
  static String question(String host, Family family) {
    return host + (family == Family.IPV6 ? " AAAA" : " A");
  }
}
