package dev.photofinish.rtsp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The news of an outage, and how little of it is kept. */
class OutageReasonsTest {
  private final OutageReasons reasons = new OutageReasons();

  private int newsOf(int retries, String reason) {
    int news = 0;
    for (int retry = 0; retry < retries; retry++) {
      news += reasons.isNews(reason) ? 1 : 0;
    }
    return news;
  }

  @Test
  void oneReasonIsSaidOnceAndWithEveryPowerOfTen() {
    assertThat(newsOf(10_000, "the host refuses connections")).isEqualTo(5);
  }

  @Test
  void anotherReasonIsNews() {
    assertThat(newsOf(2, "the host refuses connections")).isEqualTo(1);
    assertThat(newsOf(2, "the device is full")).isEqualTo(1);
    assertThat(newsOf(2, "the host refuses connections")).isZero();
  }

  @Test
  void theNextOutageIsNewsAgain() {
    assertThat(newsOf(24, "the host refuses connections")).isEqualTo(2);
    reasons.end();
    assertThat(newsOf(24, "the host refuses connections")).isEqualTo(2);
  }

  @Test
  void reasonsWithoutEndAreNotKept() {
    int news = 0;
    for (int retry = 0; retry < 100_000; retry++) {
      news += reasons.isNews("reason " + retry) ? 1 : 0;
    }
    assertThat(news).isLessThan(40);
  }
}
