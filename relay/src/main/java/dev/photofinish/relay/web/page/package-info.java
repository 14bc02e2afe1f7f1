/** The files of the page, from the jar. */
@NullMarked
package dev.photofinish.relay.web.page;

import org.jspecify.annotations.NullMarked;
