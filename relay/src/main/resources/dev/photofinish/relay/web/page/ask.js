// Requests to the relay.

/** As fetch does, which refuses a path where the page's own address has a user and a password in it. */
export function ask(path, options) {
  return fetch(location.origin + path, options);
}
