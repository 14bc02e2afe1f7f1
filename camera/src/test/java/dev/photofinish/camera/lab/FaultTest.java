package dev.photofinish.camera.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
  @Test
  void totalLossNeedsNoDraw() {
    assertThat(Fault.loseSyns(100).input()).containsExactly("tcp flags & (syn|ack) == syn drop");
    assertThat(Fault.loseSyns(30).input())
        .containsExactly("tcp flags & (syn|ack) == syn numgen random mod 100 < 30 drop");
  }

  @Test
  void aRulesetReplacesTheOneBefore() {
    assertThat(Namespace.ruleset(List.of(Fault.silence(554), Fault.reset(80))))
        .isEqualTo(
            """
            table inet photofinish
            delete table inet photofinish
            table inet photofinish {
            chain input {
            type filter hook input priority 0;
            tcp dport 554 drop
            tcp dport 80 reject with tcp reset
            }
            chain output {
            type filter hook output priority 0;
            tcp sport 554 drop
            }
            }
            """);
  }

  @Test
  void misuseSaysWhatToPassInstead() {
    assertThatThrownBy(() -> Fault.loseEverything(101))
        .hasMessage("percent: 101 is not valid; expected 0 to 100");
    assertThatThrownBy(() -> Fault.reset(554, List.of()))
        .hasMessage("clientPorts: empty; expected at least one live client");
  }
}
