package dev.photofinish.option;

/**
 * An option has a value it cannot have: the caller's mistake. The message says what to pass
 * instead.
 */
public final class InvalidOptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String option;

  public InvalidOptionException(String option, Object value, String expected) {
    super(option + ": '" + value + "' is not valid; expected " + expected);
    this.option = option;
  }

  /** The option's name as the contract spells it, such as {@code racing-delay-ms}. */
  public String option() {
    return option;
  }
}
