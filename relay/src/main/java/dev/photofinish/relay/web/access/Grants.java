package dev.photofinish.relay.web.access;

import java.util.Optional;

/** The rights of someone whose request is served. */
@FunctionalInterface
public interface Grants {
  /** Every right. */
  Grants ALL = (right, camera) -> true;

  /**
   * Whether someone has a right, as it is now: asked from any thread, and again and again while
   * events or live pictures are sent, which end where it is not. What {@link Authorizer} allows to
   * someone, their grants have.
   *
   * @param camera empty for what is about none, such as adding one
   */
  boolean has(Right right, Optional<String> camera);

  /** Whether someone sees this camera. */
  default boolean sees(String camera) {
    return has(Right.VIEW, Optional.of(camera));
  }
}
