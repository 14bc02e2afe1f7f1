package dev.photofinish.race;

/** The strategy of a race ({@code connection-racing}). */
public enum Strategy {
  /** One attempt in progress at a time, each candidate once. */
  NONE,
  /** The first attempt to be ready wins (Happy Eyeballs, RFC 8305). */
  FIRST_WINS,
  /**
   * The newest attempt to be ready wins: for devices that close an older connection when a newer
   * one arrives.
   */
  LAST_WINS,
  /**
   * Starts as {@link #FIRST_WINS}, recognises a connection-limited device and becomes {@link
   * #LAST_WINS}.
   */
  HYBRID,
  /**
   * Chosen before each race from the outcomes of the last ones; a race itself never runs as {@code
   * AUTO}.
   */
  AUTO
}
