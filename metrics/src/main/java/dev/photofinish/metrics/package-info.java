/**
 * Races and streams as Micrometer meters: {@link dev.photofinish.metrics.RaceMetrics} listens to
 * connectors, {@link dev.photofinish.metrics.CameraMetrics} to streams.
 */
@NullMarked
package dev.photofinish.metrics;

import org.jspecify.annotations.NullMarked;
