package dev.photofinish.relay.web;

import dev.photofinish.camera.lab.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium of the distribution; for other modules' tests too. */
public final class Browser implements AutoCloseable {
  private static final String PROGRAM = "chromium";
  private static final String DRIVER = "chromedriver";
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final long STEP_MILLIS = 50;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Skips the test where there is none. */
  public static Browser start(String... more) {
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
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(MOST.multipliedBy(2));
    return new Browser(driver);
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public void open(String url) {
    driver.get(url);
  }

  /** The value of an expression in the page. */
  public @Nullable Object value(String expression) {
    return driver.executeScript("return " + expression);
  }

  public double number(String expression) {
    return value(expression) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  public String text(String selector) {
    return String.valueOf(value("document.querySelector('" + selector + "')?.innerText"));
  }

  /** Clicks on what can be seen and is not covered. */
  public void click(String selector) {
    driver.findElement(By.cssSelector(selector)).click();
  }

  /** Types a text instead of what is in a field. */
  public void type(String selector, String text) {
    WebElement field = driver.findElement(By.cssSelector(selector));
    field.clear();
    field.sendKeys(text);
  }

  /**
   * Waits until an expression in the page is true: the page itself looks. While an element that it
   * names is not there, so that it throws, it is not true yet.
   */
  public void await(String expression) {
    Object seen =
        driver.executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + "const end = performance.now() + arguments[0];"
                + "(function look() {"
                + "  let seen = false;"
                + "  let thrown = '';"
                + "  try { seen = Boolean(%s); } catch (e) { thrown = String(e); }"
                    .formatted(expression)
                + "  if (seen) done(true);"
                + "  else if (performance.now() > end) done(thrown);"
                + "  else setTimeout(look, %d);".formatted(STEP_MILLIS)
                + "})();",
            MOST.toMillis());
    if (!Boolean.TRUE.equals(seen)) {
      throw new AssertionError(
          "not within "
              + MOST
              + ": "
              + expression
              + "\n"
              + seen
              + "\n"
              + driver.manage().logs().get("browser").getAll());
    }
  }

  /** Waits until a counter, which may begin again at 0, has counted so many more. */
  public void awaitMore(String counter, int more) {
    value("(window.counted = 0, window.countedUpTo = %s)".formatted(counter));
    await(
        ("(window.count = %s, window.counted +="
                + " count < countedUpTo ? count : count - countedUpTo,"
                + " window.countedUpTo = count, counted >= %d)")
            .formatted(counter, more));
  }

  @Override
  public void close() {
    try {
      driver.quit();
    } catch (WebDriverException e) {
      // It has three seconds to end, and is ended otherwise on a machine that stands still.
      System.out.println(e.getMessage());
    }
  }
}
