package dev.photofinish.cli.gst;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command by its name and its help. What it does is done by {@code ./photofinish}, which has
 * the plugin's sources beside it.
 */
@Command(
    name = "gst-plugin",
    description = "Builds the plugin for GStreamer and prints the folder for GST_PLUGIN_PATH.",
    footer = {
      "",
      "It needs a compiler, make, pkg-config and libgstreamer1.0-dev.",
      "",
      "Example: photofinish gst-plugin",
      "         export GST_PLUGIN_PATH=$(photofinish gst-plugin)",
      "         gst-launch-1.0 photofinishsrc location=rtsp://192.0.2.10/stream ! decodebin !"
          + " autovideosink"
    })
public final class GstPluginCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and end")
  boolean help;

  @Override
  public Integer call() throws IOException {
    throw new IOException("the plugin is built by ./photofinish of a clone, which has its sources");
  }
}
