package dev.photofinish.camera.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NeedsTest {
  private final String before = System.getProperty(Needs.PROPERTY, "");
  private final List<String> skips = new ArrayList<>();

  @AfterEach
  void restore() {
    System.setProperty(Needs.PROPERTY, before);
  }

  @Test
  void whatIsMissingSkipsWithTheReason() {
    System.setProperty(Needs.PROPERTY, "optional");
    Needs.programs(skips::add, "sh", "no-such-program");
    assertThat(skips).containsExactly("no-such-program is not installed (not on PATH)");
  }

  @Test
  void whatIsMissingIsAnErrorWhereTheLabIsRequired() {
    System.setProperty(Needs.PROPERTY, Needs.REQUIRED);
    assertThatThrownBy(() -> Needs.that(Optional.of("no nft"), skips::add))
        .isInstanceOf(AssertionError.class)
        .hasMessage("photofinish.lab=required, but no nft");
    assertThat(skips).isEmpty();
  }

  @Test
  void whatIsThereGoesOn() {
    Needs.programs(skips::add, "sh");
    assertThat(skips).isEmpty();
  }
}
