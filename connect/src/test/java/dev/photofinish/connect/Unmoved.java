package dev.photofinish.connect;

import dev.photofinish.host.LocalNetwork;
import dev.photofinish.host.SharedHistory;

/** For tests beside which others put up and take down interfaces of this host. */
public final class Unmoved {
  private Unmoved() {}

  /** One that holds wherever this host is. */
  public static SharedHistory history() {
    return new SharedHistory(new LocalNetwork(() -> "the lab"));
  }
}
