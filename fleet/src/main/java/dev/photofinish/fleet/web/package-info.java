/** The API of a node: who holds what, moving, draining, health and metrics. */
@NullMarked
package dev.photofinish.fleet.web;

import org.jspecify.annotations.NullMarked;
