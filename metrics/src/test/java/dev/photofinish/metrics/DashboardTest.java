package dev.photofinish.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.RtspClient;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.awt.Rectangle;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard and the documentation name what is really exported, and nothing else. */
class DashboardTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(photofinish_\\w+)(?:\\{(.*)})? ");
  private static final Pattern IN_QUERY = Pattern.compile("photofinish_\\w+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)(?==\"|=~\"|!=\")");
  private static final Pattern BY = Pattern.compile("by \\(([\\w, ]+)\\)");
  private static final Pattern IN_DOCS = Pattern.compile("(?m)^\\| `(photofinish\\.[a-z.]+)` \\|");

  private static final PrometheusMeterRegistry REGISTRY =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private static JsonNode dashboard;
  private static Set<String> exported;
  private static Set<String> labels;

  /** Makes every meter count something. */
  @BeforeAll
  static void scrape() throws Exception {
    new DialLimiterMetrics(Connector.processLimiter()).bindTo(REGISTRY);
    CameraMetrics metrics = new CameraMetrics(REGISTRY);
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      client.open(Camera.at(camera.url()), metrics.cameras()).close();
    }
    Candidate candidate = new Candidate(new InetSocketAddress("192.0.2.1", 554));
    Target target = Target.parse("camera.example:554");
    RaceOptions options = RaceOptions.defaults();
    metrics.races().started(1, target, options);
    metrics.races().attemptStarted(1, 1, candidate);
    metrics.races().attemptEnded(1, 1, Outcome.EVICTED, Cause.CLOSED, null);
    metrics
        .races()
        .decided(
            1,
            new RaceReport(
                target.toString(),
                Strategy.NONE,
                options,
                List.of(new RaceReport.Answer(5, 0, Family.IPV4, List.of(candidate))),
                List.of(
                    new RaceReport.Attempt(
                        1,
                        candidate,
                        6,
                        7,
                        -1,
                        9,
                        Stage.CONNECTED,
                        Outcome.EVICTED,
                        Cause.CLOSED,
                        null)),
                Result.FAILED,
                null,
                9,
                5,
                List.of(new RaceReport.Throttled(2, 7, 9, DialLimiter.Reason.EXTRA_ATTEMPTS))));
    String scraped = REGISTRY.scrape();
    exported = new TreeSet<>();
    labels = new HashSet<>();
    for (MatchResult sample : SAMPLE.matcher(scraped).results().toList()) {
      exported.add(sample.group(1));
      if (sample.group(2) != null) {
        labels.addAll(all(LABEL, sample.group(2), 1));
      }
    }
    dashboard = new ObjectMapper().readTree(DOCS.resolve("grafana-photofinish.json").toFile());
  }

  @Test
  void everyQueryAsksForMetricsAndLabelsThatAreExported() {
    assertThat(exported).contains("photofinish_race_decision_seconds_bucket");
    for (JsonNode target :
        dashboard.findValues("targets").stream().flatMap(DashboardTest::each).toList()) {
      String query = target.get("expr").textValue();
      assertThat(all(IN_QUERY, query, 0)).as(query).isNotEmpty().isSubsetOf(exported);
      Set<String> asked = all(LABEL, query, 1);
      all(BY, query, 1).forEach(list -> asked.addAll(List.of(list.split(", "))));
      assertThat(asked).as(query).isSubsetOf(labels);
    }
  }

  @Test
  void everyMetricIsOnTheDashboard() {
    String queries =
        dashboard.findValues("expr").stream()
            .map(JsonNode::textValue)
            .collect(Collectors.joining("\n"));
    Set<String> shown = all(IN_QUERY, queries, 0);
    for (Meter meter : REGISTRY.getMeters()) {
      String name = meter.getId().getName().replace('.', '_');
      assertThat(shown).as(name).anyMatch(metric -> metric.startsWith(name));
    }
  }

  /** The JSON model: ids, places, titles, units, the data source as a variable. */
  @Test
  void panelsAreWhole() {
    assertThat(dashboard.get("uid").textValue()).isNotBlank();
    assertThat(dashboard.get("title").textValue()).isNotBlank();
    assertThat(dashboard.get("schemaVersion").intValue()).isGreaterThanOrEqualTo(36);
    Set<Integer> ids = new HashSet<>();
    List<Rectangle> places = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      String title = panel.get("title").textValue();
      assertThat(title).isNotBlank();
      assertThat(ids.add(panel.get("id").intValue())).as("id of %s", title).isTrue();
      JsonNode at = panel.get("gridPos");
      Rectangle place =
          new Rectangle(
              at.get("x").intValue(),
              at.get("y").intValue(),
              at.get("w").intValue(),
              at.get("h").intValue());
      assertThat(place.getMaxX()).as("width of %s", title).isLessThanOrEqualTo(24);
      assertThat(places).as(title).noneMatch(place::intersects);
      places.add(place);
      if (!panel.get("type").textValue().equals("row")) {
        assertThat(panel.at("/fieldConfig/defaults/unit").textValue()).as(title).isNotBlank();
        assertThat(panel.get("description").textValue()).as(title).isNotBlank();
        assertThat(panel.at("/datasource/uid").textValue()).isEqualTo("${datasource}");
        assertThat(panel.get("targets")).as(title).isNotEmpty();
      }
    }
    assertThat(dashboard.at("/templating/list/0/type").textValue()).isEqualTo("datasource");
    assertThat(dashboard.at("/templating/list/0/query").textValue()).isEqualTo("prometheus");
  }

  @Test
  void theDocumentationListsEveryMeterAndNoOther() throws Exception {
    Set<String> documented = all(IN_DOCS, Files.readString(DOCS.resolve("metrics.md")), 1);
    assertThat(
            REGISTRY.getMeters().stream().map(m -> m.getId().getName()).collect(Collectors.toSet()))
        .isEqualTo(documented);
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static Set<String> all(Pattern pattern, String text, int group) {
    return pattern
        .matcher(text)
        .results()
        .map(result -> result.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
