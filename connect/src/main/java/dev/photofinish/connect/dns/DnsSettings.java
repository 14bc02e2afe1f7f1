package dev.photofinish.connect.dns;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of DNS; null stands for the system's.
 *
 * @param nameServers in order of preference
 * @param searchDomains tried behind a name without dots
 */
public record DnsSettings(
    @Nullable List<InetSocketAddress> nameServers, @Nullable List<String> searchDomains) {}
