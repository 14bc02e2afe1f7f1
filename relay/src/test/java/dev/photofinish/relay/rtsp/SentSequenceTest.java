package dev.photofinish.relay.rtsp;

import static dev.photofinish.relay.rtsp.SentSequence.Place.LOST;
import static dev.photofinish.relay.rtsp.SentSequence.Place.NEXT;
import static dev.photofinish.relay.rtsp.SentSequence.Place.REPEATED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentSequenceTest {
  private final SentSequence sequence = new SentSequence();

  @Test
  void numbersGoOnOverTheirEnd() {
    assertThat(sequence.place(65_534)).isEqualTo(NEXT);
    assertThat(sequence.place(65_535)).isEqualTo(NEXT);
    assertThat(sequence.place(2)).isEqualTo(NEXT);
  }

  @Test
  void whatWasSentIsNotSentAgain() {
    assertThat(sequence.place(3)).isEqualTo(NEXT);
    assertThat(sequence.place(3)).isEqualTo(REPEATED);
    assertThat(sequence.place(65_000)).isEqualTo(REPEATED);
    assertThat(sequence.place(4)).isEqualTo(NEXT);
  }

  @Test
  void aJumpOverHalfOfAllNumbersIsNoRepetition() {
    assertThat(sequence.place(0)).isEqualTo(NEXT);
    assertThat(sequence.place(40_000)).isEqualTo(LOST);
  }
}
