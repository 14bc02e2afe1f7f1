package dev.photofinish.camera.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The requirements of a test on its machine. Where something is missing, the test is skipped with
 * the reason; where the machine is known to have it all, system property {@value #PROPERTY} set to
 * {@value #REQUIRED} makes that an error, so that a skip cannot pass for a success.
 *
 * <p>Works with any test framework: {@code skip} is what ends a test as skipped, such as JUnit's
 * {@code Assumptions::abort}.
 */
public final class Needs {
  public static final String PROPERTY = "photofinish.lab";
  public static final String REQUIRED = "required";

  private Needs() {}

  /** Network namespaces with losses and resets: root, iproute2, nftables. */
  public static void lab(Consumer<String> skip) {
    that(Lab.missing().map(reason -> "no network lab on this machine: " + reason), skip);
  }

  /** Programs on the {@code PATH}. */
  public static void programs(Consumer<String> skip, String... names) {
    Stream.of(names)
        .filter(name -> !onPath(name))
        .findFirst()
        .ifPresent(name -> that(Optional.of(name + " is not installed (not on PATH)"), skip));
  }

  /**
   * Anything else.
   *
   * @param missing what is missing; empty if nothing is
   */
  public static void that(Optional<String> missing, Consumer<String> skip) {
    missing.ifPresent(
        reason -> {
          if (REQUIRED.equals(System.getProperty(PROPERTY))) {
            throw new AssertionError(PROPERTY + "=" + REQUIRED + ", but " + reason);
          }
          skip.accept(reason);
        });
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
