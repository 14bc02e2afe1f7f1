package dev.photofinish.camera;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A snapshot of what clients did to a camera.
 *
 * @param connectionsOpen accepted and not yet over, the silent ones included
 * @param connectionsPeak the most that were open at one time
 * @param connections accepted in all, those over the limit included
 * @param droppedByLimit connections that the limit cost: the oldest closed, the new one reset or
 *     left in silence
 * @param refusedByLimit requests answered 453 or 503
 * @param requests received, by method
 * @param sessionsOpen set up and neither torn down nor expired
 * @param sessions set up in all
 * @param sessionsLeftBehind those whose connection closed without TEARDOWN or that timed out
 * @param sessionsExpired those that timed out
 * @param wrongCredentials requests with credentials that are wrong; none and stale ones do not
 *     count
 * @param locks how often wrong credentials locked the account
 * @param bans how often a client was punished for coming back too soon
 * @param rtpPackets sent, the ones lost on purpose not included
 * @param framesSkipped media that was not sent because the client did not read
 * @param backchannelPackets RTP packets that came over the back channel
 * @param events what happened in order, at most the last {@value #MAX_EVENTS}
 */
public record CameraReport(
    int connectionsOpen,
    int connectionsPeak,
    int connections,
    int droppedByLimit,
    int refusedByLimit,
    Map<String, Integer> requests,
    int sessionsOpen,
    int sessions,
    int sessionsLeftBehind,
    int sessionsExpired,
    int wrongCredentials,
    int locks,
    int bans,
    long rtpPackets,
    long framesSkipped,
    long backchannelPackets,
    List<CameraEvent> events) {

  /** How many events are kept. */
  public static final int MAX_EVENTS = 10_000;

  public CameraReport {
    requests = Map.copyOf(requests);
    events = List.copyOf(events);
  }

  /** How many requests with {@code method} were received. */
  public int requests(String method) {
    return requests.getOrDefault(method, 0);
  }

  /** When events of {@code kind} happened, since the camera was started. */
  public List<Duration> times(CameraEvent.Kind kind) {
    return events(kind).stream().map(CameraEvent::at).toList();
  }

  public List<CameraEvent> events(CameraEvent.Kind kind) {
    return events.stream().filter(event -> event.kind() == kind).toList();
  }

  /** The figures on one line, the events below it. */
  @Override
  public String toString() {
    return summary() + events.stream().map(event -> "\n  " + event).collect(Collectors.joining());
  }

  /** The figures on one line. */
  public String summary() {
    return String.format(
        "connections: %d open, %d at the peak, %d in all, %d dropped by the limit;"
            + " sessions: %d open, %d in all, %d left behind, %d expired, %d refused;"
            + " requests: %s; wrong credentials: %d, locks: %d, bans: %d; RTP packets sent: %d, frames skipped: %d",
        connectionsOpen,
        connectionsPeak,
        connections,
        droppedByLimit,
        sessionsOpen,
        sessions,
        sessionsLeftBehind,
        sessionsExpired,
        refusedByLimit,
        new TreeMap<>(requests),
        wrongCredentials,
        locks,
        bans,
        rtpPackets,
        framesSkipped);
  }
}
