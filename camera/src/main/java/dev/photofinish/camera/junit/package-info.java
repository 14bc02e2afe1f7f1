/**
 * Simulated cameras as parameters of JUnit tests: {@link
 * dev.photofinish.camera.junit.SimulatedCameraExtension}.
 */
@NullMarked
package dev.photofinish.camera.junit;

import org.jspecify.annotations.NullMarked;
