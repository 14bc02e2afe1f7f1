package dev.photofinish.relay.web.http;

import dev.photofinish.relay.web.access.Authorizer;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an HTTP server.
 *
 * @param tls null for none
 * @param names host names that requests may name besides addresses and {@code localhost}
 * @param connections open at once
 * @param connectionsOfAddress open at once from one address
 * @param request within which a request must be whole, from its first byte or the opening of its
 *     connection
 * @param idle after which a connection without a request is closed
 */
public record HttpSettings(
    @Nullable SslContext tls,
    Set<String> names,
    Authorizer authorizer,
    int connections,
    int connectionsOfAddress,
    Duration request,
    Duration idle) {}
