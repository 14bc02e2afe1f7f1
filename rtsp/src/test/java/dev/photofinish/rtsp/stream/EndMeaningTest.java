package dev.photofinish.rtsp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.session.Ending;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of what follows from each kind of end. */
class EndMeaningTest {
  private static final Map<Ending.Kind, String> TABLE =
      Map.ofEntries(
          Map.entry(Ending.Kind.LEFT, "OTHER 0 PROTOCOL"),
          Map.entry(Ending.Kind.REDIRECTED, "OTHER 2 PROTOCOL"),
          Map.entry(Ending.Kind.UNAUTHORIZED, "WRONG_CREDENTIALS 3 PROTOCOL"),
          Map.entry(Ending.Kind.LOGIN_NEEDED, "CREDENTIALS_NEEDED 3 PROTOCOL"),
          Map.entry(Ending.Kind.FULL, "FULL 1 PROTOCOL"),
          Map.entry(Ending.Kind.REFUSED, "OTHER 0 PROTOCOL"),
          Map.entry(Ending.Kind.SESSION_LOST, "OTHER 0 PROTOCOL"),
          Map.entry(Ending.Kind.SILENT, "OTHER 0 TIMEOUT"),
          Map.entry(Ending.Kind.ENDED_BY_CAMERA, "OTHER 0 CLOSED"),
          Map.entry(Ending.Kind.BROKEN, "OTHER 0 PROTOCOL"),
          Map.entry(Ending.Kind.CLOSED, "OTHER 0 CLOSED"),
          Map.entry(Ending.Kind.RESET, "FULL 0 RESET"),
          Map.entry(Ending.Kind.DEAD, "OTHER 0 TIMEOUT"),
          Map.entry(Ending.Kind.STALLED, "OTHER 0 TIMEOUT"));

  @Test
  void everyKindHasItsMeaning() {
    assertThat(
            Stream.of(Ending.Kind.values())
                .collect(Collectors.toMap(kind -> kind, EndMeaningTest::meaning)))
        .isEqualTo(TABLE);
  }

  private static String meaning(Ending.Kind kind) {
    EndMeaning meaning = EndMeaning.of(new Ending(kind, "x"));
    return meaning.failure() + " " + meaning.weight() + " " + meaning.cause();
  }
}
