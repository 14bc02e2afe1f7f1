package dev.photofinish.fleet.board;

import org.apache.pekko.actor.Address;

/** The names of nodes: {@code host:port}, as users write them. */
public final class NodeName {
  private static final char AFTER_SYSTEM = '@';

  private NodeName() {}

  /**
   * The name of the node at an address.
   *
   * @param self the name of this node, whose own actors have no address
   */
  public static String of(Address address, String self) {
    String text = address.hostPort();
    return address.hasLocalScope() ? self : text.substring(text.indexOf(AFTER_SYSTEM) + 1);
  }
}
