package dev.photofinish.simulation.year;

/** Kinds of lives. */
enum Kind {
  /**
   * A good network, a camera for many clients: it reboots, its power fails, its server restarts.
   */
  STABLE,
  /** A bad radio link: SYNs are lost, streams drop, the link is gone for seconds. */
  LOSSY,
  /** A camera for one client, which others want too. */
  LIMITED,
  /** A week of each of the first three in turn. */
  MIXED,
  /** One of the first three, for an hour, a day or a week, then another. */
  CHANGING
}
