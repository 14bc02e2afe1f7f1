/** Conclusions about devices that take few clients, from evidence that drivers report. */
@NullMarked
package dev.photofinish.clientlimit;

import org.jspecify.annotations.NullMarked;
