package dev.photofinish.relay.web.access;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A request whose sender asks for a right.
 *
 * @param camera the camera that it is about; empty for all
 * @param client where it came from
 * @param secure whether it came over TLS
 * @param authorization the field of that name; empty where there is none
 */
public record AccessRequest(
    Right right,
    Optional<String> camera,
    InetAddress client,
    boolean secure,
    Optional<String> authorization) {

  /** Shows no password. */
  @Override
  public String toString() {
    return right + " of " + camera.orElse("all cameras") + " for " + client;
  }
}
