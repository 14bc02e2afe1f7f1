package dev.photofinish.relay.web.api;

import dev.photofinish.relay.web.access.Grants;
import dev.photofinish.relay.web.access.Right;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rights of the sender of a request beside seeing cameras, with the field names of the API. */
public final class RightsJson {
  private RightsJson() {}

  /**
   * The rights as a map.
   *
   * @param seen the names of all cameras that the sender may see
   */
  public static Map<String, Object> of(Grants grants, List<String> seen) {
    Map<String, Object> rights = new LinkedHashMap<>();
    rights.put("add", grants.has(Right.MANAGE, Optional.empty()));
    rights.put("manage", having(grants, Right.MANAGE, seen));
    rights.put("talk", having(grants, Right.TALK, seen));
    return rights;
  }

  private static List<String> having(Grants grants, Right right, List<String> seen) {
    return seen.stream().filter(name -> grants.has(right, Optional.of(name))).toList();
  }
}
