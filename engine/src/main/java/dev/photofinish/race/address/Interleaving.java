package dev.photofinish.race.address;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** RFC 8305 section 4: "interleaving addresses" of a sorted list. */
public final class Interleaving {
  private Interleaving() {}

  /**
   * Takes one candidate of each path in turn, the preferred path first; each path's own are in the
   * order of {@link #families}. Neighbours differ in path and, where they can, in family, so that
   * neither a dead way out nor a dead family costs more than one delay.
   */
  public static List<Candidate> paths(List<Candidate> sorted, int firstCount) {
    Collection<List<Candidate>> byPath = byPath(sorted);
    if (byPath.size() <= 1) {
      return families(sorted, firstCount);
    }
    List<List<Candidate>> lists = new ArrayList<>();
    Family before = null;
    for (List<Candidate> path : byPath) {
      Family first = firstCount == 1 ? differing(path, before) : path.get(0).family();
      lists.add(families(path, first, firstCount));
      before = first;
    }
    return roundRobin(lists);
  }

  private static Collection<List<Candidate>> byPath(List<Candidate> sorted) {
    TreeMap<Integer, List<Candidate>> paths = new TreeMap<>();
    sorted.forEach(c -> paths.computeIfAbsent(c.path(), path -> new ArrayList<>()).add(c));
    return paths.values();
  }

  private static Family differing(List<Candidate> path, @Nullable Family before) {
    return path.stream()
        .map(Candidate::family)
        .filter(family -> family != before)
        .findFirst()
        .orElse(path.get(0).family());
  }

  /**
   * Starts with {@code firstCount} addresses of the family that {@code sorted} starts with, then
   * takes one of each family in turn, the other family first.
   */
  static List<Candidate> families(List<Candidate> sorted, int firstCount) {
    return sorted.isEmpty() ? sorted : families(sorted, sorted.get(0).family(), firstCount);
  }

  private static List<Candidate> families(List<Candidate> sorted, Family first, int firstCount) {
    Deque<Candidate> firsts = new ArrayDeque<>();
    Deque<Candidate> others = new ArrayDeque<>();
    sorted.forEach(c -> (c.family() == first ? firsts : others).add(c));
    List<Candidate> result = new ArrayList<>(sorted.size());
    for (int i = 1; i < firstCount && firsts.size() > 1; i++) {
      result.add(firsts.remove());
    }
    result.addAll(roundRobin(List.of(List.copyOf(firsts), List.copyOf(others))));
    return result;
  }

  /** One of each list in turn, until all are used up. */
  public static List<Candidate> roundRobin(List<List<Candidate>> lists) {
    List<Candidate> result = new ArrayList<>();
    int longest = lists.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      for (List<Candidate> list : lists) {
        if (i < list.size()) {
          result.add(list.get(i));
        }
      }
    }
    return result;
  }
}
