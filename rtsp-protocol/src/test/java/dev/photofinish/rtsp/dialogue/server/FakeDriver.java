package dev.photofinish.rtsp.dialogue.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A driver of a {@link ServerDialogue} without a network, that asserts the contract: answers in
 * order, one ticket at a time, each session closed once, nothing after the end. It answers tickets
 * at once, unless it waits.
 */
final class FakeDriver implements ServerCommand.Driver {
  final Map<String, ServedStream> served = new HashMap<>(Map.of("cam", ServerScript.CAM));
  final Map<Class<?>, Refusal> refusals = new HashMap<>();

  /** The CSeqs of what is to be answered. */
  final Queue<OptionalInt> unanswered = new ArrayDeque<>();

  final List<RtspResponse> answers = new ArrayList<>();
  final List<RtspRequest> requests = new ArrayList<>();
  final List<String> said = new ArrayList<>();
  final Queue<ServerEvent> replies = new ArrayDeque<>();
  final Map<String, Set<Integer>> open = new HashMap<>();
  private final Set<String> playing = new HashSet<>();
  private Runnable opened = () -> {};

  @Nullable Long ticket;
  @Nullable Long cancelled;
  @Nullable StreamRequest stream;
  @Nullable TransportOffer offer;
  @Nullable Supplier<ServerEvent> later;
  boolean waits;
  boolean ended;

  private void open(long number) {
    assertThat(ticket).as("a second ticket").isNull();
    ticket = number;
  }

  private void reply(Class<?> kind, ServerEvent granted, Function<Refusal, ServerEvent> refused) {
    later =
        () -> {
          Refusal refusal = refusals.get(kind);
          return refusal == null ? granted : refused.apply(refusal);
        };
    if (!waits) {
      replies.add(later.get());
    }
  }

  /** The open ticket is answered by this. */
  void answered(ServerEvent event) {
    ticket = null;
    if (event instanceof ServerEvent.TransportOpened) {
      opened.run();
    }
  }

  @Override
  public void send(RtspMessage message) {
    assertThat(ended).isFalse();
    if (message instanceof RtspResponse response) {
      OptionalInt request = unanswered.poll();
      assertThat(response.cseq()).as("answers keep their order").isEqualTo(request);
      answers.add(response);
    } else {
      if (open.size() == 1) {
        assertThat(unanswered).as("requests that are open at the last TEARDOWN").isEmpty();
      }
      requests.add((RtspRequest) message);
    }
  }

  @Override
  public void describe(long number, StreamRequest stream) {
    open(number);
    said.add("describe " + stream.name());
    this.stream = stream;
    ServedStream found = served.get(stream.name());
    reply(
        ServedStream.class,
        found == null
            ? new ServerEvent.DescribeRefused(number, new Refusal(404, "no such camera"))
            : new ServerEvent.Described(number, found),
        refusal -> new ServerEvent.DescribeRefused(number, refusal));
  }

  @Override
  public void openTransport(
      long number, String session, StreamRequest stream, int track, TransportOffer offer) {
    open(number);
    said.add("open " + track + " " + offer);
    this.offer = offer;
    Set<Integer> tracks = open.computeIfAbsent(session, id -> new HashSet<>());
    assertThat(tracks).as("transports open already").doesNotContain(track);
    opened = () -> tracks.add(track);
    reply(
        offer.getClass(),
        new ServerEvent.TransportOpened(number, transport(offer)),
        refusal -> new ServerEvent.TransportRefused(number, refusal));
  }

  static ServedTransport transport(TransportOffer offer) {
    if (offer instanceof TransportOffer.Secured secured) {
      return transport(secured.way());
    }
    OptionalLong ssrc = OptionalLong.of(0x1234abcdL);
    if (offer instanceof TransportOffer.Interleaved) {
      return new ServedTransport.Interleaved(ssrc);
    }
    try {
      InetAddress source = InetAddress.getByName("192.0.2.9");
      return offer instanceof TransportOffer.Udp
          ? new ServedTransport.Udp(new Pair(6000, 6001), Optional.of(source), ssrc)
          : new ServedTransport.Multicast(
              InetAddress.getByName("239.1.2.3"),
              new Pair(7000, 7001),
              16,
              Optional.of(source),
              ssrc);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private Set<Integer> tracks(String session) {
    return Objects.requireNonNull(open.get(session));
  }

  @Override
  public void announce(long number, StreamRequest stream, ServedStream description) {
    open(number);
    said.add("announce " + stream.name() + " of " + description.media().size());
    this.stream = stream;
    reply(
        Announcement.class,
        new ServerEvent.Announced(number),
        refusal -> new ServerEvent.AnnounceRefused(number, refusal));
  }

  @Override
  public void openInput(
      long number, String session, StreamRequest stream, int track, TransportOffer offer) {
    said.add("input of " + stream.name());
    openTransport(number, session, stream, track, offer);
  }

  @Override
  public void openBackChannel(
      long number, String session, StreamRequest stream, int track, TransportOffer offer) {
    said.add("back channel of " + stream.name());
    openTransport(number, session, stream, track, offer);
  }

  @Override
  public void prepareRecord(long number, String session) {
    open(number);
    said.add("prepare to record");
    assertThat(open).containsKey(session);
    assertThat(playing).doesNotContain(session);
    reply(
        ServedSession.State.class,
        new ServerEvent.RecordPrepared(number),
        refusal -> new ServerEvent.RecordRefused(number, refusal));
  }

  @Override
  public void record(String session) {
    said.add("record");
    assertThat(open).containsKey(session);
    assertThat(playing.add(session)).isTrue();
  }

  @Override
  public void closeTransport(String session, int track) {
    said.add("close " + track);
    assertThat(open).containsKey(session);
    assertThat(tracks(session).remove(track)).isTrue();
  }

  @Override
  public void preparePlay(long number, String session, boolean resumed) {
    open(number);
    said.add(resumed ? "prepare to resume" : "prepare");
    assertThat(open).containsKey(session);
    assertThat(playing).doesNotContain(session);
    var starts = new ArrayList<TrackStart>();
    for (int track : tracks(session).stream().sorted().toList()) {
      starts.add(
          new TrackStart(track, OptionalInt.of(100 + track), OptionalLong.of(90_000 + track)));
    }
    reply(
        TrackStart.class,
        new ServerEvent.PlayPrepared(number, starts),
        refusal -> new ServerEvent.PlayRefused(number, refusal));
  }

  @Override
  public void play(String session) {
    said.add("play");
    assertThat(open).containsKey(session);
    assertThat(playing.add(session)).isTrue();
  }

  @Override
  public void pause(String session) {
    said.add("pause");
    assertThat(playing.remove(session)).isTrue();
  }

  @Override
  public void cancel(long number) {
    said.add("cancel");
    assertThat(ticket).isEqualTo(number);
    cancelled = ticket;
    ticket = null;
  }

  @Override
  public void closeSession(String session, String reason) {
    said.add("close session: " + reason);
    assertThat(open.remove(session)).as("a session that was opened").isNotNull();
    playing.remove(session);
  }

  @Override
  public void loginRefused(String stream) {
    said.add("login refused: " + stream);
  }

  @Override
  public void closeConnection(String reason) {
    said.add("close connection: " + reason);
    assertThat(ended).isFalse();
    ended = true;
  }
}
