package dev.photofinish.cli.discover;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.AuthOptions;
import dev.photofinish.cli.config.Config;
import dev.photofinish.cli.config.OptionCommand;
import dev.photofinish.cli.config.OptionSection;
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
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
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
public final class DiscoverCommand extends OptionCommand {
  public static final List<OptionSection> SECTIONS =
      List.of(
          new OptionSection("Looking", DiscoverOptions.OPTIONS),
          new OptionSection("Access", AuthOptions.OPTIONS));

  @Parameters(
      paramLabel = "HOST",
      arity = "0..*",
      description =
          "host, host:port, http or https URL of a camera that a probe does not reach: these are"
              + " asked, and no probe is sent")
  private List<String> hosts = List.of();

  public DiscoverCommand(CliContext context, Supplier<Set<String>> known) {
    super(context, known, SECTIONS);
  }

  @Override
  protected int run(Config config) throws InterruptedException {
    Settings settings = settings(config, null);
    DiscoverOptions options = settings.build(DiscoverOptions.OPTIONS);
    List<URI> devices = hosts.stream().map(DiscoverCommand::uri).toList();
    Discovery discovery = discovery(options, settings.build(AuthOptions.OPTIONS));
    DiscoverOutput output = new DiscoverOutput(context(), isJson(), new Elapsed());
    CompletableFuture<Void> stopping =
        context().stop().onRequest(Thread.currentThread()::interrupt);
    try {
      List<OnvifCamera> cameras =
          devices.isEmpty()
              ? discovery.search(output.listener(options.timeout()))
              : ask(discovery, devices, output);
      return output.summary(cameras);
    } catch (IOException e) {
      context().err().println("photofinish discover: " + e.getMessage());
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
