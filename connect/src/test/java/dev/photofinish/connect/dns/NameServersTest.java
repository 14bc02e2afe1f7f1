package dev.photofinish.connect.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The name servers of a system that names none. */
@EnabledOnOs(OS.LINUX)
class NameServersTest {
  @TempDir private Path folder;

  @Test
  void theLocalOneAndNoPublicOne() throws Exception {
    Path file = folder.resolve("resolv.conf");
    assertThat(NameServers.withoutConfiguration(file)).asString().contains("127.0.0.1:53");
    Files.writeString(file, "# nameserver 192.0.2.1\nsearch example\n");
    assertThat(NameServers.withoutConfiguration(file)).asString().contains("127.0.0.1:53");
    Files.writeString(file, "nameserver 192.0.2.1\n");
    assertThat(NameServers.withoutConfiguration(file)).isEmpty();
  }
}
