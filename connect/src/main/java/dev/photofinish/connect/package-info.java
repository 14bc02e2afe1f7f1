/**
 * Connection racing on Netty. {@link dev.photofinish.connect.Connector} resolves a {@link
 * dev.photofinish.connect.route.Target}, dials its addresses as a {@link dev.photofinish.race.Race}
 * decides, and gives the winner's channel; every other one is closed.
 */
@NullMarked
package dev.photofinish.connect;

import org.jspecify.annotations.NullMarked;
