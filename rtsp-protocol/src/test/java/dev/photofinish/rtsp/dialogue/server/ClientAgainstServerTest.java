package dev.photofinish.rtsp.dialogue.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.dialogue.Dialogue;
import dev.photofinish.rtsp.dialogue.DialogueCommand;
import dev.photofinish.rtsp.dialogue.DialogueEvent;
import dev.photofinish.rtsp.dialogue.DialogueOptions;
import dev.photofinish.rtsp.dialogue.DialogueState;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.KnownDevice;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.Quirk;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TransportPlan;
import dev.photofinish.rtsp.key.LocalSource;
import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionIdPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client and our server, all that they say fed to each other. */
class ClientAgainstServerTest {
  private static final long SECOND = 1_000_000_000;

  private @Nullable Dialogue client;
  private ServerScript server = new ServerScript();
  private final Queue<DialogueEvent> forClient = new ArrayDeque<>();
  private final List<Track> tracks = new ArrayList<>();
  private @Nullable EndReason end;
  private int requests;
  private int seen;
  private int asked;
  private long now;
  private boolean talks;

  private void begin(
      TransportPlan plan, @Nullable Credentials credentials, AuthenticationScheme scheme)
      throws RtspFormatException {
    var options =
        new DialogueOptions(
            RtspUrl.parse(ServerScript.URL),
            credentials,
            scheme,
            DialogueOptions.ALL_MEDIA,
            List.of(plan, TransportPlan.interleaved()),
            KeepAliveMethod.AUTO,
            Duration.ofSeconds(10),
            "Test",
            Quirk.defaults(),
            KnownDevice.NEW,
            PlayRequest.LIVE,
            talks,
            SessionIdPolicy.FIRST);
    client = new Dialogue(options, new LocalSource(1, () -> Instant.EPOCH), new Random(2));
    tell(new DialogueEvent.Connected());
    tell(new DialogueEvent.Selected());
  }

  private Dialogue client() {
    return Objects.requireNonNull(client);
  }

  private void tell(DialogueEvent event) {
    forClient.add(event);
    for (DialogueEvent next = forClient.poll(); next != null; next = forClient.poll()) {
      client().handle(next, now);
      for (DialogueCommand c = client().poll(); c != null; c = client().poll()) {
        run(c);
      }
    }
  }

  private void run(DialogueCommand command) {
    if (command instanceof DialogueCommand.Send send) {
      requests += send.message() instanceof RtspRequest ? 1 : 0;
      server.send(send.message());
      collect();
    } else if (command instanceof DialogueCommand.OpenPorts ports) {
      int port = 4000 + 2 * ports.index();
      forClient.add(new DialogueEvent.PortsOpened(new Pair(port, port + 1)));
    } else if (command instanceof DialogueCommand.JoinGroup) {
      forClient.add(new DialogueEvent.GroupJoined());
    } else if (command instanceof DialogueCommand.Prepared prepared) {
      tracks.clear();
      tracks.addAll(prepared.tracks());
    } else if (command instanceof DialogueCommand.Ended ended) {
      end = ended.end();
    }
  }

  private void collect() {
    for (RtspResponse answer : server.answers().subList(seen, server.answers().size())) {
      forClient.add(new DialogueEvent.Received(answer));
    }
    seen = server.answers().size();
    for (RtspRequest request : server.requests().subList(asked, server.requests().size())) {
      forClient.add(new DialogueEvent.Received(request));
    }
    asked = server.requests().size();
  }

  private void pass(long seconds) {
    long until = now + seconds * SECOND;
    while (client().deadline().isPresent() && client().deadline().getAsLong() <= until) {
      long next = client().deadline().getAsLong();
      server.pass((next - now) / 1_000_000);
      now = next;
      tell(new DialogueEvent.Tick());
    }
    server.pass((until - now) / 1_000_000);
    now = until;
  }

  private enum Plan {
    TCP,
    UDP,
    MULTICAST;

    TransportPlan plan() {
      return switch (this) {
        case TCP -> TransportPlan.interleaved();
        case UDP -> TransportPlan.udp();
        case MULTICAST -> TransportPlan.multicast(OptionalInt.empty());
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void playsStaysAndLeaves(Plan plan) throws RtspFormatException {
    begin(plan.plan(), null, AuthenticationScheme.AUTO);
    assertThat(client().state()).isEqualTo(DialogueState.PLAYING);
    assertThat(tracks)
        .extracting(track -> track.control().toString())
        .containsExactly(ServerScript.URL + "/trackID=1", ServerScript.URL + "/trackID=2");
    assertThat(server.statuses()).containsOnly(200);

    pass(600);
    assertThat(client().state()).isEqualTo(DialogueState.PLAYING);
    assertThat(server.isOver()).isFalse();

    tell(new DialogueEvent.Teardown());
    assertThat(end).extracting(EndReason::kind).isEqualTo(EndReason.Kind.LEFT);
    assertThat(server.statuses()).containsOnly(200);
    assertThat(server.said())
        .contains("prepare", "play")
        .endsWith("close session: the reader sent TEARDOWN");
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UDP"})
  void talksToo(Plan plan) throws RtspFormatException {
    server.serving("cam", TalkingTest.TALKING);
    talks = true;
    begin(plan.plan(), null, AuthenticationScheme.AUTO);
    assertThat(client().state()).isEqualTo(DialogueState.PLAYING);
    assertThat(tracks).hasSize(3).last().matches(Track::isBackChannel);
    assertThat(server.statuses()).containsOnly(200);
  }

  /** One refusal, and none for all that follows, with nonces that become old on the way. */
  @Test
  void logsInOnce() throws RtspFormatException {
    server = new ServerScript(ServerSettings.DEFAULT, false, LoginTest.rules());
    begin(TransportPlan.interleaved(), LoginTest.ANNA, AuthenticationScheme.AUTO);
    pass(900);
    assertThat(client().state()).isEqualTo(DialogueState.PLAYING);
    assertThat(server.statuses()).startsWith(401, 200).containsOnlyOnce(401);
    assertThat(requests).isGreaterThan(20);
  }

  @Test
  void logsInByBasicOverTls() throws RtspFormatException {
    server = new ServerScript(ServerSettings.DEFAULT, true, LoginTest.rules());
    begin(TransportPlan.udp(), LoginTest.ANNA, AuthenticationScheme.BASIC);
    assertThat(client().state()).isEqualTo(DialogueState.PLAYING);
    assertThat(server.statuses()).startsWith(401, 200).containsOnlyOnce(401);
  }

  @Test
  void aWrongPasswordIsShownOnce() throws RtspFormatException {
    server = new ServerScript(ServerSettings.DEFAULT, false, LoginTest.rules());
    begin(
        TransportPlan.interleaved(), new Credentials("anna", "guessed"), AuthenticationScheme.AUTO);
    assertThat(end).extracting(EndReason::kind).isEqualTo(EndReason.Kind.UNAUTHORIZED);
    assertThat(server.statuses()).containsExactly(401, 401);
  }

  @Test
  void anotherTransportIsTakenWhereOneIsRefused() throws RtspFormatException {
    server.refusing(TransportOffer.Udp.class, new Refusal(461, ""));
    begin(TransportPlan.udp(), null, AuthenticationScheme.AUTO);
    assertThat(client().state()).isEqualTo(DialogueState.PLAYING);
    assertThat(tracks).allMatch(track -> track.transport().toString().startsWith("channels"));
  }

  @Test
  void theServerStops() throws RtspFormatException {
    begin(TransportPlan.interleaved(), null, AuthenticationScheme.AUTO);
    server.tell(new ServerEvent.ShutDown("the relay stops"));
    collect();
    tell(new DialogueEvent.Ask());
    assertThat(end).extracting(EndReason::kind).isEqualTo(EndReason.Kind.ENDED_BY_CAMERA);
  }
}
