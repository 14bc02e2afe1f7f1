package dev.photofinish.rtsp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.dialogue.EndReason;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of what follows from each kind of end. */
class EndMeaningTest {
  private static final Map<EndReason.Kind, String> TABLE =
      Map.ofEntries(
          Map.entry(EndReason.Kind.LEFT, "OTHER 0 PROTOCOL"),
          Map.entry(EndReason.Kind.REDIRECTED, "OTHER 2 PROTOCOL"),
          Map.entry(EndReason.Kind.UNAUTHORIZED, "WRONG_CREDENTIALS 3 PROTOCOL"),
          Map.entry(EndReason.Kind.LOGIN_NEEDED, "CREDENTIALS_NEEDED 3 PROTOCOL"),
          Map.entry(EndReason.Kind.LOGIN_UNKNOWN, "LOGIN_UNKNOWN 3 PROTOCOL"),
          Map.entry(EndReason.Kind.AT_CAPACITY, "AT_CAPACITY 1 PROTOCOL"),
          Map.entry(EndReason.Kind.NOT_FOUND, "NO_SUCH_STREAM 2 PROTOCOL"),
          Map.entry(EndReason.Kind.NO_TRANSPORT, "NO_TRANSPORT 2 PROTOCOL"),
          Map.entry(EndReason.Kind.REFUSED, "OTHER 0 PROTOCOL"),
          Map.entry(EndReason.Kind.SESSION_LOST, "OTHER 0 PROTOCOL"),
          Map.entry(EndReason.Kind.SILENT, "OTHER 0 TIMEOUT"),
          Map.entry(EndReason.Kind.ENDED_BY_CAMERA, "OTHER 0 CLOSED"),
          Map.entry(EndReason.Kind.NOT_RTSP, "OTHER 1 PROTOCOL"),
          Map.entry(EndReason.Kind.BROKEN, "OTHER 0 PROTOCOL"),
          Map.entry(EndReason.Kind.CLOSED, "OTHER 0 CLOSED"),
          Map.entry(EndReason.Kind.RESET, "OTHER 0 RESET"),
          Map.entry(EndReason.Kind.DEAD, "OTHER 0 TIMEOUT"),
          Map.entry(EndReason.Kind.STALLED, "OTHER 0 TIMEOUT"),
          Map.entry(EndReason.Kind.NO_SUCH_RANGE, "NO_SUCH_RANGE 2 PROTOCOL"),
          Map.entry(EndReason.Kind.PLAYED_TO_THE_END, "OTHER 0 CLOSED"),
          Map.entry(EndReason.Kind.TRANSPORT_REFUSED, "OTHER 0 PROTOCOL"),
          Map.entry(EndReason.Kind.UNREACHED, "OTHER 0 TIMEOUT"),
          Map.entry(EndReason.Kind.LOCAL, "OTHER 0 LOCAL"));

  @Test
  void everyKindHasItsMeaning() {
    assertThat(
            Stream.of(EndReason.Kind.values())
                .collect(Collectors.toMap(kind -> kind, EndMeaningTest::meaning)))
        .isEqualTo(TABLE);
  }

  private static String meaning(EndReason.Kind kind) {
    EndMeaning meaning = EndMeaning.of(new EndReason(kind, "x"));
    return meaning.failure(true) + " " + meaning.weight() + " " + meaning.cause();
  }
}
