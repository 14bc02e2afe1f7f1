package dev.photofinish.onvif;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A camera and what it says of itself. Its words are as it sent them, cut at 256 characters: escape
 * them before they are shown.
 *
 * @param endpoint its endpoint reference, mostly {@code urn:uuid:...}: the same whatever its
 *     addresses are; empty if it was asked by address
 * @param name from its scopes; may be empty, as the words that follow
 * @param manufacturer only with credentials, from most cameras
 * @param model with credentials, else the hardware of its scopes
 * @param location from its scopes
 * @param addresses that it answered from; never empty
 * @param service the device service that answered; empty if none did
 * @param clockOffset what is to be added to our clock to get the camera's, to about a second; empty
 *     if it does not say
 * @param streams in the camera's order; empty where {@code problems} say why
 * @param problems what went wrong, a sentence each
 */
public record OnvifCamera(
    String endpoint,
    String name,
    String manufacturer,
    String model,
    String location,
    List<InetAddress> addresses,
    Optional<URI> service,
    Optional<Duration> clockOffset,
    List<OnvifStream> streams,
    List<String> problems) {

  public OnvifCamera {
    addresses = List.copyOf(addresses);
    streams = List.copyOf(streams);
    problems = List.copyOf(problems);
  }
}
