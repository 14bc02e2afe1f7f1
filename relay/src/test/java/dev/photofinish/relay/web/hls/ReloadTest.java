package dev.photofinish.relay.web.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.relay.web.http.RefusedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directives of a request for a playlist (draft-pantos-hls-rfc8216bis section 6.2.5.2). */
class ReloadTest {
  private static Reload of(@Nullable String segment, @Nullable String part) {
    return Reload.of(Optional.ofNullable(segment), Optional.ofNullable(part));
  }

  @Test
  void aRequestWithoutThemWaitsForNothing() {
    assertThat(of(null, null)).isEqualTo(Reload.NONE);
  }

  @Test
  void namesASegmentOrAPartOfIt() {
    assertThat(of("7", null)).isEqualTo(new Reload(7, -1));
    assertThat(of("7", "0")).isEqualTo(new Reload(7, 0));
  }

  @Test
  void aPartWithoutItsSegmentIsRefused() {
    assertThatThrownBy(() -> of(null, "1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("_HLS_part needs _HLS_msn beside it.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1.5", "x", "\u0661", "1234567890123456"})
  void whatIsNoNumberIsRefused(String text) {
    assertThatThrownBy(() -> of(text, null))
        .isInstanceOf(RefusedException.class)
        .hasMessage("_HLS_msn must be a number of up to 15 digits.");
    assertThatThrownBy(() -> of("1", text))
        .isInstanceOf(RefusedException.class)
        .hasMessage("_HLS_part must be a number of up to 15 digits.");
  }
}
