package dev.photofinish.relay;

import dev.photofinish.option.InvalidOptionException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Those who have a right.
 *
 * @param anyone without a login too
 * @param users everyone who has logged in
 * @param names of users, where not all have it
 */
public record UserSet(boolean anyone, boolean users, Set<String> names) {
  public static final UserSet ANYONE = new UserSet(true, true, Set.of());
  public static final UserSet USERS = new UserSet(false, true, Set.of());
  public static final UserSet NONE = new UserSet(false, false, Set.of());
  static final String EXPECTED = "names of users with commas between, users, anyone or none";

  /** Keeps a copy of the names. */
  public UserSet {
    names = Set.copyOf(names);
  }

  /**
   * Reads {@code anyone}, {@code users} (all of them), {@code none}, or names with commas between.
   *
   * @throws InvalidOptionException for an empty name
   */
  static UserSet parse(String option, String text) {
    return switch (text) {
      case "anyone" -> ANYONE;
      case "users" -> USERS;
      case "none" -> NONE;
      default -> named(option, text);
    };
  }

  private static UserSet named(String option, String text) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : text.split(",", -1)) {
      if (name.isBlank()) {
        throw new InvalidOptionException(option, text, EXPECTED);
      }
      names.add(name.strip());
    }
    return new UserSet(false, false, names);
  }

  /** Whether a user who has logged in has the right. */
  public boolean has(String user) {
    return users || names.contains(user);
  }
}
