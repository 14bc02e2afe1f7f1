package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The headers of a message in the order they came, names compared without case, repeats kept.
 *
 * <p>Immutable; each change gives a new value. A message has a dozen headers, so a list searched
 * from the front serves better than a map and keeps what a map would lose.
 *
 * @param entries all lines in order
 */
public record Headers(List<Header> entries) {
  private static final Headers EMPTY = new Headers(List.of());

  /** Keeps a copy of the list. */
  public Headers {
    entries = List.copyOf(entries);
  }

  /** No headers. */
  public static Headers empty() {
    return EMPTY;
  }

  /**
   * Headers from names and values in turn.
   *
   * @throws IllegalArgumentException for an odd number of strings, or what {@link Header} refuses
   */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("Pass a value after each name");
    }
    var entries = new ArrayList<Header>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entries.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(entries);
  }

  /** The value of the first header of that name. */
  public Optional<String> first(String name) {
    return entries.stream().filter(header -> header.is(name)).map(Header::value).findFirst();
  }

  /** The values of all headers of that name, in order. */
  public List<String> all(String name) {
    return entries.stream().filter(header -> header.is(name)).map(Header::value).toList();
  }

  /** Whether there is a header of that name. */
  public boolean has(String name) {
    return entries.stream().anyMatch(header -> header.is(name));
  }

  /** These headers and one more at the end. */
  public Headers plus(String name, String value) {
    var more = new ArrayList<>(entries);
    more.add(new Header(name, value));
    return new Headers(more);
  }

  /** These headers with every header of that name replaced by one at the end. */
  public Headers with(String name, String value) {
    return without(name).plus(name, value);
  }

  /** These headers without those of that name. */
  public Headers without(String name) {
    return new Headers(entries.stream().filter(header -> !header.is(name)).toList());
  }

  /** The lines to be shown: credentials are hidden. */
  @Override
  public String toString() {
    return entries.stream().map(Header::toString).collect(Collectors.joining("; ", "{", "}"));
  }
}
