package dev.photofinish.race;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** RFC 8305 section 4: "interleaving addresses" of a sorted list. */
final class Interleaving {
  private Interleaving() {}

  /**
   * Starts with {@code firstCount} addresses of the family that {@code sorted} starts with, then
   * takes one of each family in turn, the other family first.
   */
  static List<Candidate> families(List<Candidate> sorted, int firstCount) {
    if (sorted.isEmpty()) {
      return sorted;
    }
    Family first = sorted.get(0).family();
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
  static List<Candidate> roundRobin(List<List<Candidate>> lists) {
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
