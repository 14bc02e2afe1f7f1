package dev.photofinish.race;

import dev.photofinish.race.address.AddressPolicy;
import dev.photofinish.race.address.AddressScope;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.net.InetAddress;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Destination address selection: RFC 6724 section 6, rules 1, 2, 5, 6, 8 and 9, with the default
 * policy table of section 2.1. Preferred destinations come first; what the rules leave equal keeps
 * its order in a stable sort (rule 10).
 *
 * <p>Rules 3, 4 and 7 (deprecated and home addresses, native transport) need what a system does not
 * show its programs, and are left out.
 */
public final class Rfc6724 implements Comparator<Candidate> {
  /** Section 2.2: the interface identifier is not compared. */
  private static final int IPV6_PREFIX_BITS = 64;

  private final SourceAddress sources;
  private final RaceHistory past;

  /** The order of RFC 6724 alone. */
  public Rfc6724(SourceAddress sources) {
    this(sources, RaceHistory.UNKNOWN);
  }

  /**
   * With the rules that RFC 8305 section 4 adds between 8 and 9: lower expected connect times
   * first, and addresses that were used before those that were not. Ahead of both, those whose last
   * outcome was a failure come after those without: how fast they once were is not expected now.
   */
  public Rfc6724(SourceAddress sources, RaceHistory past) {
    this.sources = sources;
    this.past = past;
  }

  /** Source(D): the address that packets to a destination would come from. */
  @FunctionalInterface
  public interface SourceAddress {
    /** Null when the destination cannot be used. */
    @Nullable InetAddress of(Candidate destination);
  }

  @Override
  public int compare(Candidate a, Candidate b) {
    return destination(a).compareTo(destination(b));
  }

  private Destination destination(Candidate candidate) {
    return Destination.of(candidate, sources.of(candidate), past.of(candidate));
  }

  /** A destination beside its source, with all that the rules look at. */
  private record Destination(
      Family family,
      boolean usable,
      boolean scopeMatches,
      boolean labelMatches,
      int precedence,
      int scope,
      boolean failed,
      long expected,
      boolean used,
      int commonPrefix)
      implements Comparable<Destination> {

    static Destination of(
        Candidate candidate, @Nullable InetAddress source, @Nullable PathStats experience) {
      InetAddress address = candidate.remote().getAddress();
      AddressPolicy policy = AddressPolicy.of(address);
      int scope = AddressScope.of(address);
      return new Destination(
          candidate.family(),
          source != null,
          source != null && AddressScope.of(source) == scope,
          source != null && AddressPolicy.of(source).label() == policy.label(),
          policy.precedence(),
          scope,
          experience != null && experience.failed(),
          experience == null || !experience.isTimed() ? Timing.NEVER : experience.smoothed(),
          experience != null && experience.used(),
          source == null ? 0 : commonPrefixLength(source, address));
    }

    @Override
    public int compareTo(Destination other) {
      // Rule 1: avoid unusable destinations.
      int order = Boolean.compare(other.usable, usable);
      // Rule 2: prefer matching scope.
      order = order != 0 ? order : Boolean.compare(other.scopeMatches, scopeMatches);
      // Rule 5: prefer matching label.
      order = order != 0 ? order : Boolean.compare(other.labelMatches, labelMatches);
      // Rule 6: prefer higher precedence.
      order = order != 0 ? order : Integer.compare(other.precedence, precedence);
      // Rule 8: prefer smaller scope.
      order = order != 0 ? order : Integer.compare(scope, other.scope);
      // RFC 8305 section 4, with what failed last after the rest: lower round-trip times, then used
      // addresses.
      order = order != 0 ? order : Boolean.compare(failed, other.failed);
      order = order != 0 ? order : Long.compare(expected, other.expected);
      order = order != 0 ? order : Boolean.compare(other.used, used);
      // Rule 9: use longest matching prefix, when both belong to the same address family.
      boolean comparable = family == other.family;
      return order != 0 || !comparable ? order : Integer.compare(other.commonPrefix, commonPrefix);
    }
  }

  /** Section 2.2, CommonPrefixLen. */
  private static int commonPrefixLength(InetAddress source, InetAddress destination) {
    byte[] a = source.getAddress();
    byte[] b = destination.getAddress();
    if (a.length != b.length) {
      return 0;
    }
    int limit = Math.min(a.length * Byte.SIZE, IPV6_PREFIX_BITS);
    int bits = 0;
    while (bits < limit && bit(a, bits) == bit(b, bits)) {
      bits++;
    }
    return bits;
  }

  private static int bit(byte[] address, int index) {
    return address[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
  }
}
