package dev.photofinish.connect.dns;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and how DNS is asked; null stands for what the system has.
 *
 * @param nameServers in order of preference
 * @param searchDomains tried behind a name without dots
 */
public record DnsSettings(
    @Nullable List<InetSocketAddress> nameServers, @Nullable List<String> searchDomains) {}
