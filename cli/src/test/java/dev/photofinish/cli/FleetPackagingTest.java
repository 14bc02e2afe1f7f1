package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.photofinish.cli.fleet.NodeCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Tests that the files for Compose and Kubernetes fit the product and themselves. */
class FleetPackagingTest {
  private static final Path FOLDER = Path.of("..", "packaging");

  @TempDir private Path folder;

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
  void theCommandLinesOfBothRunANode() throws Exception {
    Map<String, String> here = files();
    Object compose = at(documents("fleet-compose.yaml").get(0), "services", "node1");
    Object pod = at(manifest("StatefulSet", "fleet"), "spec", "template", "spec", "containers", 0);
    for (List<String> words : List.of(words(compose, "command"), words(pod, "args"))) {
      List<String> line = new ArrayList<>(List.of("fleet", "--json"));
      words.forEach(word -> line.add(onThisMachine(word, here)));
      Cli cli = new Cli();
      CompletableFuture<Cli.Result> result =
          CompletableFuture.supplyAsync(() -> cli.execute(line.toArray(new String[0])));
      CompletableFuture<Void> unused = result.thenRun(() -> cli.stop().request());
      cli.await(text -> text.contains("\"event\":\"node\"") || result.isDone());
      cli.stop().request();
      Cli.Result ended = result.get(60, TimeUnit.SECONDS);
      assertThat(ended.exit()).as(ended.err()).isZero();
      assertThat(ended.json("node")).hasSize(1);
    }
  }

  /** A word with the file, or the address, that this machine has in its place. */
  private static String onThisMachine(String word, Map<String, String> here) {
    String option = word.substring(2, word.indexOf('='));
    assertThat(here).as(word).containsKey(option);
    return "--" + option + "=" + here.get(option);
  }

  private Map<String, String> files() throws Exception {
    NodeCertificates.write(folder, List.of("127.0.0.1"));
    String users = new Cli().input("one\n").execute("user", "operator").out();
    return Map.of(
        "listen", "127.0.0.1:0",
        "join", "127.0.0.1:1,127.0.0.1:2,127.0.0.1:3",
        "rtsp", "0.0.0.0:0",
        "web", "127.0.0.1:0",
        "users", file("users.txt", users),
        "config", file("cameras.toml", "manage = \"operator\"\n"),
        "state", folder.resolve("state").toString(),
        "certificate", folder.resolve("node0.pem").toString(),
        "key", folder.resolve("node0.key").toString(),
        "authority", folder.resolve("authority.pem").toString());
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  /** Who connects to an address looks for it among the addresses of a certificate. */
  @Test
  void certificatesAreForNamesAndAddresses() throws Exception {
    Path script = FOLDER.resolve("fleet-certificates");
    Path made = folder.resolve("tls");
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "bash", script.toString(), made.toString(), "*.fleet.example", "192.0.2.1", "::1")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      abort("no bash");
      return;
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String log = Files.readString(folder.resolve("log"));
    assumeFalse(log.contains("openssl: command not found"), "no openssl");
    assertThat(process.exitValue()).as(log).isZero();
    try (InputStream in = Files.newInputStream(made.resolve("tls.crt"))) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      assertThat(certificate.getSubjectAlternativeNames())
          .containsExactlyInAnyOrder(
              List.of(2, "*.fleet.example"),
              List.of(2, "photofinish-fleet"),
              List.of(7, "192.0.2.1"),
              List.of(7, "0:0:0:0:0:0:0:1"));
    }
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
