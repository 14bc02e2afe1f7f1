package dev.photofinish.relay.web.http;

import dev.photofinish.relay.web.access.Grants;
import dev.photofinish.relay.web.access.Right;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rights of someone whose answer has no end. Many are asked about in one look, so that a right
 * that cannot be found out is none: what is thrown would keep the look from those behind.
 */
final class LastingGrants implements Grants {
  private static final Logger LOG = LoggerFactory.getLogger(LastingGrants.class);

  private final Grants grants;
  private final String client;
  private final AtomicBoolean failed = new AtomicBoolean();

  /**
   * @param client whose they are, for the log
   */
  LastingGrants(Grants grants, String client) {
    this.grants = grants;
    this.client = client;
  }

  @Override
  public boolean has(Right right, Optional<String> camera) {
    try {
      return grants.has(right, camera);
    } catch (RuntimeException e) {
      if (!failed.getAndSet(true)) {
        LOG.error("{} is taken to have no right, since asking for it failed", client, e);
      }
      return false;
    }
  }
}
