package dev.photofinish.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The arrows of docs/architecture.md, between packages as between modules. */
@AnalyzeClasses(packages = "dev.photofinish", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String OPTION = "dev.photofinish.option..";
  private static final String RACE = "dev.photofinish.race..";
  private static final String RETRY = "dev.photofinish.retry..";
  private static final String CLIENTLIMIT = "dev.photofinish.clientlimit..";
  private static final String SIMULATION = "dev.photofinish.simulation..";
  private static final String HOST = "dev.photofinish.host..";
  private static final String CONNECT = "dev.photofinish.connect..";
  private static final String CONNECT_CAUSE = "dev.photofinish.connect.cause..";
  private static final String CONNECT_CHANNEL = "dev.photofinish.connect.channel..";
  private static final String SOCKET = "dev.photofinish.socket..";
  private static final String RTP = "dev.photofinish.rtp..";
  private static final String MEDIA = "dev.photofinish.media..";
  private static final String[] MEDIA_ROOMS = {
    "dev.photofinish.media.box",
    "dev.photofinish.media.codec",
    "dev.photofinish.media.container",
    "dev.photofinish.media.input",
    "dev.photofinish.media.mp4",
    "dev.photofinish.media.raw",
    "dev.photofinish.media.ts"
  };
  private static final String MESSAGE = "dev.photofinish.rtsp.message..";
  private static final String KEY = "dev.photofinish.rtsp.key..";
  private static final String DIALOGUE = "dev.photofinish.rtsp.dialogue..";
  private static final String DIALOGUE_SERVER = "dev.photofinish.rtsp.dialogue.server..";
  private static final String STREAM = "dev.photofinish.rtsp.stream..";
  private static final String CODEC = "dev.photofinish.rtsp.codec..";
  private static final String TRANSPORT = "dev.photofinish.rtsp.transport..";
  private static final String TUNNEL = "dev.photofinish.rtsp.tunnel..";
  private static final String LIMIT = "dev.photofinish.rtsp.limit..";
  private static final String CLIENT = "dev.photofinish.rtsp.client..";
  private static final String LOOP = "dev.photofinish.rtsp.loop..";
  private static final String RELAY_CARD = "dev.photofinish.relay.card..";
  private static final String RELAY_FANOUT = "dev.photofinish.relay.fanout..";
  private static final String RELAY_SOURCE = "dev.photofinish.relay.source..";
  private static final String RELAY_LIMIT = "dev.photofinish.relay.limit..";
  private static final String RELAY_RTSP = "dev.photofinish.relay.rtsp..";
  private static final String RELAY_WEB = "dev.photofinish.relay.web..";
  private static final String FLEET = "dev.photofinish.fleet..";
  private static final String FLEET_WEB = "dev.photofinish.fleet.web..";
  private static final String METRICS = "dev.photofinish.metrics..";
  private static final String SPRING = "dev.photofinish.spring..";
  private static final String CAMERA = "dev.photofinish.camera..";
  private static final String CAMERA_JUNIT = "dev.photofinish.camera.junit..";
  private static final String ONVIF = "dev.photofinish.onvif..";
  private static final String DECODE = "dev.photofinish.decode..";
  private static final String CLI = "dev.photofinish.cli..";
  private static final Set<String> PATTERN_METHODS =
      Set.of("matches", "replaceAll", "replaceFirst", "split");
  private static final String[] PURE = {
    OPTION, RACE, RETRY, CLIENTLIMIT, RTP, MESSAGE, KEY, DIALOGUE, STREAM
  };

  @ArchTest static final ArchRule OPTIONS_STAND_ALONE = importsOfOurs(OPTION);
  @ArchTest static final ArchRule RACE_USES_OPTIONS = importsOfOurs(RACE, OPTION);
  @ArchTest static final ArchRule RETRY_USES_RACE = importsOfOurs(RETRY, RACE, CLIENTLIMIT, OPTION);
  @ArchTest static final ArchRule CLIENT_LIMITS_USE_RACE = importsOfOurs(CLIENTLIMIT, RACE);

  @ArchTest
  static final ArchRule SIMULATION_USES_THE_ENGINE =
      importsOfOurs(SIMULATION, RACE, RETRY, CLIENTLIMIT, OPTION);

  @ArchTest static final ArchRule HOST_USES_THE_RACE_ALONE = importsOfOurs(HOST, RACE, OPTION);

  @ArchTest
  static final ArchRule CONNECT_USES_WHAT_THE_HOST_KNOWS =
      importsOfOurs(CONNECT, HOST, RACE, RETRY, OPTION);

  /** Its rooms stand below its face: what they need of it is handed to them. */
  @ArchTest
  static final ArchRule ROOMS_OF_CONNECT_DO_NOT_IMPORT_ITS_FACE =
      noClasses()
          .that()
          .resideInAPackage("dev.photofinish.connect.*..")
          .should()
          .dependOnClassesThat(inPackage("dev.photofinish.connect"));

  @ArchTest
  static final ArchRule SOCKET_USES_WHAT_THE_HOST_KNOWS = importsOfOurs(SOCKET, HOST, RACE, OPTION);

  @ArchTest static final ArchRule RTP_STANDS_ALONE = importsOfOurs(RTP);
  @ArchTest static final ArchRule MEDIA_USES_RTP = importsOfOurs(MEDIA, RTP);

  /** Containers open no files, start no threads and read no clock: a relay uses them too. */
  @ArchTest
  static final ArchRule CONTAINERS_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage(MEDIA_ROOMS)
          .and()
          .resideOutsideOfPackage("dev.photofinish.media.input") // reads files and pipes
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "dev.photofinish.media", "java.io..", "java.nio..", "io.netty.channel..")
                  .and(not(resideInAPackage("java.nio.charset..")))
                  .or(belongToAnyOf(Thread.class)));

  @ArchTest static final ArchRule DECODE_USES_FRAMES = importsOfOurs(DECODE, MEDIA, RTP);
  @ArchTest static final ArchRule MESSAGE_STANDS_ALONE = importsOfOurs(MESSAGE);
  @ArchTest static final ArchRule KEYS_USE_MESSAGES = importsOfOurs(KEY, MESSAGE);

  @ArchTest
  static final ArchRule DIALOGUE_USES_MESSAGES_AND_KEYS = importsOfOurs(DIALOGUE, MESSAGE, KEY);

  /** The server's side knows nothing of the client's. */
  @ArchTest
  static final ArchRule SERVER_DIALOGUE_USES_MESSAGES =
      importsOfOurs(DIALOGUE_SERVER, MESSAGE, KEY);

  @ArchTest static final ArchRule CODEC_USES_MESSAGES = importsOfOurs(CODEC, MESSAGE);

  @ArchTest
  static final ArchRule STREAM_USES_THE_MACHINES =
      importsOfOurs(STREAM, MESSAGE, DIALOGUE, RTP, RACE, RETRY, CLIENTLIMIT, OPTION);

  @ArchTest
  static final ArchRule TRANSPORT_DRIVES_A_DIALOGUE =
      importsOfOurs(
          TRANSPORT,
          LOOP,
          MESSAGE,
          KEY,
          CODEC,
          DIALOGUE,
          STREAM,
          RTP,
          RACE,
          CONNECT_CAUSE,
          CONNECT_CHANNEL);

  @ArchTest
  static final ArchRule TUNNEL_STANDS_BELOW_THE_CLIENT =
      importsOfOurs(TUNNEL, TRANSPORT, MESSAGE, DIALOGUE, CONNECT_CAUSE);

  @ArchTest
  static final ArchRule LIMIT_KNOWS_NO_CLIENT =
      importsOfOurs(LIMIT, MESSAGE, DIALOGUE, STREAM, CONNECT, HOST, RACE, CLIENTLIMIT);

  @ArchTest
  static final ArchRule CLIENT_USES_ALL_BELOW =
      importsOfOurs(
          CLIENT,
          LOOP,
          TRANSPORT,
          TUNNEL,
          LIMIT,
          RTP,
          MESSAGE,
          KEY,
          DIALOGUE,
          STREAM,
          CODEC,
          CONNECT,
          HOST,
          RACE,
          RETRY,
          CLIENTLIMIT,
          OPTION);

  /** Tools of both sides: they know neither. */
  @ArchTest static final ArchRule LOOP_KNOWS_NO_SIDE = importsOfOurs(LOOP, CONNECT_CHANNEL);

  @ArchTest static final ArchRule SOURCES_KNOW_NO_SERVER = importsOfOurs(RELAY_SOURCE, CLIENT, RTP);

  @ArchTest
  static final ArchRule FANOUT_STANDS_BELOW_THE_RELAY =
      importsOfOurs(RELAY_FANOUT, RELAY_SOURCE, RELAY_CARD, CLIENT, RTP);

  @ArchTest static final ArchRule CARDS_STAND_ALONE = importsOfOurs(RELAY_CARD, RTP);

  @ArchTest static final ArchRule LIMITS_STAND_ALONE = importsOfOurs(RELAY_LIMIT);

  @ArchTest
  static final ArchRule RTSP_SERVER_SERVES_SOURCES =
      importsOfOurs(
          RELAY_RTSP,
          RELAY_SOURCE,
          RELAY_LIMIT,
          LOOP,
          CLIENT,
          MESSAGE,
          KEY,
          CODEC,
          DIALOGUE,
          RTP,
          CONNECT_CHANNEL,
          OPTION);

  @ArchTest
  static final ArchRule THE_RELAYS_PAGE_USES_THE_RELAY =
      importsOfOurs(
          RELAY_WEB,
          "dev.photofinish.relay",
          RELAY_SOURCE,
          RELAY_LIMIT,
          MEDIA,
          RTP,
          CLIENT,
          CONNECT_CHANNEL,
          RACE,
          OPTION);

  /** The fleet's page is on its server. */
  @ArchTest
  static final ArchRule NOTHING_OF_THE_RELAY_IMPORTS_ITS_PAGE =
      noClasses()
          .that()
          .resideOutsideOfPackages(RELAY_WEB, FLEET_WEB, CLI)
          .should()
          .dependOnClassesThat(inPackage(RELAY_WEB));

  @ArchTest
  static final ArchRule FLEET_STANDS_ON_THE_RELAY =
      importsOfOurs(
          FLEET,
          "dev.photofinish.relay",
          RELAY_SOURCE,
          RELAY_RTSP,
          RELAY_WEB,
          CLIENT,
          RTP,
          CONNECT,
          RACE,
          CLIENTLIMIT,
          OPTION);

  @ArchTest
  static final ArchRule PEKKO_IS_OF_THE_FLEET_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackages(FLEET, CLI)
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.pekko..").or(inPackage(FLEET)));

  @ArchTest
  static final ArchRule METRICS_USES_WHAT_IT_LISTENS_TO =
      importsOfOurs(METRICS, CONNECT, CLIENT, RACE, OPTION);

  @ArchTest
  static final ArchRule MICROMETER_IS_OF_METRICS_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackages(METRICS, SPRING)
          .should()
          .dependOnClassesThat(resideInAPackage("io.micrometer..").or(inPackage(METRICS)));

  @ArchTest
  static final ArchRule SPRING_CONFIGURES_THE_CLIENT =
      importsOfOurs(SPRING, METRICS, CLIENT, CONNECT, HOST, RACE, OPTION);

  @ArchTest
  static final ArchRule SPRING_IS_OF_THE_STARTER_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackage(SPRING)
          .should()
          .dependOnClassesThat(resideInAPackage("org.springframework..").or(inPackage(SPRING)));

  /** So that it does not share our mistakes. */
  @ArchTest static final ArchRule CAMERA_IMPORTS_NOTHING_OF_OURS = importsOfOurs(CAMERA);

  /** Users of the testkit may have another test framework. */
  @ArchTest
  static final ArchRule JUNIT_IS_OF_ONE_ROOM_OF_THE_TESTKIT =
      noClasses()
          .that()
          .resideOutsideOfPackage(CAMERA_JUNIT)
          .should()
          .dependOnClassesThat(resideInAPackage("org.junit..").or(inPackage(CAMERA_JUNIT)));

  @ArchTest static final ArchRule ONVIF_IMPORTS_NOTHING_OF_OURS = importsOfOurs(ONVIF);

  @ArchTest
  static final ArchRule NOTHING_IMPORTS_CLI =
      noClasses().that().resideOutsideOfPackage(CLI).should().dependOnClassesThat(inPackage(CLI));

  /** No Netty, no logging, no JSON: what it needs is the platform's. */
  @ArchTest
  static final ArchRule ENGINE_NEEDS_THE_PLATFORM_ALONE =
      classes()
          .that()
          .resideInAnyPackage(OPTION, RACE, RETRY, CLIENTLIMIT)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java.lang..", "java.net..", "java.time..", "java.util..")
                  .or(resideInAnyPackage("org.jspecify..", OPTION, RACE, RETRY, CLIENTLIMIT)));

  /** No Netty, and no logging but that of what races learn: anyone who has a JDK can race. */
  @ArchTest
  static final ArchRule SOCKET_NEEDS_THE_PLATFORM_ALONE =
      classes()
          .that()
          .resideInAPackage(SOCKET)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "java..", "javax.net..", "org.jspecify..", HOST, RACE, OPTION, SOCKET));

  @ArchTest
  static final ArchRule HOST_NEEDS_THE_PLATFORM_AND_A_LOG =
      classes()
          .that()
          .resideInAPackage(HOST)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "org.slf4j..", "org.jspecify..", HOST, RACE, OPTION));

  @ArchTest
  static final ArchRule DIALOGUE_HAS_NO_NETTY_AND_NO_LOG =
      noClasses()
          .that()
          .resideInAnyPackage(MESSAGE, KEY, DIALOGUE, STREAM)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.netty..", "org.slf4j..", "java.util.logging.."));

  @ArchTest
  static final ArchRule RTP_KNOWS_BUFFERS_AND_NO_CHANNELS =
      noClasses()
          .that()
          .resideInAPackage(RTP)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.netty.channel..",
                  "io.netty.handler..",
                  "io.netty.util.concurrent..",
                  "org.slf4j..",
                  "java.util.logging.."));

  @ArchTest
  static final ArchRule PURE_PACKAGES_READ_NO_CLOCK_AND_DRAW_NO_NUMBER =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "reads a clock, draws a random number or opens something",
                  ArchitectureTest::isImpure));

  @ArchTest
  static final ArchRule PURE_PACKAGES_HAVE_NO_THREADS =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat(
              belongToAnyOf(Thread.class, Random.class, java.util.Timer.class)
                  .or(
                      resideInAPackage("java.util.concurrent..")
                          .and(not(belongToAnyOf(TimeUnit.class)))));

  /** Work on what a peer sends is linear in its bytes: backtracking patterns are not. */
  @ArchTest
  static final ArchRule PARSERS_USE_NO_PATTERNS =
      noClasses()
          .that()
          .resideInAnyPackage(RTP, MESSAGE, CODEC, KEY, DIALOGUE)
          .should()
          .dependOnClassesThat(resideInAPackage("java.util.regex.."))
          .orShould()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "takes a pattern as text",
                  access ->
                      access.getTargetOwner().isEquivalentTo(String.class)
                          && PATTERN_METHODS.contains(access.getTarget().getName())));

  /** Formatting and JSON belong to the command line, its log back end too; an API is JSON. */
  @ArchTest
  static final ArchRule LIBRARIES_ARE_FREE_OF_THE_COMMAND_LINES_LIBRARIES =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLI, RELAY_WEB, FLEET)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "picocli..", "com.fasterxml..", "ch.qos.logback..", "org.jline.."));

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.photofinish.(**)").should().beFreeOfCycles();

  /** Who owns whom is one way; the other way goes through an interface of the owned. */
  @ArchTest
  static final ArchRule NO_CYCLES_OF_CLASSES_OF_THE_RELAY =
      slices().assignedFrom(new TopLevelClasses("dev.photofinish.relay")).should().beFreeOfCycles();

  /** Each class of a package and those below it, with the classes that are nested in it. */
  private record TopLevelClasses(String root) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass of) {
      String name = of.getName();
      int nested = name.indexOf('$');
      return name.startsWith(root + ".")
          ? SliceIdentifier.of(nested < 0 ? name : name.substring(0, nested))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "each class of " + root;
    }
  }

  private static ArchRule importsOfOurs(String importer, String... imported) {
    return noClasses()
        .that()
        .resideInAPackage(importer)
        .should()
        .dependOnClassesThat(
            inPackage("dev.photofinish..")
                .and(not(inPackage(importer)))
                .and(not(resideInAnyPackage(imported))))
        .because(importer + " may import of ours only " + Set.of(imported));
  }

  private static DescribedPredicate<JavaClass> inPackage(String name) {
    return resideInAPackage(name);
  }

  private static boolean isImpure(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    return switch (owner) {
      case "java.lang.System" -> Set.of("nanoTime", "currentTimeMillis", "getenv").contains(name);
      case "java.lang.Math" -> name.equals("random");
      case "java.time.Instant", "java.time.LocalDateTime", "java.time.ZonedDateTime" ->
          name.equals("now");
      default -> owner.startsWith("java.time.Clock") || owner.endsWith("SecureRandom");
    };
  }
}
