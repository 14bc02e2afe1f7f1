package dev.photofinish.relay.web.access;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides who may do what. */
@FunctionalInterface
public interface Authorizer {
  /**
   * Everything to anyone on this host, nothing to others. Behind a reverse proxy on this host
   * everyone is on this host.
   */
  Authorizer LOOPBACK =
      request ->
          CompletableFuture.completedFuture(
              request.client().isLoopbackAddress()
                  ? Access.ALLOWED
                  : Access.forbidden(
                      "Only this host may use the relay: no users are configured for others."));

  /** Everything to anyone who reaches the server. */
  Authorizer EVERYONE = request -> CompletableFuture.completedFuture(Access.ALLOWED);

  /**
   * Called on an event loop, which must not be blocked: hashing a password is work for another
   * thread. {@link Right#NONE} is never asked for.
   */
  CompletionStage<Access> check(AccessRequest request);
}
