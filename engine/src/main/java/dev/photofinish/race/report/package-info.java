/** A race's report as text and as plain maps for JSON. */
@NullMarked
package dev.photofinish.race.report;

import org.jspecify.annotations.NullMarked;
