package dev.photofinish.race;

import static dev.photofinish.race.Timing.NEVER;

import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import dev.photofinish.race.address.Interleaving;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which candidate is next: what the resolver answered, in the order to dial, with how often each
 * was dialled. When a dial happens is not decided here.
 */
final class CandidateList {

  /** A candidate with what the present lap of the race knows of it. */
  final class Slot {
    final Candidate candidate;

    /** Null unless a connect time is known. */
    final @Nullable PathStats experience;

    final long delay;
    private int attempts;
    private long lastStart;
    private boolean ended;
    private boolean endedOrClosed;

    Slot(Candidate candidate, @Nullable PathStats experience, long delay) {
      this.candidate = candidate;
      this.experience = experience;
      this.delay = delay;
    }

    boolean isFresh() {
      return attempts == 0;
    }

    int dialled(long now) {
      lastStart = now;
      fresh -= attempts == 0 ? 1 : 0;
      return ++attempts;
    }

    /** Rule 5: whether what ended an attempt on this candidate forbids another. */
    void ended(Cause cause, boolean connected) {
      ended |= cause.isDefinitive(connected, true);
      endedOrClosed |= cause.isDefinitive(connected, false);
    }

    private void reset() {
      attempts = 0;
      ended = false;
      endedOrClosed = false;
    }
  }

  private static final int FAMILIES = Family.values().length;

  private final RaceOptions options;
  private final Timing timing;
  private final Comparator<Candidate> order;
  private final RaceHistory past;
  private final int endpoints;
  private final List<RaceReport.Answer> answers = new ArrayList<>(2);
  private final long[] opensAt;
  private long earliestOpening = NEVER;
  private Slot[] slots = {};
  private int fresh;
  private int dialledUpTo;

  CandidateList(
      int endpoints,
      RaceOptions options,
      Timing timing,
      Comparator<Candidate> order,
      RaceHistory past) {
    this.options = options;
    this.timing = timing;
    this.order = order;
    this.past = past;
    this.endpoints = endpoints;
    opensAt = new long[endpoints];
  }

  void answer(RaceEvent.Resolved event, long now) {
    if (event.endpoint() < 0 || event.endpoint() >= endpoints) {
      throw new IllegalArgumentException(
          "endpoint: " + event.endpoint() + " is not valid; expected 0 to " + (endpoints - 1));
    }
    if (answeredAt(event.endpoint(), event.family()) == NEVER) {
      answers.add(new RaceReport.Answer(now, event.endpoint(), event.family(), event.candidates()));
      open();
      join(event.candidates());
    }
  }

  private void open() {
    earliestOpening = NEVER;
    for (int endpoint = 0; endpoint < endpoints; endpoint++) {
      opensAt[endpoint] = opensAt(endpoint);
      earliestOpening = Math.min(earliestOpening, opensAt[endpoint]);
    }
  }

  private void join(List<Candidate> candidates) {
    if (candidates.size() == 1 && slots.length == 0) {
      slots = new Slot[] {slot(candidates.get(0))}; // most cameras: nothing to sort
    } else if (!candidates.isEmpty()) {
      slots = sorted();
    }
    countFresh();
  }

  private void countFresh() {
    dialledUpTo = 0;
    fresh = 0;
    for (Slot slot : slots) {
      fresh += slot.attempts == 0 ? 1 : 0;
    }
  }

  /**
   * The first candidate that was not dialled yet, null if all were. With very many candidates it is
   * nearly always the answer, and found without looking at the others.
   */
  private @Nullable Slot firstFresh() {
    while (dialledUpTo < slots.length && slots[dialledUpTo].attempts > 0) {
      dialledUpTo++;
    }
    return dialledUpTo < slots.length ? slots[dialledUpTo] : null;
  }

  private Slot slot(Candidate candidate) {
    PathStats known = past.of(candidate);
    PathStats experience = known == null || !known.isTimed() ? null : known;
    return new Slot(candidate, experience, timing.delay(experience));
  }

  private long answeredAt(int endpoint, Family family) {
    for (RaceReport.Answer answer : answers) {
      if (answer.endpoint() == endpoint && answer.family() == family) {
        return answer.at();
      }
    }
    return NEVER;
  }

  boolean isResolved() {
    return answers.size() == endpoints * FAMILIES;
  }

  List<RaceReport.Answer> answers() {
    return List.copyOf(answers);
  }

  /** All candidates may be dialled again, as if none had been. */
  void reset() {
    for (Slot slot : slots) {
      slot.reset();
    }
    countFresh();
  }

  /** How many candidates were not dialled yet. */
  int fresh() {
    return fresh;
  }

  /** When the first candidate may be dialled, going by rule 5 and the resolution alone. */
  long nextAt(boolean redial, boolean toleratesClose) {
    Slot first = firstFresh();
    if (first != null && opensAt[first.candidate.endpoint()] == earliestOpening) {
      return earliestOpening; // none may be dialled sooner
    }
    long at = NEVER;
    for (Slot slot : slots) {
      at = Math.min(at, availableAt(slot, redial, toleratesClose));
    }
    return at;
  }

  /**
   * Rule 5: among the candidates that may be dialled, the one with the fewest attempts so far;
   * among equals the first in the resolver's order.
   */
  @Nullable Slot next(long now, boolean redial, boolean toleratesClose) {
    Slot first = firstFresh();
    if (first != null && availableAt(first, redial, toleratesClose) <= now) {
      return first;
    }
    Slot next = null;
    for (Slot slot : slots) {
      if (availableAt(slot, redial, toleratesClose) <= now
          && (next == null || slot.attempts < next.attempts)) {
        next = slot;
      }
    }
    return next;
  }

  private long availableAt(Slot slot, boolean redial, boolean toleratesClose) {
    if (toleratesClose ? slot.ended : slot.endedOrClosed) {
      return NEVER;
    }
    if (slot.attempts == 0) {
      return opensAt[slot.candidate.endpoint()];
    }
    return redial ? slot.lastStart + slot.delay : NEVER;
  }

  /**
   * When the candidates of {@code endpoint} may be dialled. Those of an endpoint that is not the
   * first give the ones before it, if still unanswered, the resolution delay to come first.
   */
  private long opensAt(int endpoint) {
    long own = answeredEnoughAt(endpoint);
    if (own == NEVER || options.interleaveEndpoints()) {
      return own;
    }
    long opens = own;
    for (int before = 0; before < endpoint; before++) {
      opens = Math.max(opens, Math.min(answeredEnoughAt(before), own + timing.resolutionDelay));
    }
    return opens;
  }

  /**
   * RFC 8305 section 3: "If a positive A response is received first due to reordering, the client
   * SHOULD wait a short time for the AAAA response"; any AAAA answer ends the wait.
   */
  private long answeredEnoughAt(int endpoint) {
    long ipv6 = answeredAt(endpoint, Family.IPV6);
    long ipv4 = answeredAt(endpoint, Family.IPV4);
    return ipv4 == NEVER ? ipv6 : Math.min(ipv6, ipv4 + timing.resolutionDelay);
  }

  /** The whole list sorted anew; candidates that are known keep what is known of them. */
  private Slot[] sorted() {
    List<List<Candidate>> lists = new ArrayList<>(endpoints);
    for (int endpoint = 0; endpoint < endpoints; endpoint++) {
      List<Candidate> candidates = candidatesOf(endpoint);
      candidates.sort(order);
      lists.add(Interleaving.paths(candidates, options.preferredAddressFamilyCount()));
    }
    List<Candidate> all =
        options.interleaveEndpoints()
            ? Interleaving.roundRobin(lists)
            : lists.stream().flatMap(List::stream).toList();
    return slotsFor(all);
  }

  private List<Candidate> candidatesOf(int endpoint) {
    List<Candidate> candidates = new ArrayList<>();
    for (Family family : Family.values()) {
      for (RaceReport.Answer answer : answers) {
        if (answer.endpoint() == endpoint && answer.family() == family) {
          candidates.addAll(answer.candidates());
        }
      }
    }
    return candidates;
  }

  private Slot[] slotsFor(List<Candidate> candidates) {
    Map<Candidate.Dial, Slot> known = new HashMap<>();
    for (Slot slot : slots) {
      known.put(slot.candidate.dial(), slot);
    }
    Set<Slot> sorted = new LinkedHashSet<>();
    for (Candidate candidate : candidates) {
      sorted.add(known.computeIfAbsent(candidate.dial(), dial -> slot(candidate)));
    }
    return sorted.toArray(Slot[]::new);
  }
}
