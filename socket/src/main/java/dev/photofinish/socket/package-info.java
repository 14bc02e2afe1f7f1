/**
 * Races for clients that block: socket factories on the plain JDK. Whatever takes a {@link
 * javax.net.SocketFactory} (JDBC drivers, {@code HttpsURLConnection}, OkHttp, mail clients) races
 * without knowing.
 */
@NullMarked
package dev.photofinish.socket;

import org.jspecify.annotations.NullMarked;
