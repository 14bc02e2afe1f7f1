package dev.photofinish.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The descriptor requires modules by the names that they have on a module path. */
class ModuleTest {
  @Test
  void everythingThatIsRequiredIsThere() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path[] entries =
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .map(Path::of)
            .toArray(Path[]::new);
    Configuration resolved =
        Configuration.resolve(
            ModuleFinder.of(entries),
            List.of(ModuleLayer.boot().configuration()),
            ModuleFinder.of(),
            Set.of("dev.photofinish.spring"));

    assertThat(resolved.modules())
        .extracting(module -> module.name())
        .contains("dev.photofinish.spring", "dev.photofinish.rtsp", "spring.boot.autoconfigure");
  }
}
