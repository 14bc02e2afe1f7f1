/** The choice of the node that holds a site. */
@NullMarked
package dev.photofinish.fleet.place;

import org.jspecify.annotations.NullMarked;
