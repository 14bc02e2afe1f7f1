package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.config.OptionSources;
import dev.photofinish.cli.fleet.FleetCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Tests that the files for Compose and Kubernetes fit the product and themselves. */
class FleetPackagingTest {
  private static final Path FOLDER = Path.of("..", "packaging");
  private static final Set<String> OPTIONS = OptionSources.names(FleetCommand.SECTIONS.stream());

  /** Seconds: that a node gives away its cameras and leaves, after SIGTERM. */
  private static final int LEAVING = 14;

  private static List<Object> documents(String file) throws Exception {
    List<Object> documents = new ArrayList<>();
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    yaml.loadAll(Files.readString(FOLDER.resolve(file))).forEach(documents::add);
    return documents;
  }

  private static Object at(Object tree, Object... path) {
    Object at = tree;
    for (Object step : path) {
      at = step instanceof Integer index ? ((List<?>) at).get(index) : ((Map<?, ?>) at).get(step);
      Objects.requireNonNull(at, "no " + step + " in " + tree);
    }
    return at;
  }

  private static List<?> list(Object tree, Object... path) {
    return (List<?>) at(tree, path);
  }

  private static List<String> words(Object tree, Object... path) {
    return list(tree, path).stream().map(Object::toString).toList();
  }

  private static Object manifest(String kind, String name) throws Exception {
    for (Object document : documents("fleet-kubernetes.yaml")) {
      if (at(document, "kind").equals(kind) && at(document, "metadata", "name").equals(name)) {
        return document;
      }
    }
    throw new AssertionError("no " + kind + " " + name);
  }

  private static void optionsAreThere(List<?> words) {
    for (Object word : words) {
      String text = word.toString();
      assertThat(text).startsWith("--").contains("=");
      String option = text.substring(2, text.indexOf('='));
      assertThat(option)
          .matches(name -> name.equals("config") || OPTIONS.contains(name), "an option");
    }
  }

  private static String value(List<?> words, String option) {
    return words.stream()
        .map(Object::toString)
        .filter(word -> word.startsWith("--" + option + "="))
        .map(word -> word.substring(option.length() + 3))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void composeStartsNodesThatKnowEachOther() throws Exception {
    Object compose = documents("fleet-compose.yaml").get(0);
    Map<?, ?> services = (Map<?, ?>) at(compose, "services");
    Set<Object> ports = new HashSet<>();
    for (Object name : services.keySet()) {
      Object service = at(services, name);
      List<?> words = list(service, "command");
      optionsAreThere(words);
      assertThat(words(service, "entrypoint")).endsWith("dev.photofinish.cli.Photofinish", "fleet");
      assertThat(at(service, "hostname")).isEqualTo(name);
      assertThat(value(words, "listen")).isEqualTo(name + ":25520");
      assertThat(value(words, "join").split(","))
          .containsExactlyElementsOf(services.keySet().stream().map(s -> s + ":25520").toList());
      for (String file : List.of("certificate", "key", "authority", "users")) {
        assertThat(value(words, file)).isEqualTo("/run/secrets/" + file);
        assertThat(words(service, "secrets")).contains(file);
        assertThat(at(compose, "secrets", file, "file")).isNotNull();
      }
      assertThat(value(words, "config")).isEqualTo(at(service, "configs", 0, "target"));
      assertThat(words(service, "volumes")).containsExactly(name + ":" + value(words, "state"));
      assertThat(words(service, "healthcheck", "test").toString())
          .contains("/dev/tcp/127.0.0.1/8081", "/ready");
      assertThat(value(words, "web")).isEqualTo("127.0.0.1:8081");
      assertThat(value(words, "rtsp")).endsWith(":8554");
      assertThat(seconds(at(service, "stop_grace_period"))).isGreaterThan(LEAVING);
      ports.addAll(list(service, "ports"));
    }
    assertThat(ports).hasSameSizeAs(services.keySet());
  }

  private static int seconds(Object text) {
    return Integer.parseInt(text.toString().replaceFirst("s$", ""));
  }

  @Test
  void nodesOfKubernetesDrainBeforeTheyEnd() throws Exception {
    Object pod = at(manifest("StatefulSet", "fleet"), "spec", "template", "spec");
    Object node = at(pod, "containers", 0);
    String drain = at(manifest("ConfigMap", "fleet-scripts"), "data", "drain.sh").toString();
    assertThat(words(node, "lifecycle", "preStop", "exec", "command"))
        .endsWith("/scripts/drain.sh");
    assertThat(drain).contains("POST \"/api/fleet/drain/$node\"", "$(seq 90)");
    assertThat(drain).contains("photofinish_fleet_node_cameras{node=");
    int requests = 90 / 10; // of a machine that is busy
    assertThat((Integer) at(pod, "terminationGracePeriodSeconds"))
        .isGreaterThan(90 + requests + LEAVING);
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      String path = probe.equals("readinessProbe") ? "/ready" : "/health";
      assertThat(words(node, probe, "exec", "command").toString())
          .contains("/scripts/ask.sh GET " + path + " ");
    }
    assertThat(at(manifest("ConfigMap", "fleet-scripts"), "data", "ask.sh").toString())
        .contains("/dev/tcp/" + value(list(node, "args"), "web").replace(':', '/'))
        .contains("Authorization: Basic %s", "$(< /users/login)");
  }

  @Test
  void nodesOfKubernetesHaveTheNamesThatTheyJoin() throws Exception {
    Object set = at(manifest("StatefulSet", "fleet"), "spec");
    Object node = at(set, "template", "spec", "containers", 0);
    List<?> words = list(node, "args");
    optionsAreThere(words);
    assertThat(words(node, "command")).endsWith("dev.photofinish.cli.Photofinish", "fleet");
    Object service = manifest("Service", at(set, "serviceName").toString());
    assertThat(at(service, "spec", "clusterIP")).isEqualTo("None");
    assertThat(at(service, "spec", "publishNotReadyAddresses")).isEqualTo(true);
    String suffix = ".fleet.$(POD_NAMESPACE).svc.cluster.local:25520";
    assertThat(value(words, "listen")).isEqualTo("$(POD_NAME)" + suffix);
    assertThat(at(manifest("ConfigMap", "fleet-scripts"), "data", "drain.sh").toString())
        .contains(suffix.replace("$(POD_NAMESPACE)", "$POD_NAMESPACE"));
    List<String> names = new ArrayList<>();
    for (int pod = 0; pod < (Integer) at(set, "replicas"); pod++) {
      names.add("fleet-" + pod + suffix);
    }
    assertThat(value(words, "join").split(",")).containsExactlyElementsOf(names);
  }

  @Test
  void partsOfKubernetesFitEachOther() throws Exception {
    Object set = at(manifest("StatefulSet", "fleet"), "spec");
    Object labels = at(set, "template", "metadata", "labels");
    assertThat(at(set, "selector", "matchLabels")).isEqualTo(labels);
    assertThat(at(manifest("Service", "fleet"), "spec", "selector")).isEqualTo(labels);
    Object rtsp = at(manifest("Service", "fleet-rtsp"), "spec");
    assertThat(at(rtsp, "selector")).isEqualTo(labels);
    Object budget = at(manifest("PodDisruptionBudget", "fleet"), "spec");
    assertThat(at(budget, "selector", "matchLabels")).isEqualTo(labels);
    assertThat(at(budget, "maxUnavailable")).isEqualTo(1);
    Object policy = at(manifest("NetworkPolicy", "fleet"), "spec");
    assertThat(at(policy, "podSelector", "matchLabels")).isEqualTo(labels);

    Object node = at(set, "template", "spec", "containers", 0);
    Object port = at(node, "ports", 0);
    assertThat(at(port, "name")).isEqualTo(at(rtsp, "ports", 0, "targetPort"));
    assertThat(value(list(node, "args"), "rtsp")).endsWith(":" + at(port, "containerPort"));
    Set<Object> volumes = new HashSet<>();
    list(set, "template", "spec", "volumes").forEach(volume -> volumes.add(at(volume, "name")));
    list(set, "volumeClaimTemplates").forEach(claim -> volumes.add(at(claim, "metadata", "name")));
    Set<Object> mounts = new HashSet<>();
    Set<Object> paths = new HashSet<>();
    for (Object mount : list(node, "volumeMounts")) {
      mounts.add(at(mount, "name"));
      paths.add(at(mount, "mountPath"));
    }
    assertThat(mounts).isEqualTo(volumes);
    assertThat(paths).contains("/users");
    for (String file : List.of("users", "config", "certificate", "key", "authority")) {
      String path = value(list(node, "args"), file);
      assertThat(paths).contains(path.substring(0, path.lastIndexOf('/')));
    }
    assertThat(paths).contains(value(list(node, "args"), "state"));
  }

  @Test
  void theImagesOfBothAreTheOneThatTheDockerfileMakes() throws Exception {
    Object node = at(manifest("StatefulSet", "fleet"), "spec", "template", "spec", "containers", 0);
    assertThat(at(node, "image")).isEqualTo("photofinish");
    String dockerfile = Files.readString(FOLDER.resolve("Dockerfile"));
    assertThat(dockerfile).contains("jdk.httpserver", "useradd --uid 10001");
    for (Object word : list(node, "command").subList(0, 4)) {
      assertThat(dockerfile).contains(word.toString());
    }
  }
}
