/**
 * The target of a race and the way there: {@link dev.photofinish.connect.route.Target} with its
 * endpoints, {@link dev.photofinish.connect.route.Route} with local addresses, interfaces and a
 * proxy.
 */
@NullMarked
package dev.photofinish.connect.route;

import org.jspecify.annotations.NullMarked;
