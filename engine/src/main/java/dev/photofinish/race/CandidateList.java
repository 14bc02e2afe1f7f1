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
 * The candidates that the resolver answered, in the order to dial: says which is next. When a dial
 * happens is not decided here.
 */
final class CandidateList {

  private static final int FAMILIES = Family.values().length;

  private final RaceOptions options;
  private final Timing timing;
  private final Comparator<Candidate> order;
  private final RaceHistory past;
  private final int endpoints;
  private final List<RaceReport.Answer> answers = new ArrayList<>(2);
  private final long[] opensAt;
  private long earliestOpening = NEVER;
  private CandidateState[] states = {};
  private int fresh;

  /** All before it were dialled: with very many candidates nearly always where the next one is. */
  private int firstFresh;

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
    if (candidates.size() == 1 && states.length == 0) {
      states = new CandidateState[] {state(candidates.get(0))}; // most cameras: nothing to sort
    } else if (!candidates.isEmpty()) {
      states = sorted();
    }
    countFresh();
  }

  private void countFresh() {
    fresh = 0;
    for (CandidateState state : states) {
      fresh += state.isFresh() ? 1 : 0;
    }
    firstFresh = 0;
    skipDialled();
  }

  private void skipDialled() {
    while (firstFresh < states.length && !states[firstFresh].isFresh()) {
      firstFresh++;
    }
  }

  /** The first candidate that was not dialled yet, null if all were. */
  private @Nullable CandidateState firstFresh() {
    return firstFresh < states.length ? states[firstFresh] : null;
  }

  /** An attempt on {@code state} starts. */
  void dialled(CandidateState state, long now) {
    fresh -= state.isFresh() ? 1 : 0;
    state.dialled(now);
    skipDialled();
  }

  private CandidateState state(Candidate candidate) {
    PathStats known = past.of(candidate);
    PathStats stats = known == null || !known.isTimed() ? null : known;
    return new CandidateState(candidate, stats, timing.delay(stats));
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
    for (CandidateState state : states) {
      state.reset();
    }
    countFresh();
  }

  /** How many candidates were not dialled yet. */
  int fresh() {
    return fresh;
  }

  /** Whether there is a candidate that was not dialled yet, or may still be one. */
  boolean mayHaveFresh() {
    return fresh > 0 || !isResolved();
  }

  /** When the first candidate may be dialled, by rule 5 and the resolution alone. */
  long nextAt(boolean redial, boolean toleratesClose) {
    CandidateState first = firstFresh();
    if (first != null && opensAt[first.candidate.endpoint()] == earliestOpening) {
      return earliestOpening; // none may be dialled sooner
    }
    long at = NEVER;
    for (CandidateState state : states) {
      at = Math.min(at, availableAt(state, redial, toleratesClose));
    }
    return at;
  }

  /**
   * Rule 5: among the candidates that may be dialled, the one with the fewest attempts so far;
   * among equals the first in the resolver's order.
   */
  @Nullable CandidateState next(long now, boolean redial, boolean toleratesClose) {
    CandidateState first = firstFresh();
    if (first != null && availableAt(first, redial, toleratesClose) <= now) {
      return first;
    }
    CandidateState next = null;
    for (CandidateState state : states) {
      if (availableAt(state, redial, toleratesClose) <= now
          && (next == null || state.attempts() < next.attempts())) {
        next = state;
      }
    }
    return next;
  }

  private long availableAt(CandidateState state, boolean redial, boolean toleratesClose) {
    return state.availableAt(opensAt[state.candidate.endpoint()], redial, toleratesClose);
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

  /** The whole list, sorted again; candidates that are known keep what is known of them. */
  private CandidateState[] sorted() {
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
    return statesFor(all);
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

  private CandidateState[] statesFor(List<Candidate> candidates) {
    Map<Candidate.Dial, CandidateState> known = new HashMap<>();
    for (CandidateState state : states) {
      known.put(state.candidate.dial(), state);
    }
    Set<CandidateState> sorted = new LinkedHashSet<>();
    for (Candidate candidate : candidates) {
      sorted.add(known.computeIfAbsent(candidate.dial(), dial -> state(candidate)));
    }
    return sorted.toArray(CandidateState[]::new);
  }
}
