/** HTTP/1.1 with bounds: routes, answers, and who may ask. */
@NullMarked
package dev.photofinish.relay.web.http;

import org.jspecify.annotations.NullMarked;
