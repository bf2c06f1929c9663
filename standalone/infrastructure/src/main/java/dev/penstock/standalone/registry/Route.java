package dev.penstock.standalone.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which requests a handler takes.
///
/// @param method GET, POST or PUT
/// @param segments of the path; `{name}` stands for any one
record Route(String method, List<String> segments, Function<Call, Object> handler) {

  /// @param template for example `/subjects/{subject}/versions`
  static Route of(String method, String template, Function<Call, Object> handler) {
    return new Route(method, split(template), handler);
  }

  static List<String> split(String path) {
    return List.of(path.split("/")).stream().filter(segment -> !segment.isEmpty()).toList();
  }

  /// The values of the placeholders if the path is this route's.
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) return Optional.empty();
    Map<String, String> values = new HashMap<>();
    for (int index = 0; index < path.size(); index++) {
      String segment = segments.get(index);
      if (segment.startsWith("{")) values.put(segment.substring(1, segment.length() - 1), path.get(index));
      else if (!segment.equals(path.get(index))) return Optional.empty();
    }
    return Optional.of(values);
  }
}
