/**
 * Networks that lose, delay and refuse, on one machine: {@link dev.photofinish.camera.lab.Lab}
 * joins two network namespaces and {@link dev.photofinish.camera.lab.Fault} says what goes wrong
 * between them. The kernel loses the packets, so whatever runs in the lab is tested as it is.
 *
 * <p>Needs Linux, root, iproute2 and nftables; {@link dev.photofinish.camera.lab.Needs} lets a test
 * skip where one of them is missing.
 */
@NullMarked
package dev.photofinish.camera.lab;

import org.jspecify.annotations.NullMarked;
