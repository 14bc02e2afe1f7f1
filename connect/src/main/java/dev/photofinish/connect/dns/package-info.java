/** Names to candidates: the hosts file, DNS for each address family on its own. */
@NullMarked
package dev.photofinish.connect.dns;

import org.jspecify.annotations.NullMarked;
