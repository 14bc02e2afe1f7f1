package dev.photofinish.relay.web;

import dev.photofinish.camera.lab.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium of the distribution. */
final class Browser implements AutoCloseable {
  private static final String PROGRAM = "chromium";
  private static final String DRIVER = "chromedriver";
  private static final Duration MOST = Duration.ofSeconds(20);
  private static final long STEP_MILLIS = 50;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Skips the test where there is none. */
  static Browser start(String... more) {
    Needs.programs(Assumptions::abort, PROGRAM, DRIVER);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(onPath(PROGRAM).orElseThrow().toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--autoplay-policy=no-user-gesture-required",
        "--window-size=1280,900");
    options.addArguments(more);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(onPath(DRIVER).orElseThrow().toFile())
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  ChromeDriver driver() {
    return driver;
  }

  void open(String url) {
    driver.get(url);
  }

  /** The value of an expression in the page. */
  @Nullable Object value(String expression) {
    return driver.executeScript("return " + expression);
  }

  double number(String expression) {
    return value(expression) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  String text(String selector) {
    return String.valueOf(value("document.querySelector('" + selector + "')?.innerText"));
  }

  /** Waits until an expression in the page is true. */
  void await(String expression) throws InterruptedException {
    await(expression, () -> Boolean.TRUE.equals(value("Boolean(" + expression + ")")));
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > MOST.toNanos()) {
        throw new AssertionError(
            "not within "
                + MOST
                + ": "
                + what
                + "\n"
                + driver.manage().logs().get("browser").getAll());
      }
      Thread.sleep(STEP_MILLIS); // between two looks at another process
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
