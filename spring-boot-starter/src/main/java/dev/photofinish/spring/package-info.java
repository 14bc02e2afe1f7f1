/**
 * Cameras of a Spring Boot application: configured by {@code photofinish.cameras}, started with the
 * application and closed with it. {@link dev.photofinish.spring.CameraStreams} has their streams.
 */
@NullMarked
package dev.photofinish.spring;

import org.jspecify.annotations.NullMarked;
