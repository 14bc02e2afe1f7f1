package dev.photofinish.cli.discover;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.CommonFlags;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.AuthOptions;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.OptionSources;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.onvif.Discovery;
import dev.photofinish.onvif.OnvifCamera;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists ONVIF cameras with their stream URLs. */
@Command(
    name = "discover",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Lists the ONVIF cameras on the local networks with their stream URLs.",
      "",
      "Most cameras tell their streams only with --user and --password, which are shown as a digest,"
          + " and only to the host that answered."
    },
    footer = {
      "",
      "Example: photofinish discover --user viewer",
      "         photofinish discover 192.0.2.64 https://camera.example:8443"
    })
public final class DiscoverCommand implements Callable<Integer> {
  public static final List<OptionSection> SECTIONS =
      List.of(
          new OptionSection("Looking", DiscoverOptions.OPTIONS),
          new OptionSection("Access", AuthOptions.OPTIONS));

  private final CliContext context;

  @Mixin private final CommonFlags common = new CommonFlags();
  @Mixin private final OptionSources sources;

  @Parameters(
      paramLabel = "HOST",
      arity = "0..*",
      description =
          "host, host:port, http or https URL of a camera that a probe does not reach: these are"
              + " asked, and no probe is sent")
  private List<String> hosts = List.of();

  public DiscoverCommand(CliContext context, Set<String> known) {
    this.context = context;
    sources = new OptionSources(known);
  }

  public CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    sources.addFlags(line.getCommandSpec(), SECTIONS);
    return line;
  }

  @Override
  public Integer call() throws InterruptedException {
    common.apply();
    Settings settings = sources.settings(sources.config(), null, context.environment());
    DiscoverOptions options = settings.build(DiscoverOptions.OPTIONS);
    List<URI> devices = hosts.stream().map(DiscoverCommand::uri).toList();
    Discovery discovery = discovery(options, settings.build(AuthOptions.OPTIONS));
    DiscoverOutput output = new DiscoverOutput(context, common.json, new Elapsed());
    CompletableFuture<Void> stopping = context.stop().onRequest(Thread.currentThread()::interrupt);
    try {
      List<OnvifCamera> cameras =
          devices.isEmpty()
              ? discovery.search(output.listener(options.timeout()))
              : ask(discovery, devices, output);
      return output.summary(cameras);
    } catch (IOException e) {
      context.err().println("photofinish discover: " + e.getMessage());
      return ExitCode.NOT_DONE;
    } catch (InterruptedException e) {
      return output.interrupted();
    } finally {
      stopping.cancel(false);
    }
  }

  private static Discovery discovery(DiscoverOptions options, AuthOptions access) {
    Discovery.Builder builder =
        Discovery.builder()
            .timeout(options.timeout())
            .cameraTimeout(options.cameraTimeout())
            .interfaces(options.interfaces())
            .count(options.count())
            .port(options.port())
            .tlsInsecure(access.tlsInsecure());
    String password = access.password() == null ? "" : access.password();
    try {
      return (access.user() == null ? builder : builder.credentials(access.user(), password))
          .build();
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage(), e);
    }
  }

  private static List<OnvifCamera> ask(
      Discovery discovery, List<URI> devices, DiscoverOutput output) throws InterruptedException {
    List<OnvifCamera> cameras = new ArrayList<>();
    for (URI device : devices) {
      try {
        OnvifCamera camera = discovery.ask(device);
        output.camera(camera);
        cameras.add(camera);
      } catch (UnknownHostException e) {
        output.unknown(device.getHost());
      }
    }
    return cameras;
  }

  private static URI uri(String host) {
    try {
      URI uri = new URI(host.contains("://") ? host : "http://" + host);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // the same message; that of the exception may show a password
    }
    throw new UsageException(
        "HOST: expected host, host:port, or an http or https URL without user and password");
  }
}
